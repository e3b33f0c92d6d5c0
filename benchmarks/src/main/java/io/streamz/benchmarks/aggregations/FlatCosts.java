package io.streamz.benchmarks.aggregations;

import io.streamz.aggregations.Aggregations;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Measure;
import io.streamz.aggregations.Rolling;
import io.streamz.aggregations.Span;
import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.BatchPool;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSink;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints, as two tables in Markdown, what must not grow: the processor time of a row against the length of its rolling window, and that
 * of a batch against the number of keys in the state. The best of some passes; compare only figures of one run.
 */
public final class FlatCosts {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final String[] FUNCTIONS = {"sum", "std", "max", "median"};

    private final PrintStream out;
    private final int[] windows;
    private final int[] keys;
    private final int passes;

    /**
     * @param passes how often each figure is taken
     */
    FlatCosts(PrintStream out, int[] windows, int[] keys, int passes) {
        this.out = out;
        this.windows = windows;
        this.keys = keys;
        this.passes = passes;
    }

    public static void main(String[] arguments) {
        new FlatCosts(
                        new PrintStream(System.out, true, StandardCharsets.UTF_8),
                        new int[] {10, 100, 1_000, 10_000, 100_000, 1_000_000},
                        new int[] {1_000, 100_000, 1_000_000},
                        9)
                .run();
    }

    void run() {
        new Ticks(keys[0], keys[0], passes).run(); // for the compilers
        head("ns a row, rolling over the last n rows", windows);
        for (String function : FUNCTIONS) {
            double[] costs = new double[windows.length];
            for (int i = 0; i < costs.length; i++) {
                costs[i] = rolling(function, windows[i]);
            }
            line(function, costs);
        }
        out.println();
        head("µs a batch of " + Ticks.ROWS + " rows, keys in state", keys);
        for (boolean all : new boolean[] {false, true}) {
            double[] costs = new double[keys.length];
            for (int i = 0; i < costs.length; i++) {
                costs[i] = new Ticks(keys[i], all ? keys[i] : Ticks.HOT, passes).run() / 1000;
            }
            line(all ? "rows of any key" : "rows of the same " + Ticks.HOT + " keys", costs);
        }
    }

    private void head(String title, int[] sizes) {
        out.print("| " + title + " |");
        Arrays.stream(sizes).forEach(size -> out.printf(Locale.ROOT, " %,d |", size));
        out.print("\n|---|");
        Arrays.stream(sizes).forEach(size -> out.print("--:|"));
        out.println();
    }

    private void line(String name, double[] costs) {
        out.print("| " + name + " |");
        Arrays.stream(costs).forEach(cost -> out.printf(Locale.ROOT, " %.1f |", cost));
        out.println();
    }

    private double rolling(String function, int window) {
        int rows = 8192;
        int batches = 64;
        var random = new SplittableRandom(5);
        DoubleLane[] lanes = new DoubleLane[batches];
        for (int batch = 0; batch < batches; batch++) {
            lanes[batch] = new DoubleLane();
            lanes[batch].reset(rows);
            Arrays.setAll(lanes[batch].values(), row -> 1000 * random.nextDouble());
        }
        Measure measure = Measure.of(Aggregations.named(function), 0);
        var rolling = new Rolling(Span.rows(window).minPeriods(1), false, new DataType[] {DataType.FLOAT64}, measure);
        Lane[] answers = {new DoubleLane()};
        Lane[] columns = new Lane[1];
        int toFill = window / (rows * batches) + 1;
        double best = Double.MAX_VALUE;
        for (int pass = -toFill - 2; pass < passes; pass++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            for (DoubleLane lane : lanes) {
                columns[0] = lane;
                rolling.add(null, rows, null, columns, answers, (answer, row) -> {});
            }
            if (pass >= 0) {
                best = Math.min(best, (double) (CLOCK.getCurrentThreadCpuTime() - start));
            }
        }
        return best / ((double) rows * batches);
    }

    /** Makes all keys, then small batches through a pipeline that gives the changed rows of sums and means by key. */
    private static final class Ticks implements FrameSource {
        static final int ROWS = 100;
        static final int HOT = 1_000;
        private static final int PER_PASS = 2_000;
        private static final int WARM_UP = 5;
        private static final Schema SCHEMA =
                Schema.of(new Field("k", DataType.INT64), new Field("v", DataType.FLOAT64));

        private final int keys;
        private final int used;
        private final int passes;
        private double best = Double.MAX_VALUE;

        Ticks(int keys, int used, int passes) {
            this.keys = keys;
            this.used = Math.min(used, keys);
            this.passes = passes;
        }

        /** The nanoseconds of a batch. */
        double run() {
            try (Pipeline pipeline = Pipeline.create("keys")) {
                pipeline.read(this)
                        .groupBy("k")
                        .agg("sum(v), mean(v)")
                        .changes()
                        .sink(new Nothing());
                pipeline.run();
            }
            return best;
        }

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
            return new Reader();
        }

        private final class Reader implements Source<RecordBatch> {
            private final BatchPool pool = new BatchPool(SCHEMA, name());
            private final SplittableRandom random = new SplittableRandom(11);
            private int made;
            private int pass = -WARM_UP;

            @Override
            public Progress poll(Output<? super RecordBatch> output) {
                if (made < keys) {
                    int from = made;
                    made = Math.min(keys, made + 8192);
                    emit(output, made - from, true, from);
                    return Progress.EMITTED;
                }
                long start = CLOCK.getCurrentThreadCpuTime();
                for (int batch = 0; batch < PER_PASS; batch++) {
                    emit(output, ROWS, false, 0);
                }
                if (pass >= 0) {
                    best = Math.min(best, (CLOCK.getCurrentThreadCpuTime() - start) / (double) PER_PASS);
                }
                return ++pass < passes ? Progress.EMITTED : Progress.END;
            }

            private void emit(Output<? super RecordBatch> output, int rows, boolean inOrder, int from) {
                try (RecordBatch batch = pool.take()) {
                    LongLane k = (LongLane) batch.fill(0);
                    DoubleLane v = (DoubleLane) batch.fill(1);
                    k.reset(rows);
                    v.reset(rows);
                    for (int row = 0; row < rows; row++) {
                        int key = inOrder ? from + row : random.nextInt(used);
                        k.values()[row] = (key + 1) * 0x9E3779B97F4A7C15L;
                        v.values()[row] = row;
                    }
                    batch.filled(rows);
                    output.emit(batch);
                }
            }
        }
    }

    private static final class Nothing implements FrameSink {
        @Override
        public void open(Schema schema) {}

        @Override
        public void write(RecordBatch rows) {}

        @Override
        public void end() {}

        @Override
        public void close() {}
    }
}
