package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The state of an {@link Aggregation} that is written as {@code onNew} and {@code merge}: eight longs, one cache line, a group.
 * {@link Clones} defines this class again for each aggregation, so the calls into it are inlined and the accumulator never
 * becomes an object.
 */
final class AccumulatorStates extends GroupStates {
    private static final int FIELDS = 7;

    private final Aggregation aggregation;
    private final double[] divisors;
    private long[] cells = {};
    private int groups;

    AccumulatorStates(Aggregation aggregation, DataType[] types) {
        this.aggregation = aggregation;
        this.divisors = new double[types.length];
        for (int input = 0; input < types.length; input++) {
            divisors[input] = Math.pow(10, types[input].scale());
        }
    }

    @Override
    public boolean canForget() {
        return aggregation.canForget();
    }

    @Override
    public void ensure(int wanted) {
        if (wanted > groups) {
            int capacity = Lane.grown(groups, wanted);
            cells = Arrays.copyOf(cells, Math.multiplyExact(capacity, Accumulator.WIDTH));
            for (; groups < capacity; groups++) {
                free(groups);
            }
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        var acc = new Accumulator();
        int at = id * Accumulator.WIDTH;
        acc.load(cells, at);
        acc.count++;
        switch (inputs.length) {
            case 1 -> aggregation.onNew(acc, number(inputs, 0, row));
            case 2 -> aggregation.onNew(acc, number(inputs, 0, row), number(inputs, 1, row));
            default -> aggregation.onNew(acc, number(inputs, 0, row), number(inputs, 1, row), number(inputs, 2, row));
        }
        acc.store(cells, at);
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        var acc = new Accumulator();
        int at = id * Accumulator.WIDTH;
        acc.load(cells, at);
        if (acc.count == 1) {
            free(id); // nothing inside is exactly nothing, whatever rounding left behind
            return;
        }
        acc.count--;
        switch (inputs.length) {
            case 1 -> aggregation.onOld(acc, number(inputs, 0, row));
            case 2 -> aggregation.onOld(acc, number(inputs, 0, row), number(inputs, 1, row));
            default -> aggregation.onOld(acc, number(inputs, 0, row), number(inputs, 1, row), number(inputs, 2, row));
        }
        acc.store(cells, at);
    }

    @Override
    public long count(int id) {
        return cells[id * Accumulator.WIDTH + FIELDS - 1];
    }

    @Override
    public boolean result(int id, Lane out, int row) {
        var acc = new Accumulator();
        acc.load(cells, id * Accumulator.WIDTH);
        if (acc.count == 0) {
            out.setNull(row);
        } else if (out instanceof DoubleLane doubles) {
            doubles.values()[row] = aggregation.result(acc);
        } else {
            return whole(aggregation.result(acc), out, row);
        }
        return true;
    }

    private boolean whole(double value, Lane out, int row) {
        if (!(Math.abs(value) < 0x1p63) || !(out instanceof LongLane longs)) {
            out.setNull(row);
            return false;
        }
        longs.values()[row] = (long) value;
        return true;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        long[] theirs = ((AccumulatorStates) other).cells;
        var acc = new Accumulator();
        var right = new Accumulator();
        right.load(theirs, otherId * Accumulator.WIDTH);
        if (right.count == 0) {
            return;
        }
        acc.load(cells, id * Accumulator.WIDTH);
        if (acc.count == 0) {
            right.store(cells, id * Accumulator.WIDTH);
            return;
        }
        acc.count += right.count;
        aggregation.merge(acc, right);
        acc.store(cells, id * Accumulator.WIDTH);
    }

    @Override
    public void free(int id) {
        var acc = new Accumulator();
        aggregation.initial(acc);
        acc.store(cells, id * Accumulator.WIDTH);
    }

    @Override
    public long bytes() {
        return 8L * cells.length;
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        for (int field = 0; field < FIELDS; field++) {
            out.i64(cells[id * Accumulator.WIDTH + field]);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        for (int field = 0; field < FIELDS; field++) {
            cells[id * Accumulator.WIDTH + field] = in.i64();
        }
    }

    private double number(Lane[] inputs, int input, int row) {
        Lane lane = inputs[input];
        if (lane instanceof DoubleLane doubles) {
            return doubles.values()[row];
        }
        if (lane instanceof LongLane longs) {
            return longs.values()[row];
        }
        if (lane instanceof WideLane wide) {
            return Int128.toDouble(wide.high()[row], wide.low()[row]) / divisors[input];
        }
        throw new IllegalArgumentException(
                "not a lane of numbers: " + lane.getClass().getSimpleName());
    }
}
