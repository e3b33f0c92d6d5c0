package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.rows;
import static io.streamz.frames.Frames.time;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.run;
import static io.streamz.test.Tables.runCut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.blackbox.frames.Events.Event;
import io.streamz.core.PlanException;
import io.streamz.frames.ChangeColumn;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Current answers over the newest rows, against plain recomputation after each batch. */
@ExtendWith(EmptyAllocator.class)
class WindowTest {
    private static final int ROWS = 160;
    private static final String AGGREGATES =
            "count(), sum(v) as s, mean(v) as m, max(i) as x, var(v), median(i), first(v), nunique(k)";
    private static final Map<String, Function<StreamFrame, LiveTable>> PLANS = Map.of(
            "rows", f -> f.window(rows(11)).agg(AGGREGATES),
            "rows by key", f -> f.window(rows(11)).groupBy("k").agg(AGGREGATES),
            "rows of each key", f -> f.groupBy("k").window(rows(4)).agg(AGGREGATES),
            "time", f -> f.window(time("7s").on("time")).agg(AGGREGATES),
            "time by key",
                    f -> f.window(time("7s").on("time")).groupBy("k", "i").agg("count(), sum(v) where v > 0 as s"),
            "time of each key",
                    f -> f.groupBy("k")
                            .dropNullKeys()
                            .window(time("7s").on("time"))
                            .agg(AGGREGATES));

    @Test
    void cutsNeverShow() {
        PLANS.forEach((name, plan) ->
                Cuts.neverInTables(name, Events.random(new Random(1), ROWS, 9).table(), ROWS, 2, plan));
    }

    @Test
    void answersAreThoseOfTheNewestRowsAfterEachBatch() {
        Events events = Events.random(new Random(3), ROWS, 9);
        Random random = new Random(4);
        for (int i = 0; i < 20; i++) {
            int[] cuts = Cuts.of(random, ROWS);
            List<Integer> ends = new ArrayList<>();
            for (int cut : cuts) {
                ends.add(cut);
            }
            ends.add(ROWS);
            check(
                    events,
                    cuts,
                    ends,
                    f -> f.window(rows(11)).groupBy("k").agg(AGGREGATES),
                    until -> keyed(events.list().subList(Math.max(0, until - 11), until)));
            check(events, cuts, ends, f -> f.groupBy("k").window(rows(3)).agg(AGGREGATES), until -> {
                Map<String, List<Event>> groups = keyed(events.list().subList(0, until));
                groups.replaceAll((key, rows) -> rows.subList(Math.max(0, rows.size() - 3), rows.size()));
                return groups;
            });
            check(
                    events,
                    cuts,
                    ends,
                    f -> f.window(time("7s").on("time")).groupBy("k").agg(AGGREGATES),
                    until -> keyed(newest(events, until, 7)));
        }
    }

    private static Map<String, List<Event>> keyed(List<Event> rows) {
        Map<String, List<Event>> groups = new LinkedHashMap<>();
        rows.forEach(
                row -> groups.computeIfAbsent(row.k(), key -> new ArrayList<>()).add(row));
        return groups;
    }

    /** The rows inside that were not late when they came. */
    private static List<Event> newest(Events events, int until, long duration) {
        List<Event> taken = new ArrayList<>();
        long newest = Long.MIN_VALUE;
        for (Event event : events.list().subList(0, until)) {
            newest = Math.max(newest, event.time());
            if (event.time() > newest - duration) {
                taken.add(event);
            }
        }
        long end = newest;
        return taken.stream().filter(event -> event.time() > end - duration).toList();
    }

    private static void check(
            Events events,
            int[] cuts,
            List<Integer> ends,
            Function<StreamFrame, LiveTable> plan,
            Function<Integer, Map<String, List<Event>>> groups) {
        List<Table> snapshots = new ArrayList<>();
        Map<String, String> told = new HashMap<>();
        List<Map<String, String>> replayed = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            LiveTable table = plan.apply(pipeline.read(events.table().source("rows", cuts)));
            table.changes(ChangeColumn.OP).sinkBatches(batch -> {
                Table.of(batch).toRows().forEach(row -> {
                    String key = String.valueOf(row.value("k"));
                    switch (row.text("op")) {
                        case "delete" -> assertThat(told.remove(key)).isNotNull();
                        case "insert" ->
                            assertThat(told.put(key, String.valueOf(row.value("s"))))
                                    .isNull();
                        default ->
                            assertThat(told.put(key, String.valueOf(row.value("s"))))
                                    .isNotNull();
                    }
                });
                replayed.add(new HashMap<>(told));
            });
            table.snapshots().sink(snapshots::add);
            pipeline.run();
        }
        assertThat(snapshots).hasSameSizeAs(ends);
        for (int batch = 0; batch < ends.size(); batch++) {
            Map<String, List<Event>> expected = groups.apply(ends.get(batch));
            Table table = snapshots.get(batch);
            assertThat(table.rows()).isEqualTo(expected.size());
            Map<String, String> sums = new HashMap<>();
            for (int row = 0; row < table.rows(); row++) {
                List<Event> inside = expected.get((String) table.value(row, "k"));
                assertThat(inside).as("group %s", table.value(row, "k")).isNotNull();
                assertThat(table.value(row, "count")).isEqualTo((long) inside.size());
                assertThat(table.value(row, "s")).isEqualTo(sum(inside));
                assertThat(table.value(row, "x"))
                        .isEqualTo(inside.stream()
                                .map(Event::i)
                                .filter(Objects::nonNull)
                                .max(Long::compare)
                                .orElse(null));
                sums.put(String.valueOf(table.value(row, "k")), String.valueOf(table.value(row, "s")));
            }
            assertThat(replayed.get(batch)).isEqualTo(sums);
        }
    }

    private static Double sum(List<Event> events) {
        List<Double> values =
                events.stream().map(Event::v).filter(Objects::nonNull).toList();
        if (!values.stream().allMatch(Double::isFinite)) {
            return values.stream().mapToDouble(x -> x).sum();
        }
        return values.stream()
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    @Test
    void itsContentIsTheRowsInside() {
        Events events = Events.random(new Random(5), 3000, 9);
        Random random = new Random(6);
        for (int i = 0; i < 10; i++) {
            int[] cuts = Cuts.of(random, 3000);
            List<Table> byRows = new ArrayList<>();
            List<Table> byTime = new ArrayList<>();
            List<Integer> counts = new ArrayList<>();
            try (var pipeline = Pipeline.create("test")) {
                StreamFrame all = pipeline.read(events.table().source("rows", cuts));
                all.window(rows(11)).full().sink(byRows::add);
                all.window(time("7s").on("time")).full().sink(byTime::add);
                all.window(rows(5)).apply(Table::rows).sink(counts::add);
                pipeline.run();
            }
            assertThat(byRows).hasSize(cuts.length + 1);
            for (int batch = 0; batch <= cuts.length; batch++) {
                int until = batch < cuts.length ? cuts[batch] : 3000;
                assertThat(numbers(byRows.get(batch)))
                        .isEqualTo(numbers(events.list().subList(Math.max(0, until - 11), until)));
                assertThat(numbers(byTime.get(batch))).isEqualTo(numbers(newest(events, until, 7)));
                assertThat(counts.get(batch)).isEqualTo(Math.min(5, until));
            }
        }
    }

    private static List<Object> numbers(Table table) {
        return table.toRows().stream().map(row -> row.value("n")).toList();
    }

    private static List<Object> numbers(List<Event> events) {
        return events.stream().map(event -> (Object) (long) event.row()).toList();
    }

    record Tick(Instant at, String name, long n) {}

    @Test
    void itsContentIsThereAfterARestart(@TempDir Path folder) {
        for (int run = 0; run < 3; run++) {
            try (var pipeline = Pipeline.create("test")) {
                pipeline.checkpoints(folder);
                var input = pipeline.input(Tick.class);
                List<Table> last = new ArrayList<>();
                List<Table> recent = new ArrayList<>();
                input.frame().window(rows(4)).full().sink(last::add);
                input.frame().window(time("3s").on("at")).full().sink(recent::add);
                pipeline.start();
                for (long n = run * 3L; n < run * 3L + 3; n++) {
                    input.emit(new Tick(Instant.ofEpochSecond(n), n % 2 == 0 ? null : "odd", n));
                }
                pipeline.checkpoint();
                long newest = run * 3L + 2;
                assertThat(last.get(last.size() - 1).toRows().stream().map(row -> row.int64("n")))
                        .containsExactlyElementsOf(LongStream.rangeClosed(Math.max(0, newest - 3), newest)
                                .boxed()
                                .toList());
                assertThat(recent.get(0).toRows().stream().map(row -> row.int64("n")))
                        .containsExactlyElementsOf(LongStream.rangeClosed(Math.max(0, newest - 4), newest - 2)
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void contentOfGroupsIsRefused() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Tick.class);
            assertThatThrownBy(
                            () -> input.frame().groupBy("name").window(rows(3)).full())
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("leave groupBy out");
        }
    }

    @Test
    void aKeyThatHasLeftTakesNoMemory() {
        TableBuilder in = frame("k", "v");
        for (int row = 0; row < 20_000; row++) {
            in.row("key " + row, 1.0);
        }
        try (var pipeline = Pipeline.create("test")) {
            LiveTable table = pipeline.read(in.source("rows", 5_000, 10_000, 15_000))
                    .window(rows(10))
                    .groupBy("k")
                    .agg("sum(v)");
            table.changes().sink(row -> {});
            pipeline.run();
            assertThat(table.explain()).contains("state of the last 10 rows");
            String bytes = table.explain().replaceAll("(?s).*state of the last 10 rows, (\\d+) bytes.*", "$1");
            assertThat(Long.parseLong(bytes)).isLessThan(2_000_000);
        }
    }

    @Test
    void withoutRowsThereIsOneAnswerAndNoGroup() {
        TableBuilder none = frame("k", "v").type("v", io.streamz.aggregations.DataType.FLOAT64);
        assertTable(
                run(none, f -> f.window(rows(3)).agg("count(), sum(v), mean(v)")),
                frame("count", "v_sum", "v_mean").row(0, 0.0, null));
        assertThat(run(none, f -> f.window(rows(3)).groupBy("k").agg("count()")).rows())
                .isZero();
    }

    @Test
    void lateRowsOfATimeWindowComeApart() {
        Events events = Events.random(new Random(6), ROWS, 15);
        List<Long> late = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            LiveTable table = pipeline.read(events.table().source("rows", 7, 90))
                    .window(time("5s").on("time"))
                    .groupBy("k")
                    .agg("count()");
            table.late().sink(row -> late.add(row.int64("n")));
            pipeline.run();
            assertThat(table.explain()).contains("late " + late.size());
        }
        long newest = Long.MIN_VALUE;
        List<Long> expected = new ArrayList<>();
        for (Event event : events.list()) {
            newest = Math.max(newest, event.time());
            if (event.time() <= newest - 5) {
                expected.add((long) event.row());
            }
        }
        assertThat(late).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void overflowIsJudgedOnTheAnswerThatIsGiven() {
        TableBuilder in = frame("k", "i").row("a", Long.MAX_VALUE).row("a", 5).row("a", -9);
        assertThat(runCut(in, f -> f.groupBy("k").window(rows(2)).agg("sum(i)")).value(0, "i_sum"))
                .isEqualTo(-4L);
        assertThat(runCut(in, f -> f.groupBy("k").window(rows(3)).agg("sum(i)"), 1)
                        .value(0, "i_sum"))
                .isEqualTo(Long.MAX_VALUE - 4);
        TableBuilder tooLarge = frame("k", "i").row("a", Long.MAX_VALUE).row("a", 5);
        assertThatThrownBy(() -> runCut(
                                tooLarge, f -> f.groupBy("k").window(rows(3)).agg("sum(i)"), 1)
                        .value(0, "i_sum"))
                .hasMessageContaining("i_sum of k=a does not fit int64");
    }

    @Test
    void mistakesAreToldWhereTheyAreWritten() {
        run(frame("k", "v").row("a", 1.0), f -> {
            wrong(() -> rows(0), "a window of 0 rows");
            wrong(() -> time("0s"), "a time above zero");
            wrong(() -> rows(3).on("time"), "counts rows and needs no time");
            wrong(() -> f.window(time("3s")).agg("count()"), "needs event time, but none is declared");
            wrong(() -> f.window(rows(3)).groupBy("w"), "no column 'w'");
            wrong(() -> f.window(rows(3)).groupBy("k").groupBy("v"), "grouped already");
            wrong(() -> f.window(rows(3)).agg("sum(v), sum(v)"), "v_sum");
            return f.agg("count()");
        });
    }

    private static void wrong(Runnable plan, String... parts) {
        assertThatThrownBy(plan::run)
                .isInstanceOf(PlanException.class)
                .satisfies(error -> assertThat(error + " " + ((PlanException) error).remedy())
                        .contains(parts));
    }
}
