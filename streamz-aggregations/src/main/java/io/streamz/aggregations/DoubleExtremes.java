package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The least or the greatest double of each group: two doubles a group, the extreme and the number of values. The greatest is the
 * least of the negatives. NaN inside makes the answer NaN.
 */
final class DoubleExtremes extends GroupStates {
    private final double sign;
    private double[] cells = {};

    DoubleExtremes(boolean greatest) {
        sign = greatest ? -1 : 1;
    }

    @Override
    public void ensure(int groups) {
        int used = cells.length >> 1;
        if (used < groups) {
            cells = Arrays.copyOf(cells, Math.multiplyExact(Lane.grown(used, groups), 2));
            for (int at = 2 * used; at < cells.length; at += 2) {
                cells[at] = Double.POSITIVE_INFINITY;
            }
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        add(cells, id << 1, sign * ((DoubleLane) inputs[0]).values()[row]);
    }

    private static void add(double[] state, int at, double x) {
        if (!(x >= state[at])) {
            lower(state, at, x);
        }
        state[at + 1]++;
    }

    /** Out of the loop's way, lest the compiler compute and store the lesser for each row. */
    private static void lower(double[] state, int at, double x) {
        state[at] = Math.min(x, state[at]);
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        double[] values = ((DoubleLane) inputs[0]).values();
        if (ids == null) {
            addRun(values, from, to);
            return;
        }
        double[] state = cells;
        double flip = sign;
        for (int row = from; row < to; row++) {
            if (ids[row] >= 0) {
                add(state, ids[row] << 1, flip * values[row]);
            }
        }
    }

    private void addRun(double[] values, int from, int to) {
        double least = cells[0];
        double flip = sign;
        for (int row = from; row < to; row++) {
            double x = flip * values[row];
            if (!(x >= least)) {
                least = Math.min(x, least);
            }
        }
        cells[0] = least;
        cells[1] += to - from;
    }

    @Override
    public long count(int id) {
        return (long) cells[(id << 1) + 1];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof HoldsExtremes || held instanceof DoubleExtremes that && that.sign == sign;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        if (held instanceof HoldsExtremes both) {
            return both.extreme(sign < 0, id, out, row);
        }
        var that = (DoubleExtremes) held;
        if (that.cells[(id << 1) + 1] == 0) {
            out.setNull(row);
        } else {
            ((DoubleLane) out).values()[row] = that.answer(id);
        }
        return true;
    }

    private double answer(int id) {
        double extreme = sign * cells[id << 1];
        return Double.isNaN(extreme) ? Double.NaN : extreme + 0.0; // minus zero is zero, NaN the canonical one
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        double[] theirs = ((DoubleExtremes) other).cells;
        cells[id << 1] = Math.min(cells[id << 1], theirs[otherId << 1]);
        cells[(id << 1) + 1] += theirs[(otherId << 1) + 1];
    }

    @Override
    public void free(int id) {
        cells[id << 1] = Double.POSITIVE_INFINITY;
        cells[(id << 1) + 1] = 0;
    }

    @Override
    public long bytes() {
        return 8L * cells.length;
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(count(id));
        out.f64(count(id) == 0 ? 0 : answer(id));
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        double count = in.i64();
        double extreme = in.f64();
        cells[id << 1] = count == 0 ? Double.POSITIVE_INFINITY : sign * extreme;
        cells[(id << 1) + 1] = count;
    }
}
