package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Once tables, rings and lanes have their size, a batch makes no garbage: the JVM counts the bytes that the source's thread allocates. They
 * are counted by stretches of batches, most of which must be without any, so that what the JVM makes once does not count, but what every batch
 * makes does.
 *
 * <p>What it makes once was traced, every allocation with its stack ({@code -XX:-UseTLAB}, {@code jdk.ObjectAllocationOutsideTLAB}): strings of 24 bytes
 * and their characters, and nothing else, on behalf of methods that make none, such as {@code Ledger.in}. Before a method is compiled, the thread that asks
 * for it makes the string constants of the method's class, the words of its messages among them. So a stretch has 64 to 696 bytes, once for a
 * class, whenever a method of it happens to be hot enough.
 */
class SteadyStateTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROWS = 500;
    private static final int KEYS = 50;
    private static final int WARM_UP = 600;
    private static final int STRETCH = 20;
    private static final int STRETCHES = 11;
    private static final int PER_POLL = 100;

    private static final Schema SCHEMA =
            Schema.of(new Field("k", DataType.INT64), new Field("v", DataType.FLOAT64), new Field("n", DataType.INT64));

    private static final Map<String, Consumer<StreamFrame>> PLANS = new TreeMap<>(Map.ofEntries(
            Map.entry("filter and assign", f -> sink(f.filter("v > 100").assign("w", "v * 2 + n"))),
            Map.entry(
                    "all rows",
                    f -> f.agg("sum(v), mean(v), var(v), min(v), max(n), count()")
                            .view()),
            Map.entry(
                    "by key",
                    f -> f.groupBy("k")
                            .agg("sum(v), mean(n), std(v), min(n), max(v), count(v)")
                            .view()),
            Map.entry(
                    "by key, changes",
                    f -> sink(f.groupBy("k").agg("sum(v), mean(n)").changes())),
            Map.entry(
                    "answers joined back",
                    f -> sink(f.join(f.groupBy("k").agg("mean(v) as usual")).left())),
            Map.entry(
                    "explode",
                    f -> sink(f.assign("l", "case when n > 8000 then '[1, 2]' else '[\"a\\n\", null]' end")
                            .explode("l"))),
            Map.entry(
                    "last rows by key",
                    f -> f.window(Frames.rows(2000))
                            .groupBy("k")
                            .agg("sum(v), mean(n)")
                            .view()),
            Map.entry("rolling sum", f -> sink(f.rolling(700).agg("sum(v), mean(v), count(v)"))),
            Map.entry("rolling std", f -> sink(f.rolling(700).std("v"))),
            Map.entry("rolling max", f -> sink(f.rolling(700).max("v"))),
            Map.entry("rolling median", f -> sink(f.rolling(700).median("v"))),
            Map.entry("rolling by key", f -> sink(f.groupBy("k").rolling(20).agg("sum(v), mean(v), std(v)"))),
            Map.entry("cumulative", f -> sink(f.cumSum("v").cumMax("n"))),
            Map.entry("cumulative by key", f -> sink(f.groupBy("k").cumSum("v"))),
            Map.entry("ewm", f -> sink(f.ewm(Frames.alpha(0.1)).mean("v"))),
            Map.entry(
                    "ewm by key",
                    f -> sink(f.groupBy("k").ewm(Frames.alpha(0.1)).std("v")))));

    /** A sink, since {@code sinkBatches} hands out an object of its own for each batch. */
    private static void sink(StreamFrame frame) {
        frame.sink(new FrameSink() {
            @Override
            public void open(Schema schema) {}

            @Override
            public void write(RecordBatch rows) {}

            @Override
            public void end() {}

            @Override
            public void close() {}
        });
    }

    @Test
    void noBatchMakesGarbage() {
        Map<String, Long> garbage = new TreeMap<>();
        PLANS.forEach((name, plan) -> {
            long[] stretches = stretches(plan);
            Arrays.sort(stretches);
            if (stretches[STRETCHES / 2] != 0) {
                garbage.put(name, stretches[STRETCHES / 2]);
            }
        });
        assertThat(garbage).as("bytes in %d batches of %d rows", STRETCH, ROWS).isEmpty();
    }

    private static long[] stretches(Consumer<StreamFrame> plan) {
        var ticks = new Ticks();
        try (Pipeline pipeline = Pipeline.create("steady")) {
            plan.accept(pipeline.read((FrameSource) ticks));
            pipeline.run();
        }
        return ticks.stretches;
    }

    /** Rows whose values differ from batch to batch. */
    private static final class Ticks implements FrameSource, Source<RecordBatch> {
        private final BatchPool pool = new BatchPool(SCHEMA, "ticks");
        private int next;
        private long bytes;
        private final long[] stretches = new long[STRETCHES];

        @Override
        public String name() {
            return "ticks";
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            return this;
        }

        @Override
        public Progress poll(Output<? super RecordBatch> out) {
            for (int i = 0; i < PER_POLL; i++) {
                if (next >= WARM_UP && (next - WARM_UP) % STRETCH == 0 && endStretch((next - WARM_UP) / STRETCH)) {
                    return Progress.END;
                }
                next++;
                try (RecordBatch batch = pool.take()) {
                    fill(batch);
                    out.emit(batch);
                }
            }
            return Progress.EMITTED;
        }

        /** Whether it was the last. */
        private boolean endStretch(int begun) {
            long now = THREADS.getCurrentThreadAllocatedBytes();
            if (begun > 0) {
                stretches[begun - 1] = now - bytes;
            }
            bytes = now;
            return begun == STRETCHES;
        }

        private void fill(RecordBatch batch) {
            LongLane keys = (LongLane) batch.fill(0);
            DoubleLane values = (DoubleLane) batch.fill(1);
            LongLane numbers = (LongLane) batch.fill(2);
            keys.reset(ROWS);
            values.reset(ROWS);
            numbers.reset(ROWS);
            for (int row = 0; row < ROWS; row++) {
                long mixed = (next * 1000L + row) * 0x9E3779B97F4A7C15L;
                keys.values()[row] = (mixed >>> 40) % KEYS * 1_000_003;
                values.values()[row] = (mixed >>> 11) * 0x1p-43;
                numbers.values()[row] = mixed >>> 50;
            }
            batch.filled(ROWS);
        }
    }
}
