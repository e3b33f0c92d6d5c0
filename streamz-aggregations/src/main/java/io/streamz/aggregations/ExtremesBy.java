package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * Where in each group the least or the greatest value of one input stands, or what another input is in that row. Of equal values the
 * first to arrive wins. Rows whose deciding value is null or NaN never win, but count as rows.
 */
final class ExtremesBy extends GroupStates {
    private final int sign;
    private final int by;
    private final Cells extremes;

    /** What stands beside the extreme; null where the row's number is asked for. */
    private final Cells beside;

    private boolean[] besideIsNull = {};
    private long[] rows = {};
    private long[] positions = {};
    private long[] counts = {};

    /** The row of the extreme among the rows of its group, counted from 0. */
    static ExtremesBy position(boolean greatest, DataType type) {
        return new ExtremesBy(greatest, 0, type, null);
    }

    /** The value of the first input in the row where the second is extreme. */
    static ExtremesBy value(boolean greatest, DataType value, DataType type) {
        return new ExtremesBy(greatest, 1, type, Cells.of(value));
    }

    private ExtremesBy(boolean greatest, int by, DataType type, Cells beside) {
        sign = greatest ? -1 : 1;
        this.by = by;
        this.extremes = Cells.of(type);
        this.beside = beside;
    }

    @Override
    public boolean skipsNulls() {
        return false;
    }

    @Override
    public void ensure(int groups) {
        if (counts.length < groups) {
            counts = Arrays.copyOf(counts, Lane.grown(counts.length, groups));
            rows = Arrays.copyOf(rows, counts.length);
            positions = Arrays.copyOf(positions, counts.length);
            besideIsNull = Arrays.copyOf(besideIsNull, counts.length);
            extremes.ensure(counts.length);
            if (beside != null) {
                beside.ensure(counts.length);
            }
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        long position = rows[id]++;
        if (inputs[by].isNull(row) || inputs[by] instanceof DoubleLane doubles && Double.isNaN(doubles.values()[row])) {
            return;
        }
        if (counts[id]++ == 0 || sign * extremes.compare(id, inputs[by], row) > 0) {
            extremes.set(id, inputs[by], row);
            positions[id] = position;
            if (beside != null) {
                besideIsNull[id] = inputs[0].isNull(row);
                if (!besideIsNull[id]) {
                    beside.set(id, inputs[0], row);
                }
            }
        }
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof ExtremesBy that && that.sign == sign && that.by == by;
    }

    /** NaN is a value that never wins. */
    @Override
    boolean countsValues() {
        return false;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (ExtremesBy) held;
        if (that.counts[id] == 0 || that.besideIsNull[id]) {
            out.setNull(row);
        } else if (beside == null) {
            ((LongLane) out).values()[row] = that.positions[id];
        } else {
            that.beside.get(id, out, row);
        }
        return true;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (ExtremesBy) other;
        boolean wins = that.counts[otherId] != 0
                && (counts[id] == 0 || sign * extremes.compare(id, that.extremes, otherId) > 0);
        if (wins) {
            extremes.copy(id, that.extremes, otherId);
            positions[id] = rows[id] + that.positions[otherId];
            besideIsNull[id] = that.besideIsNull[otherId];
            if (beside != null && !besideIsNull[id]) {
                beside.copy(id, that.beside, otherId);
            }
        }
        rows[id] += that.rows[otherId];
        counts[id] += that.counts[otherId];
    }

    @Override
    public void free(int id) {
        rows[id] = 0;
        counts[id] = 0;
        positions[id] = 0;
        besideIsNull[id] = false;
        extremes.clear(id);
        if (beside != null) {
            beside.clear(id);
        }
    }

    @Override
    public long bytes() {
        return 25L * counts.length + extremes.bytes() + (beside == null ? 0 : beside.bytes());
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(rows[id]);
        out.i64(counts[id]);
        out.i64(positions[id]);
        if (counts[id] != 0) {
            extremes.write(id, out);
            out.u8(besideIsNull[id] ? 1 : 0);
            if (beside != null && !besideIsNull[id]) {
                beside.write(id, out);
            }
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        rows[id] = in.i64();
        counts[id] = in.i64();
        positions[id] = in.i64();
        if (counts[id] != 0) {
            extremes.read(id, in);
            besideIsNull[id] = in.u8() != 0;
            if (beside != null && !besideIsNull[id]) {
                beside.read(id, in);
            }
        }
    }
}
