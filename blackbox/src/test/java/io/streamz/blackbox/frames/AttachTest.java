package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.LongLane;
import io.streamz.core.Output;
import io.streamz.core.PlanException;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.BatchPool;
import io.streamz.frames.ChangeColumn;
import io.streamz.frames.Csv;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.StepMetrics;
import io.streamz.frames.Trigger;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sinks, views and branches come and go at a batch boundary, without loss to others. */
@ExtendWith(EmptyAllocator.class)
@Timeout(120)
class AttachTest {
    record Trade(String symbol, long qty) {}

    @Test
    void aViewOfWhatRunsSeesAllAndANewBranchStartsFromNow() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            var running = input.frame().groupBy("symbol").agg("sum(qty)");
            View first = running.view();
            pipeline.start();
            input.emit(new Trade("a", 1));
            input.emit(new Trade("b", 2));
            View late = running.view();
            var fresh = input.frame().groupBy("symbol").agg("sum(qty)");
            View fromNow = fresh.view();
            input.emit(new Trade("b", 3));
            assertTable(late.now(), frame("symbol", "qty_sum").row("a", 1).row("b", 5));
            assertTable(first.now(), frame("symbol", "qty_sum").row("a", 1).row("b", 5));
            assertTable(fromNow.now(), frame("symbol", "qty_sum").row("b", 3));
            assertThat(fresh.explain()).contains("from batch 3 on");
            assertThat(running.explain()).doesNotContain("from batch");
        }
    }

    @Test
    void aBranchFromTheStartReadsAgain(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("trades.csv");
        Files.writeString(file, "symbol,qty\na,1\nb,2\n");
        try (var pipeline = Pipeline.create("test")) {
            var trades = pipeline.read(Csv.tail(file).every("10ms"));
            View first = trades.agg("sum(qty)").view();
            pipeline.start();
            until(first, 3);
            View fromNow = trades.agg("sum(qty) as s").view();
            View fromStart = trades.fromStart().agg("sum(qty) as s").view();
            until(fromStart, 3);
            Files.writeString(file, "c,4\n", StandardOpenOption.APPEND);
            until(first, 7);
            until(fromStart, 7);
            until(fromNow, 4);
        }
    }

    /** Rows are on their way; the test's time is what ends a wait for rows that never come. */
    private static void until(View view, long sum) {
        while (view.now().rows() == 0
                || view.now().int64(0, view.schema().names().get(0)) != sum) {
            Thread.onSpinWait();
        }
    }

    record Wide(String k, long n, Instant t, String a, String b, String c) {}

    /** A join keeps what is read; who wants more gets a join of its own, from now on, and the first one goes on as it was. */
    @Test
    void aJoinKeepsOnlyTheColumnsThatAreRead() {
        try (var pipeline = Pipeline.create("test")) {
            var left = pipeline.input(Wide.class);
            var right = pipeline.input(Wide.class);
            var other = right.frame()
                    .select("k", "n as m", "t as u", "a as x", "b as y", "c as z")
                    .eventTime("u");
            var joined = left.frame().eventTime("t").joinAsOf(other).by("k").left();
            List<String> narrow = new ArrayList<>();
            List<String> wide = new ArrayList<>();
            joined.select("n", "m").sink(row -> narrow.add(row.toString()));
            var sums = joined.groupBy("k").agg("sum(m)").view();
            pipeline.start();
            for (int n = 0; n < 1000; n++) {
                right.emit(wide(n));
            }
            long bytes = joinBytes(pipeline, 0);
            left.emit(wide(999));
            right.emit(wide(1000));
            joined.select("n", "x", "c").sink(row -> wide.add(row.toString()));
            assertThat(joined.groupBy("k").agg("sum(m)").explain()).doesNotContain("from batch");
            for (int n = 1001; n < 2002; n++) {
                right.emit(wide(n));
            }
            left.emit(wide(2000));
            assertThat(narrow).containsExactly("{n=999, m=999}", "{n=2000, m=2000}");
            String text = "text 2000".repeat(20);
            assertThat(wide).containsExactly("{n=2000, x=" + text + ", c=" + text + "}");
            assertThat(sums.now().toRows()).hasToString("[{k=k, m_sum=2999}]");
            // A thousand rows with three texts of 180 bytes would be more than half a megabyte.
            assertThat(bytes).isBetween(1L, 200_000L);
            assertThat(joinBytes(pipeline, 1)).isGreaterThan(150_000L);
        }
    }

    private static Path symbols(Path folder) throws Exception {
        StringBuilder text = new StringBuilder("symbol,name,note\n");
        for (int n = 0; n < 1000; n++) {
            text.append("s").append(n).append(",name ").append(n).append(',');
            text.append(("note " + n).repeat(50)).append('\n');
        }
        return Files.writeString(folder.resolve("symbols.csv"), text);
    }

    /** A table keeps what is read; who wants more of it later reads it again. */
    @Test
    void aTableKeepsOnlyTheColumnsThatAreRead(@TempDir Path folder) throws Exception {
        try (var pipeline = Pipeline.create("test")) {
            var trades = pipeline.input(Trade.class);
            var symbols = pipeline.read(Csv.read(symbols(folder)));
            var joined = trades.frame().join(symbols).on("symbol").left();
            List<String> narrow = Collections.synchronizedList(new ArrayList<>());
            List<String> wide = Collections.synchronizedList(new ArrayList<>());
            joined.select("qty", "name").sink(row -> narrow.add(row.toString()));
            pipeline.start();
            trades.emit(new Trade("s7", 1));
            await(narrow, 1);
            long bytes = bytes(pipeline, "join(", 0);
            joined.select("qty", "note").sink(row -> wide.add(row.toString()));
            trades.frame()
                    .join(symbols.filter("name <> 'name 7'"))
                    .on("symbol")
                    .anti()
                    .sink(row -> wide.add(row.toString()));
            trades.emit(new Trade("s7", 2));
            trades.end();
            pipeline.run();
            assertThat(narrow).containsExactly("{qty=1, name=name 7}", "{qty=2, name=name 7}");
            assertThat(wide)
                    .containsExactlyInAnyOrder("{qty=2, note=" + "note 7".repeat(50) + "}", "{symbol=s7, qty=2}");
            // A thousand notes of 350 bytes.
            assertThat(bytes(pipeline, "join(", 1) - bytes).isGreaterThan(300_000L);
            assertThat(joined.explain()).contains("state of the table, with the columns that are read,");
        }
    }

    private static void await(List<String> rows, int count) {
        while (rows.size() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatASavedTableLacksIsRefused(@TempDir Path folder) throws Exception {
        Path file = symbols(folder);
        assertThat(saved(folder, file, 1, "qty", "name")).containsExactly("{qty=1, name=name 7}");
        assertThat(saved(folder, file, 2, "qty")).containsExactly("{qty=2}");
        assertThatThrownBy(() -> saved(folder, file, 3, "qty", "name", "note"))
                .hasMessageContaining("the saved rows lack the column n")
                .hasMessageContaining("begin without the state");
    }

    private static List<String> saved(Path folder, Path file, long qty, String... columns) {
        List<String> rows = Collections.synchronizedList(new ArrayList<>());
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder.resolve("checkpoints"));
            var trades = pipeline.input(Trade.class);
            trades.frame()
                    .join(pipeline.read(Csv.read(file)))
                    .on("symbol")
                    .left()
                    .select(columns)
                    .sink(row -> rows.add(row.toString()));
            pipeline.start();
            trades.emit(new Trade("s7", qty));
            await(rows, 1);
            pipeline.checkpoint();
        }
        return rows;
    }

    private static long joinBytes(Pipeline pipeline, int number) {
        return bytes(pipeline, "joinAsOf", number);
    }

    private static long bytes(Pipeline pipeline, String label, int number) {
        return pipeline.steps().stream()
                .filter(step -> step.step().startsWith(label))
                .skip(number)
                .findFirst()
                .orElseThrow()
                .stateBytes();
    }

    private static Wide wide(int n) {
        String text = ("text " + n).repeat(20);
        return new Wide("k", n, Instant.ofEpochSecond(n), text, text, text);
    }

    @Test
    void whatComesOnceHasNoStart() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class).frame();
            assertThatThrownBy(input::fromStart)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("rows of an input come once");
            var text = pipeline.read(
                    Csv.read(new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)), "piped"));
            assertThatThrownBy(text::fromStart)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("gives its rows once");
            assertThatThrownBy(() -> text.filter("a > 0").fromStart())
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("say fromStart() behind read");
        }
    }

    @Test
    void sinksComeAndGo() {
        List<Object> first = new ArrayList<>();
        List<Object> second = new ArrayList<>();
        List<Object> changes = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            var big = input.frame().filter("qty > 1");
            var totals = big.agg("sum(qty)");
            big.sink(row -> first.add(row.value("qty")));
            totals.view();
            pipeline.start();
            input.emit(new Trade("a", 2));
            var sink = big.sink(row -> second.add(row.value("qty")));
            totals.changes().sink(row -> changes.add(row.value("qty_sum")));
            input.emit(new Trade("a", 3));
            sink.close();
            input.emit(new Trade("a", 4));
        }
        assertThat(first).containsExactly(2L, 3L, 4L);
        assertThat(second).containsExactly(3L);
        assertThat(changes).containsExactly(5L, 9L);
    }

    /** What stands behind a trigger and was not told yet is not told early by what is attached late. */
    @Test
    void whatATriggerHoldsBackStaysBack() {
        List<String> out = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            var other = pipeline.input(Trade.class);
            var held = input.frame()
                    .groupBy("symbol")
                    .agg("sum(qty) as held")
                    .trigger(Trigger.rows(3))
                    .filter("held > 0");
            var now = other.frame().groupBy("symbol").agg("sum(qty) as now");
            held.changes().sink(row -> {});
            now.changes().sink(row -> {});
            pipeline.start();
            for (String symbol : List.of("a", "b", "a", "a", "c")) {
                input.emit(new Trade(symbol, 1));
            }
            other.emit(new Trade("x", 1));
            held.beside(now, "_b").changes(ChangeColumn.OP).sink(row -> out.add(row.toString()));
            other.frame().join(held).left().sink(row -> out.add("joined " + row.value("held")));
            for (String symbol : List.of("a", "b", "c")) {
                other.emit(new Trade(symbol, 7));
            }
            input.emit(new Trade("a", 1));
            other.emit(new Trade("a", 1));
        }
        assertThat(out)
                .containsExactly(
                        "{op=update, symbol=a, held=2, now=7}",
                        "joined 2",
                        "{op=update, symbol=b, held=1, now=7}",
                        "joined 1",
                        "joined null",
                        "{op=update, symbol=a, held=4, now=7}",
                        "{op=insert, symbol=c, held=1, now=7}",
                        "{op=update, symbol=a, held=4, now=8}",
                        "joined 4");
    }

    private static List<String> running(Pipeline pipeline) {
        return pipeline.steps().stream().map(StepMetrics::step).toList();
    }

    @Test
    void whatNobodyTakesRowsOfEnds() {
        List<String> out = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            var big = input.frame().filter("qty > 1");
            var summed = big.groupBy("symbol").cumSum("qty");
            var view = big.agg("count()").view();
            var early = summed.sink(row -> out.add("early " + row.value("qty_cumSum")));
            pipeline.start();
            input.emit(new Trade("a", 2));
            var late = summed.select("qty_cumSum").sink(row -> out.add("late " + row.value(0)));
            var joined = input.frame()
                    .join(big.groupBy("symbol").agg("sum(qty) as s"))
                    .before()
                    .left()
                    .sink(row -> out.add("joined " + row.value("s")));
            List<String> all = running(pipeline);
            input.emit(new Trade("a", 3));
            early.close();
            assertThat(running(pipeline)).isEqualTo(all);
            input.emit(new Trade("a", 4));
            late.close();
            late.close();
            joined.close();
            assertThat(running(pipeline)).containsExactly("Trade", "filter(qty > 1)", "agg(count())");
            input.emit(new Trade("a", 5));
            summed.sink(row -> out.add("again " + row.value("qty_cumSum")));
            input.emit(new Trade("a", 6));
            assertThat(running(pipeline)).hasSize(4);
            assertThat(view.now().int64(0, "count")).isEqualTo(5);
            assertThat(summed.explain()).contains("rows in 1, out 1");
        }
        assertThat(out).containsExactly("early 2", "early 5", "late 5", "joined null", "late 9", "joined 3", "again 6");
    }

    @Test
    void streamsOfObjectsEndWhenTheyAreDestroyed() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            var records = input.frame().filter("qty > 1").records(Trade.class);
            pipeline.start();
            records.sinkToList();
            assertThat(running(pipeline)).hasSize(2);
            records.destroy();
            assertThat(running(pipeline)).containsExactly("Trade");
        }
    }

    @Test
    void whatACheckpointKeepsStays(@TempDir Path folder) {
        List<Object> sums = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (var pipeline = Pipeline.create("test")) {
                pipeline.checkpoints(folder.resolve("checkpoints"));
                var input = pipeline.input(Trade.class);
                var summed = input.frame().cumSum("qty");
                var sink = summed.sink(row -> sums.add(row.value("qty_cumSum")));
                pipeline.start();
                var late = input.frame().distinct("symbol").sink(row -> sums.add(row.text("symbol")));
                input.emit(new Trade("a", 1 + run));
                sink.close();
                late.close();
                assertThat(running(pipeline)).containsExactly("Trade", "assign(qty_cumSum = cumSum(qty))");
                input.emit(new Trade("a", 10));
                pipeline.checkpoint();
            }
        }
        assertThat(sums).containsExactly(1L, "a", 13L, "a");
    }

    /** A side that would wait for a table does not when the join is gone. */
    @Test
    void whatIsClosedBeforeTheStartNeverRuns() {
        try (var pipeline = Pipeline.create("test")) {
            var rows = pipeline.read(frame("k").row("a").row("b").source("rows"));
            var table = pipeline.read(frame("k", "v").row("a", 1).source("table"));
            rows.join(table).on("k").left().sink(row -> {}).close();
            var count = rows.agg("count()").view();
            pipeline.run();
            assertThat(count.now().int64(0, "count")).isEqualTo(2);
            assertThat(running(pipeline)).containsExactly("rows", "table", "agg(count())");
        }
    }

    /** Gives batches of two columns, the second only where it is needed, each when the pipeline asks after {@code more} was called. */
    private static final class Columns implements FrameSource {
        private final List<Boolean> secondRead = new ArrayList<>();
        private final Runnable beforeEmit;
        private int left;

        Columns(int batches, Runnable beforeEmit) {
            this.left = batches;
            this.beforeEmit = beforeEmit;
        }

        @Override
        public String name() {
            return "columns";
        }

        @Override
        public Schema schema() {
            return Schema.of(new Field("a", DataType.INT64), new Field("b", DataType.INT64));
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            BatchPool pool = new BatchPool(schema(), "columns");
            return (Output<? super RecordBatch> out) -> {
                if (left-- == 0) {
                    return Progress.END;
                }
                try (RecordBatch batch = pool.take()) {
                    boolean second = needed.needs(1);
                    secondRead.add(second);
                    for (int column = 0; column < (second ? 2 : 1); column++) {
                        LongLane lane = (LongLane) batch.fill(column);
                        lane.reset(1);
                        lane.values()[0] = 1;
                    }
                    batch.filled(1);
                    beforeEmit.run();
                    out.emit(batch);
                }
                return Progress.EMITTED;
            };
        }
    }

    @Test
    void aBatchOnItsWayMayLackAColumnThatIsReadFromNowOn() {
        List<View> views = new ArrayList<>();
        List<Object> sunk = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var attach = new ArrayList<Runnable>();
            // Attached after the first batch was read and before it is emitted.
            var source = new Columns(3, () -> {
                attach.forEach(Runnable::run);
                attach.clear();
            });
            var rows = pipeline.read(source);
            var assigned = rows.assign("c", "b + 1");
            views.add(rows.agg("sum(a)").view());
            attach.add(() -> {
                views.add(
                        assigned.filter("c > 0").agg("count(), sum(c), sum(b)").view());
                assigned.select("c").sink(row -> sunk.add(row.value("c")));
            });
            pipeline.run();
            assertThat(source.secondRead).containsExactly(false, true, true);
        }
        assertTable(views.get(0).now(), frame("a_sum").row(3));
        assertTable(views.get(1).now(), frame("count", "c_sum", "b_sum").row(2, 4, 2));
        assertThat(sunk).containsExactly(2L, 2L);
    }
}
