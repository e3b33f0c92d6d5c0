package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/** The first or the last row's value of each group by arrival, among all rows or among those that are not null. */
final class Arrivals extends GroupStates {
    private static final byte EMPTY = 0;
    private static final byte NULL = 1;
    private static final byte VALUE = 2;

    private final boolean last;
    private final boolean skipsNulls;
    private final Cells cells;
    private byte[] states = {};
    private long[] counts = {};

    Arrivals(DataType type, boolean last, boolean skipsNulls) {
        this.last = last;
        this.skipsNulls = skipsNulls;
        cells = Cells.of(type);
    }

    @Override
    public boolean skipsNulls() {
        return skipsNulls;
    }

    @Override
    public void ensure(int groups) {
        if (counts.length < groups) {
            counts = Arrays.copyOf(counts, Lane.grown(counts.length, groups));
            states = Arrays.copyOf(states, counts.length);
            cells.ensure(counts.length);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        boolean isNull = inputs[0].isNull(row);
        if (!isNull) {
            counts[id]++;
        }
        if (last || states[id] == EMPTY) {
            states[id] = isNull ? NULL : VALUE;
            if (!isNull) {
                cells.set(id, inputs[0], row);
            }
        }
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof Arrivals that && that.last == last && that.skipsNulls == skipsNulls;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (Arrivals) held;
        if (that.states[id] == VALUE) {
            that.cells.get(id, out, row);
        } else {
            out.setNull(row);
        }
        return true;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (Arrivals) other;
        counts[id] += that.counts[otherId];
        if (that.states[otherId] != EMPTY && (last || states[id] == EMPTY)) {
            states[id] = that.states[otherId];
            if (states[id] == VALUE) {
                cells.copy(id, that.cells, otherId);
            }
        }
    }

    @Override
    public void free(int id) {
        counts[id] = 0;
        states[id] = EMPTY;
        cells.clear(id);
    }

    @Override
    public long bytes() {
        return 9L * counts.length + cells.bytes();
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(counts[id]);
        out.u8(states[id]);
        if (states[id] == VALUE) {
            cells.write(id, out);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        counts[id] = in.i64();
        states[id] = (byte) in.u8();
        if (states[id] == VALUE) {
            cells.read(id, in);
        }
    }
}
