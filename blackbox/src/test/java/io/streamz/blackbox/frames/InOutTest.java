package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.core.DataStream;
import io.streamz.core.VirtualClock;
import io.streamz.frames.ArrowIn;
import io.streamz.frames.Field;
import io.streamz.frames.Generated;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import io.streamz.test.EmptyAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows in and rows out: maps, tables, Arrow, streams of objects, made-up frames. */
@ExtendWith(EmptyAllocator.class)
class InOutTest {
    private static final Schema SCHEMA = Schema.of(new Field("k", DataType.UTF8), new Field("v", DataType.INT64));
    private static final Table TABLE =
            Table.of(SCHEMA, List.of(new Object[] {"a", 1L}, new Object[] {null, 2L}, new Object[] {"a", null}));

    record Trade(String k, long v) {}

    @Test
    void mapsInAndOut() {
        List<Map<String, Object>> out = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input("trades", SCHEMA);
            input.frame().assign("w", "v + 1").maps().sink(out::add);
            pipeline.start();
            input.emit(Map.of("k", "a", "v", 1));
            input.emit(Map.of("v", 2L));
            assertThatThrownBy(() -> input.emit(Map.of("kk", "a")))
                    .hasMessageContaining("no column 'kk' in [k, v]")
                    .hasMessageContaining("did you mean 'k'?");
        }
        assertThat(out).hasToString("[{k=a, v=1, w=2}, {k=null, v=2, w=3}]");
    }

    @Test
    void aWrongValueNamesColumnAndType() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input("trades", SCHEMA);
            input.frame().sink(row -> {});
            pipeline.start();
            assertThatThrownBy(() -> input.emit(Map.of("v", 1.5)))
                    .hasMessageContaining("the Double 1.5 in column 'v' is no int64");
        }
    }

    @Test
    void aTableIsASource() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input("trades", SCHEMA);
            var view = pipeline.read(TABLE.source("start"))
                    .concat(input.frame())
                    .groupBy("k")
                    .agg("sum(v)")
                    .view();
            pipeline.start();
            input.emit(Map.of("k", "b", "v", 5));
            input.end();
            pipeline.done().toCompletableFuture().join();
            assertThat(view.now().sort("k").toRows())
                    .hasToString("[{k=a, v_sum=1}, {k=b, v_sum=5}, {k=null, v_sum=2}]");
        }
    }

    @Test
    void arrowInAndOut() throws Exception {
        try (BufferAllocator allocator = new RootAllocator()) {
            List<Integer> rows = new ArrayList<>();
            try (var pipeline = Pipeline.create("test")) {
                var frame = pipeline.read(ArrowIn.of("twice", new Twice(allocator)));
                var view = frame.groupBy("k").agg("sum(v), count(v)").view();
                frame.sinkArrow(root -> rows.add(root.getVector("v").getValueCount()));
                pipeline.run();
                assertTable(
                        view.now(),
                        frame("k", "v_sum", "v_count").row("a", 2, 2).row(null, 4, 2));
            }
            assertThat(rows).containsExactly(3, 3);
            assertThat(allocator.getAllocatedMemory()).isZero();
        }
    }

    /** The table as two batches. */
    private static final class Twice extends ArrowReader {
        private final VectorSchemaRoot root;
        private int loaded;

        Twice(BufferAllocator allocator) {
            super(allocator);
            root = TABLE.toArrow(allocator);
        }

        @Override
        public VectorSchemaRoot getVectorSchemaRoot() {
            return root;
        }

        @Override
        public boolean loadNextBatch() {
            return ++loaded <= 2;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        public void close() {
            root.close();
        }

        @Override
        protected void closeReadSource() {}

        @Override
        protected org.apache.arrow.vector.types.pojo.Schema readSchema() {
            return root.getSchema();
        }
    }

    @Test
    void streamsOfObjectsBothWays() {
        List<Trade> out = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            DataStream<Integer> numbers = pipeline.stream(Integer.class);
            pipeline.frame(numbers.map(n -> new Trade("n" + n, n)), Trade.class)
                    .filter("v > 1")
                    .records(Trade.class)
                    .sink(out::add);
            pipeline.frame("maps", SCHEMA, numbers.map(n -> Map.of("v", n)))
                    .sum("v")
                    .view();
            pipeline.start();
            numbers.emit(1);
            numbers.emit(2);
        }
        assertThat(out).containsExactly(new Trade("n2", 2));
    }

    @Test
    @Timeout(60)
    void framesAreMadeUp() {
        VirtualClock clock = VirtualClock.atEpoch();
        try (var pipeline = Pipeline.create("test", clock)) {
            var random = pipeline.read(Generated.random(1, 5, Duration.ofMillis(500), Duration.ofMillis(100)));
            var periodic = pipeline.read(Generated.periodic(
                    "ticks", SCHEMA, Duration.ofSeconds(1), n -> n == 3 ? null : List.of(Map.of("k", "t", "v", n))));
            var made = random.head(10).agg("count(), min(x)").view();
            var ticks = periodic.sum("v").view();
            pipeline.start();
            while (made.now().rows() == 0
                    || made.now().int64(0, "count") < 10
                    || ticks.now().rows() == 0
                    || ticks.now().int64(0, "v_sum") < 3) {
                clock.advance(Duration.ofMillis(100));
                Thread.onSpinWait();
            }
            assertThat(made.now().int64(0, "count")).isEqualTo(10);
            assertThat(made.now().float64(0, "x_min")).isBetween(0.0, 1.0);
        }
    }
}
