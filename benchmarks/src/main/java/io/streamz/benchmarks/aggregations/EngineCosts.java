package io.streamz.benchmarks.aggregations;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.Aggregations;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.GroupIndex;
import io.streamz.aggregations.GroupStates;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * Prints nanoseconds of processor time a row for the engine's main loops: best and median of some passes over the same batches. Arguments
 * choose the lines whose name contains one of them; without any, all run. A quick look, not a JMH run: compare only lines of one run.
 */
public final class EngineCosts {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int BATCH = 16_384;
    private static final int BATCHES = 256;
    private static final int PASSES = 15;

    private final String[] wanted;
    private final Random random = new Random(7);

    private EngineCosts(String... wanted) {
        this.wanted = wanted;
    }

    public static void main(String[] arguments) {
        new EngineCosts(arguments).run();
    }

    private void run() {
        Lane[] doubles = doubles(0);
        Lane[] longs = longs(row -> random.nextInt(1_000_000));
        ungrouped("sum", Aggregations.sum(), DataType.FLOAT64, doubles);
        ungrouped("sum, 5 % nulls", Aggregations.sum(), DataType.FLOAT64, doubles(20));
        ungrouped("mean", Aggregations.mean(), DataType.FLOAT64, doubles);
        ungrouped("min", Aggregations.min(), DataType.FLOAT64, doubles);
        ungrouped("var", Aggregations.var(1), DataType.FLOAT64, doubles);
        ungrouped("sum of int64", Aggregations.sum(), DataType.INT64, longs);
        ungrouped("max of int64", Aggregations.max(), DataType.INT64, longs);
        ungrouped("var of int64", Aggregations.var(1), DataType.INT64, longs);
        ungrouped("median", Aggregations.median(), DataType.FLOAT64, doubles);
        ungrouped("nunique of int64", Aggregations.nunique(), DataType.INT64, longs);
        for (int keys : new int[] {100, 100_000, 5_000_000}) {
            grouped("dense " + keys, DataType.INT64, longs(row -> random.nextInt(keys)), doubles);
            grouped("hash " + keys, DataType.INT64, longs(row -> random.nextInt(keys) * 0x9E3779B97F4A7C15L), doubles);
        }
        grouped("utf8 100", DataType.UTF8, texts(100, "sym"), doubles);
        grouped("long utf8 100", DataType.UTF8, texts(100, "a rather long name "), doubles);
        grouped("utf8 100000", DataType.UTF8, texts(100_000, "sym"), doubles);
        grouped("long utf8 100000", DataType.UTF8, texts(100_000, "customer "), doubles);
        pairs();
    }

    private Lane[] doubles(int nullEvery) {
        Lane[] lanes = new Lane[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            DoubleLane lane = new DoubleLane();
            lane.reset(BATCH);
            for (int row = 0; row < BATCH; row++) {
                lane.values()[row] = random.nextInt(10_000_000) / 100.0;
                if (nullEvery > 0 && random.nextInt(nullEvery) == 0) {
                    lane.setNull(row);
                }
            }
            lanes[batch] = lane;
        }
        return lanes;
    }

    private static Lane[] longs(LongUnaryOperator value) {
        Lane[] lanes = new Lane[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            LongLane lane = new LongLane();
            lane.reset(BATCH);
            for (int row = 0; row < BATCH; row++) {
                lane.values()[row] = value.applyAsLong(row);
            }
            lanes[batch] = lane;
        }
        return lanes;
    }

    private Lane[] texts(int keys, String prefix) {
        Lane[] lanes = new Lane[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            TextLane lane = new TextLane();
            lane.reset(BATCH);
            for (int row = 0; row < BATCH; row++) {
                byte[] bytes = (prefix + random.nextInt(keys)).getBytes(StandardCharsets.UTF_8);
                lane.set(row, bytes, 0, bytes.length);
            }
            lanes[batch] = lane;
        }
        return lanes;
    }

    private void ungrouped(String name, Aggregation aggregation, DataType type, Lane[] lanes) {
        Lane out = aggregation.resultType(type).kind().lane();
        measure(name, () -> {
            GroupStates states = aggregation.states(type);
            for (Lane lane : lanes) {
                states.add(null, BATCH, new Lane[] {lane}, null);
            }
            states.result(null, 1, out, row -> {});
        });
    }

    private void grouped(String keyName, DataType type, Lane[] keys, Lane[] values) {
        var index = new GroupIndex(type);
        int[][] ids = new int[BATCHES][BATCH];
        measure("ids " + keyName, () -> ids(index, keys, ids));
        for (String name : new String[] {"sum", "count", "min", "var"}) {
            Aggregation aggregation = Aggregations.named(name);
            GroupStates states = aggregation.states(DataType.FLOAT64);
            measure(name + " by id " + keyName, () -> {
                for (int batch = 0; batch < BATCHES; batch++) {
                    states.add(ids[batch], BATCH, new Lane[] {values[batch]}, null, index.top());
                }
            });
        }
        measure("ids + sum " + keyName + ", new state", () -> {
            GroupStates states = Aggregations.sum().states(DataType.FLOAT64);
            var fresh = new GroupIndex(type);
            for (int batch = 0; batch < BATCHES; batch++) {
                fresh.ids(new Lane[] {keys[batch]}, BATCH, ids[0]);
                states.add(ids[0], BATCH, new Lane[] {values[batch]}, null, fresh.top());
            }
        });
    }

    private static void ids(GroupIndex index, Lane[] keys, int[][] ids) {
        for (int batch = 0; batch < BATCHES; batch++) {
            index.ids(new Lane[] {keys[batch]}, BATCH, ids[batch]);
        }
    }

    private void pairs() {
        Lane[] left = texts(100, "sym");
        Lane[] right = longs(row -> random.nextInt(365));
        var index = new GroupIndex(DataType.UTF8, DataType.INT64);
        int[] ids = new int[BATCH];
        measure("ids utf8 100 x int64 365", () -> {
            for (int batch = 0; batch < BATCHES; batch++) {
                index.ids(new Lane[] {left[batch], right[batch]}, BATCH, ids);
            }
        });
    }

    private void measure(String name, Runnable pass) {
        if (wanted.length == 0 || Arrays.stream(wanted).anyMatch(name::contains)) {
            time(name, pass);
        } else {
            pass.run();
        }
    }

    private static void time(String name, Runnable pass) {
        double[] costs = new double[PASSES];
        for (int i = 0; i < PASSES; i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            pass.run();
            costs[i] = (CLOCK.getCurrentThreadCpuTime() - start) / (double) (BATCH * BATCHES);
        }
        Arrays.sort(costs);
        System.out.printf(Locale.ROOT, "%-44s %6.2f best %6.2f median ns/row%n", name, costs[0], costs[PASSES / 2]);
    }
}
