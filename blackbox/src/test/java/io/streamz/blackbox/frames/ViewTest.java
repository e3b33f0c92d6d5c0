package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.Accumulator;
import io.streamz.aggregations.Aggregation;
import io.streamz.core.NodeMetrics;
import io.streamz.core.StreamException;
import io.streamz.core.VirtualClock;
import io.streamz.frames.Agg;
import io.streamz.frames.ChangeColumn;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ViewTest {
    record Row(long k, long v) {}

    @Test
    void aReaderNeverSeesHalfABatch() throws InterruptedException {
        int keys = 600;
        int batches = 1500;
        var wrong = new AtomicReference<String>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Row.class).flushEvery(keys, Duration.ofHours(1));
            View view = input.frame().groupBy("k").agg("sum(v)").view();
            pipeline.start();
            List<Row> batch = new ArrayList<>();
            for (int key = 0; key < keys; key++) {
                batch.add(new Row(key, 1));
            }
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread reader = new Thread(() -> read(view, keys, batches, wrong));
                reader.start();
                readers.add(reader);
            }
            for (int i = 0; i < batches; i++) {
                input.emitAll(batch);
            }
            for (Thread reader : readers) {
                reader.join();
            }
        }
        assertThat(wrong.get()).isNull();
    }

    record Named(String name, long k, long v) {}

    /** Read now and then, while many or few of hundreds of groups change: each table is what it was when it was read. */
    @Test
    void tablesStayWhatTheyWere() {
        for (int seed = 0; seed < 6; seed++) {
            var random = new Random(seed);
            List<Table> tables = new ArrayList<>();
            List<Map<String, Long>> expected = new ArrayList<>();
            Map<String, Long> sums = new LinkedHashMap<>();
            try (var pipeline = Pipeline.create("test")) {
                var input = pipeline.input(Named.class).flushEvery(200, Duration.ofHours(1));
                View view =
                        input.frame().groupBy("name", "k").agg("sum(v) as s").view();
                pipeline.start();
                for (int batch = 0; batch < 40; batch++) {
                    int keys = random.nextInt(5) == 0 ? 3000 : 20;
                    List<Named> rows = new ArrayList<>();
                    for (int row = 0; row < 200; row++) {
                        long k = random.nextInt(keys);
                        Named named = new Named(k % 11 == 0 ? null : "name " + k % 7, k, random.nextInt(100));
                        rows.add(named);
                        sums.merge(named.name() + " " + k, named.v(), Long::sum);
                    }
                    input.emitAll(rows);
                    if (random.nextInt(3) > 0) {
                        tables.add(view.now());
                        expected.add(new LinkedHashMap<>(sums));
                    }
                }
            }
            for (int i = 0; i < tables.size(); i++) {
                Map<String, Long> actual = new LinkedHashMap<>();
                Table table = tables.get(i);
                for (int row = 0; row < table.rows(); row++) {
                    actual.put(table.value(row, "name") + " " + table.int64(row, "k"), table.int64(row, "s"));
                }
                assertThat(List.copyOf(actual.entrySet()))
                        .as("seed %d", seed)
                        .isEqualTo(List.copyOf(expected.get(i).entrySet()));
            }
        }
    }

    /** A table that is only looked at makes nobody tell what has changed; who listens later hears it from then on. */
    @Test
    void changesAreMadeOnlyWhereSomebodyListens() {
        List<String> heard = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Row.class);
            var most = input.frame()
                    .groupBy("k")
                    .agg("sum(v) as s")
                    .filter("s > 0")
                    .assign("twice", "2 * s")
                    .sort("s desc")
                    .head(2);
            View view = most.view();
            pipeline.start();
            for (long k = 1; k <= 3; k++) {
                input.emit(new Row(k, k));
            }
            assertThat(view.now().toRows()).hasToString("[{k=3, s=3, twice=6}, {k=2, s=2, twice=4}]");
            assertThat(told(pipeline)).isZero();
            most.changes(ChangeColumn.OP).sink(row -> heard.add(row.toString()));
            input.emit(new Row(1, 5));
            assertThat(heard).containsExactly("{op=insert, k=1, s=6, twice=12}", "{op=insert, k=3, s=3, twice=6}");
            assertThat(told(pipeline)).isOne();
            assertThat(view.now().toRows()).hasToString("[{k=1, s=6, twice=12}, {k=3, s=3, twice=6}]");
        }
    }

    private static long told(Pipeline pipeline) {
        return pipeline.metrics().stream()
                .filter(node -> node.name().startsWith("groupBy"))
                .mapToLong(NodeMetrics::out)
                .sum();
    }

    private static void read(View view, int keys, int batches, AtomicReference<String> wrong) {
        long last = 0;
        while (last < batches && wrong.get() == null) {
            Table now = view.now();
            long epoch = now.epoch();
            boolean whole = now.rows() == (epoch == 0 ? 0 : keys) && epoch >= last;
            for (int row = 0; row < now.rows(); row++) {
                whole &= now.int64(row, "v_sum") == epoch && now.int64(row, "k") == row;
            }
            if (!whole) {
                wrong.set("after " + last + ": " + now);
            }
            last = epoch;
        }
    }

    @Test
    void aTableStaysAsItWas() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Row.class);
            View view = input.frame().groupBy("k").agg("sum(v)").view();
            pipeline.start();
            input.emit(new Row(1, 10));
            Table first = view.now();
            input.emit(new Row(1, 1));
            input.emit(new Row(0, 5));
            assertTable(first, frame("k", "v_sum").row(1, 10));
            assertTable(view.now(), frame("k", "v_sum").row(1, 11).row(0, 5));
            assertThat(first.epoch()).isEqualTo(1);
            assertThat(view.now().epoch()).isEqualTo(3);
        }
    }

    @Test
    void aViewIsThereBeforeTheStartAndAfterTheEnd() {
        View view;
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Row.class);
            view = input.frame().agg("count()").view();
            assertThat(view.now().rows()).isZero();
            pipeline.start();
            assertTable(view.now(), frame("count").row(0));
            input.emit(new Row(1, 1));
        }
        assertTable(view.now(), frame("count").row(1));
    }

    @Test
    void aListenerIsCalledAfterEachBatchWithRows() {
        List<Long> counts = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var rows = frame("v").row(1).row(2).row(3).source("rows", 1, 1);
            View view = pipeline.read(rows).agg("count()").view();
            view.onChange(() -> counts.add(view.now().int64(0, "count")));
            pipeline.run();
        }
        assertThat(counts).containsExactly(1L, 3L);
    }

    /** Breaks in the middle of a batch. */
    private static final class Bomb extends Aggregation {
        Bomb() {
            super("bomb", 1);
        }

        @Override
        protected void onNew(Accumulator acc, double x) {
            if (x == 13) {
                throw new IllegalStateException("thirteen");
            }
        }

        @Override
        protected void merge(Accumulator acc, Accumulator other) {}

        @Override
        protected double result(Accumulator acc) {
            return 0;
        }
    }

    @Test
    void aTableThatBrokeInTheMiddleOfABatchSaysSo() {
        try (var pipeline = Pipeline.create("test", VirtualClock.atEpoch())) {
            var input = pipeline.input(Row.class);
            View view = input.frame().agg(Agg.of(new Bomb(), col("v")).as("b")).view();
            View other = input.frame().agg("count()").view();
            pipeline.start();
            input.emit(new Row(1, 1));
            assertThatThrownBy(() -> input.emit(new Row(1, 13)))
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("thirteen");
            assertThatThrownBy(view::now)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("has failed in the middle of a batch")
                    .hasMessageContaining("thirteen");
            assertThat(other.now().int64(0, "count")).isEqualTo(2);
        }
    }
}
