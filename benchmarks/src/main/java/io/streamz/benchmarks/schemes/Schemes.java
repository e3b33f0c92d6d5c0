package io.streamz.benchmarks.schemes;

import io.streamz.aggregations.Aggregations;
import io.streamz.aggregations.Cumulative;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Decay;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Ewm;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Measure;
import io.streamz.aggregations.MovingGroups;
import io.streamz.aggregations.PaneGroups;
import io.streamz.aggregations.Panes;
import io.streamz.aggregations.Rolling;
import io.streamz.aggregations.Shift;
import io.streamz.aggregations.Span;
import io.streamz.aggregations.Watermark;
import io.streamz.aggregations.Window;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;

/**
 * Million rows per second of CPU, and bytes allocated per batch, of each scheme over batches of 65,536 rows; the median of some runs.
 * Arguments: parts of the names to run, all without.
 */
public final class Schemes {
    private static final int BATCH = 65_536;
    private static final int BATCHES = 32;
    private static final int KEYS = 1_000;
    private static final DataType[] TYPES = {DataType.FLOAT64};

    private final Lane[][] columns = new Lane[BATCHES][1];
    private final LongLane[] times = new LongLane[BATCHES];
    private final int[][] ids = new int[BATCHES][BATCH];
    private final long[] watermarks = new long[BATCH + 1];
    private final String[] wanted;
    private long lap;

    private Schemes(String[] wanted) {
        this.wanted = wanted;
        var random = new Random(1);
        long time = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            var values = new DoubleLane();
            values.reset(BATCH);
            times[batch] = new LongLane();
            times[batch].reset(BATCH);
            for (int row = 0; row < BATCH; row++) {
                values.values()[row] = random.nextInt(100_000) / 100.0;
                times[batch].values()[row] = time++;
                ids[batch][row] = random.nextInt(KEYS);
            }
            columns[batch][0] = values;
        }
    }

    /** One batch through a scheme. */
    private interface Step {
        void batch(int batch);
    }

    public static void main(String[] args) {
        var all = new Schemes(args);
        all.rolling();
        all.others();
    }

    private void rolling() {
        for (String name : new String[] {"sum", "mean", "std", "max", "median"}) {
            if (Aggregations.names().contains(name)) {
                for (int n : new int[] {10, 1_000, 1_000_000}) {
                    rolling("rolling " + n + " " + name, name, Span.rows(n), false);
                }
                rolling("rolling 100 per key " + name, name, Span.rows(100), true);
                rolling("rolling by time 10000 per key " + name, name, Span.time(10_000), true);
            }
        }
    }

    private void rolling(String title, String name, Span span, boolean keyed) {
        var rolling = new Rolling(span, keyed, TYPES, Measure.of(Aggregations.named(name), 0));
        Lane[] out = {new DoubleLane()};
        run(title, batch -> rolling.add(ids[batch], BATCH, shifted(batch), columns[batch], out, (measure, row) -> {}));
    }

    private void others() {
        Lane[] out = {new DoubleLane()};
        var sums = Cumulative.cumulative(TYPES, Measure.of(Aggregations.sum(), 0));
        run("cumSum", batch -> sums.add(null, BATCH, columns[batch], out, (measure, row) -> {}));
        var keyed = Cumulative.cumulative(TYPES, Measure.of(Aggregations.sum(), 0));
        run("cumSum per key", batch -> keyed.add(ids[batch], BATCH, columns[batch], out, (measure, row) -> {}));
        var max = Cumulative.cumulative(TYPES, Measure.of(Aggregations.max(), 0));
        run("cumMax", batch -> max.add(null, BATCH, columns[batch], out, (measure, row) -> {}));
        var mean = new Ewm(Decay.span(20), TYPES[0], Ewm.Function.MEAN);
        DoubleLane[] one = {new DoubleLane()};
        run("ewm mean", batch -> mean.add(null, BATCH, null, columns[batch][0], one));
        var std = new Ewm(Decay.span(20), TYPES[0], Ewm.Function.STD);
        run("ewm std", batch -> std.add(null, BATCH, null, columns[batch][0], one));
        var means = new Ewm(Decay.span(20), TYPES[0], Ewm.Function.MEAN);
        run("ewm mean per key", batch -> means.add(ids[batch], BATCH, null, columns[batch][0], one));
        var shift = new Shift(1, TYPES);
        run("shift per key", batch -> shift.add(ids[batch], BATCH, columns[batch], out));
        moving("window rows 100000 per key sum", Window.rows(100_000));
        moving("window time 10000 per key sum", Window.time(10_000));
        panes("tumbling 10000 per key sum", Panes.tumbling(10_000));
        panes("hopping 10000/1000 per key sum", Panes.hopping(10_000, 1_000));
        panes("session 1 per key sum", Panes.session(500));
    }

    private void moving(String title, Window window) {
        var groups = new MovingGroups(window, TYPES, Measure.of(Aggregations.sum(), 0));
        var out = new DoubleLane();
        run(title, batch -> {
            groups.add(ids[batch], BATCH, shifted(batch), columns[batch], row -> {});
            groups.result(0, groups.touched(), groups.touchedCount(), out, row -> {});
        });
    }

    private void panes(String title, Panes panes) {
        var groups = new PaneGroups(panes, 0, 0, TYPES, Measure.of(Aggregations.sum(), 0));
        var watermark = new Watermark(0);
        run(title, batch -> {
            LongLane at = shifted(batch);
            watermark.follow(at, BATCH, watermarks);
            groups.add(ids[batch], BATCH, at, watermarks, columns[batch], row -> {}, (measure, row) -> {});
        });
    }

    /** The times of a batch, one lap after the other later by the length of a lap. */
    private LongLane shifted(int batch) {
        return times[batch];
    }

    private void run(String title, Step step) {
        if (wanted.length > 0 && java.util.Arrays.stream(wanted).noneMatch(title::contains)) {
            return;
        }
        double[] rates = new double[5];
        long bytes = 0;
        for (int i = 0; i < rates.length; i++) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            bytes = allocated();
            for (int batch = 0; batch < BATCHES; batch++) {
                step.batch(batch);
            }
            bytes = allocated() - bytes;
            rates[i] =
                    1e3 * BATCH * BATCHES / (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
            later();
        }
        java.util.Arrays.sort(rates);
        System.out.printf(Locale.ROOT, "%-36s %8.1f M rows/s %10d bytes a batch%n", title, rates[3], bytes / BATCHES);
    }

    private void later() {
        lap = (long) BATCH * BATCHES;
        for (LongLane lane : times) {
            for (int row = 0; row < BATCH; row++) {
                lane.values()[row] += lap;
            }
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
