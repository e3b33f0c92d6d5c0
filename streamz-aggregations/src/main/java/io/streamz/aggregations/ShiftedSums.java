package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * Sums of products of shifted values for each group, and answers from them: the powers of one input to the fourth, for skew and
 * kurtosis, or the squares and the product of two, for covariance, correlation and regression.
 *
 * <p>As in {@link Moments}, values are shifted by the group's first ones, d = x - k, sums are kept in two doubles each and added one row
 * after the other. Sums move to another shift by the binomial theorem when groups merge. A group whose sums have fallen far below their peak
 * by forgetting is stale. A value that is not finite makes the answer NaN while it is inside.
 */
abstract class ShiftedSums extends GroupStates {
    private static final double FORGOTTEN = 0x1p30;
    private static final double FAR_SHIFT = 0x1p-20;
    private static final int FIXED = 4;

    /** The shifts of up to two inputs, the peak of {@link #weight}, the number of finite rows; then the sums. */
    private final int width;

    private final RowNumbers numbers;
    private final int terms;
    private double[] cells = {};
    private long[] special = {};
    private final double[] scratch;

    ShiftedSums(int terms, DataType... types) {
        this.terms = terms;
        width = FIXED + 2 * terms;
        numbers = new RowNumbers(types);
        scratch = new double[terms];
    }

    /** Writes the products of a row's shifted values. */
    abstract void products(double dx, double dy, double[] into);

    /** A sum of even powers; it says how much is inside. */
    abstract double weight(double[] cells, int at);

    /** Moves sums to another shift, by what is to be added to each shifted value. */
    abstract void shift(TwoTerm[] sums, double dx, double dy, double count);

    /** The answer from the sums of finite rows and what they were shifted by; NaN where it is not defined. */
    abstract double answer(TwoTerm[] sums, double kx, double ky, double count);

    /** Roughly how much of the sums of squares is not due to the shift; 1 where there are none. */
    abstract double ownShare(double[] cells, int at, double count);

    /** The least number of values that have an answer. */
    abstract int least();

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public boolean forgetsExactly() {
        return false;
    }

    @Override
    public void ensure(int groups) {
        if (special.length < groups) {
            special = Arrays.copyOf(special, Lane.grown(special.length, groups));
            cells = Arrays.copyOf(cells, Math.multiplyExact(special.length, width));
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        accumulate(id, inputs, row, 1);
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        int at = id * width;
        cells[at + 2] = Math.max(cells[at + 2], weight(cells, at + FIXED));
        accumulate(id, inputs, row, -1);
        if (cells[at + 3] == 0) {
            Arrays.fill(cells, at, at + width, 0);
        }
    }

    private void accumulate(int id, Lane[] inputs, int row, int times) {
        double x = numbers.of(inputs, 0, row);
        double y = inputs.length == 2 ? numbers.of(inputs, 1, row) : 0;
        if (!(Math.abs(x) <= Double.MAX_VALUE && Math.abs(y) <= Double.MAX_VALUE)) {
            special[id] += times;
            return;
        }
        int at = id * width;
        if (cells[at + 3] == 0) {
            cells[at] = x;
            cells[at + 1] = y;
        }
        cells[at + 3] += times;
        products(x - cells[at], y - cells[at + 1], scratch);
        for (int term = 0; term < terms; term++) {
            addTo(at + FIXED + 2 * term, times * scratch[term]);
        }
    }

    private void addTo(int at, double x) {
        double high = cells[at];
        double sum = high + x;
        double part = sum - high;
        cells[at] = sum;
        cells[at + 1] += high - (sum - part) + (x - part);
    }

    @Override
    boolean stale(int id) {
        int at = id * width;
        double peak = cells[at + 2];
        return peak != 0
                && (weight(cells, at + FIXED) * FORGOTTEN < peak
                        || ownShare(cells, at + FIXED, cells[at + 3]) < FAR_SHIFT);
    }

    @Override
    public long count(int id) {
        return (long) cells[id * width + 3] + special[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return held.getClass() == getClass();
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (ShiftedSums) held;
        if (that.count(id) < least()) {
            out.setNull(row);
        } else {
            double[] state = that.cells;
            int at = id * width;
            double answer =
                    that.special[id] != 0 ? Double.NaN : answer(that.sums(id), state[at], state[at + 1], state[at + 3]);
            ((DoubleLane) out).values()[row] = Double.isNaN(answer) ? Double.NaN : answer + 0.0;
        }
        return true;
    }

    private TwoTerm[] sums(int id) {
        TwoTerm[] sums = new TwoTerm[terms];
        for (int term = 0; term < terms; term++) {
            int at = id * width + FIXED + 2 * term;
            sums[term] = new TwoTerm().set(cells[at], cells[at + 1]);
        }
        return sums;
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (ShiftedSums) other;
        special[id] += that.special[otherId];
        int at = id * width;
        int from = otherId * width;
        double count = that.cells[from + 3];
        if (count == 0) {
            return;
        }
        if (cells[at + 3] == 0) {
            System.arraycopy(that.cells, from, cells, at, width);
            return;
        }
        TwoTerm[] sums = that.sums(otherId);
        shift(sums, that.cells[from] - cells[at], that.cells[from + 1] - cells[at + 1], count);
        for (int term = 0; term < terms; term++) {
            int place = at + FIXED + 2 * term;
            sums[term].add(cells[place], cells[place + 1]);
            cells[place] = sums[term].high;
            cells[place + 1] = sums[term].low;
        }
        cells[at + 2] = Math.max(cells[at + 2], that.cells[from + 2]);
        cells[at + 3] += count;
    }

    @Override
    public void free(int id) {
        special[id] = 0;
        Arrays.fill(cells, id * width, (id + 1) * width, 0);
    }

    @Override
    public long bytes() {
        return 8L * (cells.length + special.length);
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(special[id]);
        for (int at = id * width; at < (id + 1) * width; at++) {
            out.f64(cells[at]);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        special[id] = in.i64();
        for (int at = id * width; at < (id + 1) * width; at++) {
            cells[at] = in.f64();
        }
    }

    /** What a sum of squares would be about the mean, as a share of it. */
    static double ownShare(double sum, double squares, double count) {
        return squares == 0 ? 1 : (squares - sum * sum / count) / squares;
    }
}
