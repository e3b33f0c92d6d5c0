package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/** The least or the greatest value of each group for decimals and text, whose order is that of {@link Cells}. */
final class Extremes extends GroupStates {
    private final Cells cells;
    private final int sign;
    private long[] counts = {};

    Extremes(DataType type, boolean greatest) {
        cells = Cells.of(type);
        sign = greatest ? -1 : 1;
    }

    @Override
    public void ensure(int groups) {
        if (counts.length < groups) {
            counts = Arrays.copyOf(counts, Lane.grown(counts.length, groups));
            cells.ensure(counts.length);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        if (counts[id]++ == 0 || sign * cells.compare(id, inputs[0], row) > 0) {
            cells.set(id, inputs[0], row);
        }
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof HoldsExtremes || held instanceof Extremes that && that.sign == sign;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        if (held instanceof HoldsExtremes both) {
            return both.extreme(sign < 0, id, out, row);
        }
        var that = (Extremes) held;
        if (that.counts[id] == 0) {
            out.setNull(row);
        } else {
            that.cells.get(id, out, row);
        }
        return true;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (Extremes) other;
        if (that.counts[otherId] != 0 && (counts[id] == 0 || sign * cells.compare(id, that.cells, otherId) > 0)) {
            cells.copy(id, that.cells, otherId);
        }
        counts[id] += that.counts[otherId];
    }

    @Override
    public void free(int id) {
        counts[id] = 0;
        cells.clear(id);
    }

    @Override
    public long bytes() {
        return 8L * counts.length + cells.bytes();
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(counts[id]);
        if (counts[id] != 0) {
            cells.write(id, out);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        counts[id] = in.i64();
        if (counts[id] != 0) {
            cells.read(id, in);
        }
    }
}
