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
    private final RowNumbers numbers;
    private long[] cells = {};
    private int groups;

    AccumulatorStates(Aggregation aggregation, DataType[] types) {
        this.aggregation = aggregation;
        numbers = new RowNumbers(types);
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
            case 1 -> aggregation.onNew(acc, numbers.of(inputs, 0, row));
            case 2 -> aggregation.onNew(acc, numbers.of(inputs, 0, row), numbers.of(inputs, 1, row));
            default ->
                aggregation.onNew(
                        acc, numbers.of(inputs, 0, row), numbers.of(inputs, 1, row), numbers.of(inputs, 2, row));
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
            case 1 -> aggregation.onOld(acc, numbers.of(inputs, 0, row));
            case 2 -> aggregation.onOld(acc, numbers.of(inputs, 0, row), numbers.of(inputs, 1, row));
            default ->
                aggregation.onOld(
                        acc, numbers.of(inputs, 0, row), numbers.of(inputs, 1, row), numbers.of(inputs, 2, row));
        }
        acc.store(cells, at);
    }

    @Override
    public long count(int id) {
        return cells[id * Accumulator.WIDTH + FIELDS - 1];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof AccumulatorStates that && aggregation.sharesState(that.aggregation);
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var acc = new Accumulator();
        acc.load(((AccumulatorStates) held).cells, id * Accumulator.WIDTH);
        if (acc.count == 0) {
            return nothing(out, row);
        }
        if (out instanceof DoubleLane doubles) {
            doubles.values()[row] = aggregation.result(acc);
            return true;
        }
        return whole(aggregation.result(acc), out, row);
    }

    private boolean nothing(Lane out, int row) {
        Double answer = aggregation.resultOfNothing();
        if (answer == null) {
            out.setNull(row);
        } else if (out instanceof DoubleLane doubles) {
            doubles.values()[row] = answer;
        } else {
            return whole(answer, out, row);
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
}
