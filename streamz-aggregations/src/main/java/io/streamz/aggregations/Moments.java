package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The second moment of doubles for each group, and its variance or standard deviation.
 *
 * <p>Values are shifted by the group's first one, k, and scaled by a power of two s, 1 but for extreme data: d = (x - k) s. The sums of d
 * and of d² are kept in two doubles each, one row added after the other, so that cuts cannot show. Then
 *
 * <pre>
 *   M2 = Σd² - (Σd)² / n      variance = M2 / s² / (n - ddof)
 * </pre>
 *
 * in two-term arithmetic. While k is among the values, Σd² ≤ (1 + n) M2, so the subtraction costs at most log2(n) of the bits. That
 * bound is lost when k is forgotten, or a value beside which the others are small: {@link #stale} tells, and whoever forgets builds the group
 * anew from the rows that are left. What lies below 2^-90 of Σd² is rounding, and M2 is 0: equal values have no variance.
 * (Shifted data: Chan, Golub, LeVeque 1983; compensation: Ogita, Rump, Oishi 2005.)
 *
 * <p>Eight doubles, one cache line, a group. A value that is not finite makes the answer NaN while it is inside.
 */
final class Moments extends GroupStates {
    private static final int SHIFT = 3;
    private static final int K = 0;
    private static final int SCALE = 1;
    private static final int SUM = 2;
    private static final int SQUARES = 4;
    private static final int COUNT = 6;
    private static final int PEAK = 7;

    /** The bound of |d|, that d² and its sums stay in range. */
    private static final double LARGE = 0x1p480;

    private static final double STEP = 0x1p600;
    private static final double ROUNDING = 0x1p-90;
    private static final double FAR_SHIFT = 0x1p24;
    private static final double FORGOTTEN = 0x1p40;
    private static final double CLEAR = 0x1p-10;
    private static final double SAFE = 0.25;

    private final double ddof;
    private final Spread spread;
    private double[] cells = {};

    /** The number of values of each group that are not finite; as long as there were some. */
    private long[] special = {};

    private final TwoTerm sum = new TwoTerm();
    private final TwoTerm squares = new TwoTerm();

    Moments(double ddof, Spread spread) {
        this.ddof = ddof;
        this.spread = spread;
    }

    @Override
    public boolean canForget() {
        return true;
    }

    @Override
    public void ensure(int groups) {
        if (cells.length >> SHIFT < groups) {
            cells = Arrays.copyOf(cells, Math.multiplyExact(Lane.grown(cells.length >> SHIFT, groups), 1 << SHIFT));
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        add(cells, id << SHIFT, ((DoubleLane) inputs[0]).values()[row]);
    }

    private void add(double[] state, int at, double x) {
        double d = (x - state[at + K]) * state[at + SCALE];
        if (Math.abs(d) < LARGE && state[at + SQUARES] != 0) {
            accumulate(state, at, d, 1);
            state[at + COUNT]++;
        } else {
            addUnusual(at, x);
        }
    }

    private static void accumulate(double[] state, int at, double d, double sign) {
        double x = sign * d;
        double high = state[at + SUM];
        double newHigh = high + x;
        double part = newHigh - high;
        state[at + SUM] = newHigh;
        state[at + SUM + 1] += high - (newHigh - part) + (x - part);
        double square = sign * d * d;
        double rest = Math.fma(sign * d, d, -square);
        high = state[at + SQUARES];
        newHigh = high + square;
        part = newHigh - high;
        state[at + SQUARES] = newHigh;
        state[at + SQUARES + 1] += high - (newHigh - part) + (square - part) + rest;
    }

    @Override
    void addRange(int[] ids, int from, int to, Lane[] inputs) {
        double[] values = ((DoubleLane) inputs[0]).values();
        double[] state = cells;
        if (ids == null) {
            addRun(values, from, to);
            return;
        }
        for (int row = from; row < to; row++) {
            if (ids[row] >= 0) {
                add(state, ids[row] << SHIFT, values[row]);
            }
        }
    }

    private void addRun(double[] values, int from, int to) {
        int row = from;
        while (row < to) {
            row = addUsual(values, row, to);
            if (row < to) {
                addUnusual(0, values[row]);
                row++;
            }
        }
    }

    /** Adds to group 0 with the sums in registers, up to a value that needs more. */
    private int addUsual(double[] values, int from, int to) {
        double[] state = cells;
        double k = state[K];
        double scale = state[SCALE];
        double high = state[SUM];
        double low = state[SUM + 1];
        double squaresHigh = state[SQUARES];
        double squaresLow = state[SQUARES + 1];
        int row = from;
        for (; row < to; row++) {
            double d = (values[row] - k) * scale;
            if (!(Math.abs(d) < LARGE && squaresHigh != 0)) {
                break;
            }
            double next = high + d;
            double part = next - high;
            low += high - (next - part) + (d - part);
            high = next;
            double square = d * d;
            next = squaresHigh + square;
            part = next - squaresHigh;
            squaresLow += squaresHigh - (next - part) + (square - part) + Math.fma(d, d, -square);
            squaresHigh = next;
        }
        state[SUM] = high;
        state[SUM + 1] = low;
        state[SQUARES] = squaresHigh;
        state[SQUARES + 1] = squaresLow;
        state[COUNT] += row - from;
        return row;
    }

    /** Adds a value that is the first, the first to differ from it, extreme or not finite. */
    private void addUnusual(int at, double x) {
        if (!(Math.abs(x) <= Double.MAX_VALUE)) {
            addSpecial(at >> SHIFT, 1);
            return;
        }
        if (cells[at + COUNT]++ == 0) {
            cells[at + K] = x;
            cells[at + SCALE] = 1;
            return;
        }
        if (cells[at + SQUARES] == 0) {
            rescale(at, scaleFor(x / 2 - cells[at + K] / 2));
        }
        double d = scaled(at, x);
        while (!(Math.abs(d) < LARGE)) {
            rescale(at, cells[at + SCALE] / STEP);
            d = scaled(at, x);
        }
        accumulate(cells, at, d, 1);
    }

    private static double scaleFor(double d) {
        double size = Math.abs(d);
        return size >= LARGE / 4 ? 1 / STEP : size > 0 && size < 1 / LARGE ? STEP : 1;
    }

    private double scaled(int at, double x) {
        double d = (x - cells[at + K]) * cells[at + SCALE];
        return Double.isInfinite(d) ? x * cells[at + SCALE] - cells[at + K] * cells[at + SCALE] : d;
    }

    private void rescale(int at, double scale) {
        double ratio = scale / cells[at + SCALE];
        cells[at + SCALE] = scale;
        cells[at + SUM] *= ratio;
        cells[at + SUM + 1] *= ratio;
        cells[at + SQUARES] = cells[at + SQUARES] * ratio * ratio;
        cells[at + SQUARES + 1] = cells[at + SQUARES + 1] * ratio * ratio;
        cells[at + PEAK] = cells[at + PEAK] * ratio * ratio;
    }

    private void addSpecial(int id, int times) {
        if (special.length <= id) {
            special = Arrays.copyOf(special, Lane.grown(special.length, id + 1));
        }
        special[id] += times;
    }

    private long special(int id) {
        return id < special.length ? special[id] : 0;
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        int at = id << SHIFT;
        double x = ((DoubleLane) inputs[0]).values()[row];
        if (!(Math.abs(x) <= Double.MAX_VALUE)) {
            addSpecial(id, -1);
            return;
        }
        if (cells[at + COUNT] == 1) {
            clear(at);
            return;
        }
        cells[at + PEAK] = Math.max(cells[at + PEAK], cells[at + SQUARES]);
        cells[at + COUNT]--;
        accumulate(cells, at, scaled(at, x), -1);
    }

    /**
     * Group 0 with the sums in registers, up to a row that needs more. Step for step what {@link #forget}, {@link #stale},
     * {@link #add} and {@link #result} do, so that the bits do not tell which way a row went.
     */
    @Override
    int slideRun(Lane[] olds, int oldFrom, Lane[] inputs, int from, int to, Lane out) {
        if (special(0) != 0 || cells[COUNT] < 2 || cells[COUNT] <= ddof) {
            return from;
        }
        double[] old = ((DoubleLane) olds[0]).values();
        double[] values = ((DoubleLane) inputs[0]).values();
        double[] answers = ((DoubleLane) out).values();
        double k = cells[K];
        double scale = cells[SCALE];
        double n = cells[COUNT];
        double perOther = 1 / (n - 1);
        double s = cells[SUM];
        double sLow = cells[SUM + 1];
        double q = cells[SQUARES];
        double qLow = cells[SQUARES + 1];
        double peak = cells[PEAK];
        double perN = 1 / n;
        double degrees = n - ddof;
        int back = oldFrom - from;
        int row = from;
        for (; row < to; row++) {
            double y = (old[row + back] - k) * scale;
            double d = (values[row] - k) * scale;
            double less = s - y;
            double part = less - s;
            double lessLow = sLow + (s - (less - part) + (-y - part));
            double square = -y * y;
            double lessQ = q + square;
            part = lessQ - q;
            double lessQLow = qLow + (q - (lessQ - part) + (square - part) + Math.fma(-y, y, -square));
            double newPeak = q > peak ? q : peak;
            double roughly = lessQ - less * less * perOther;
            boolean clear = newPeak == 0 || roughly > lessQ * (2 * CLEAR) && roughly * (FORGOTTEN / 4) > newPeak;
            if (!(clear && Math.abs(y) < LARGE && Math.abs(d) < LARGE && lessQ != 0)) {
                break;
            }
            peak = newPeak;
            s = less + d;
            part = s - less;
            sLow = lessLow + (less - (s - part) + (d - part));
            square = d * d;
            q = lessQ + square;
            part = q - lessQ;
            qLow = lessQLow + (lessQ - (q - part) + (square - part) + Math.fma(d, d, -square));
            answers[row] = spread.of(secondMoment(s, sLow, q, qLow, n, perN) / degrees, scale, n);
        }
        cells[SUM] = s;
        cells[SUM + 1] = sLow;
        cells[SQUARES] = q;
        cells[SQUARES + 1] = qLow;
        cells[PEAK] = peak;
        return row;
    }

    @Override
    public boolean forgetsExactly() {
        return false;
    }

    @Override
    boolean stale(int id) {
        int at = id << SHIFT;
        double total = cells[at + SQUARES];
        double peak = cells[at + PEAK];
        if (peak == 0) {
            return false; // nothing was ever forgotten
        }
        double shifted = cells[at + SUM];
        double roughly = total - shifted * shifted / cells[at + COUNT];
        if (roughly > total * CLEAR && roughly * (FORGOTTEN / 2) > peak) {
            return false; // far beyond what rounding could have done here
        }
        double moment = secondMoment(at);
        return moment * FORGOTTEN < peak || moment * FAR_SHIFT < total;
    }

    private double secondMoment(int at) {
        double n = cells[at + COUNT];
        return secondMoment(
                cells[at + SUM], cells[at + SUM + 1], cells[at + SQUARES], cells[at + SQUARES + 1], n, 1 / n);
    }

    /**
     * {@code Σd² - (Σd)² / n} of terms that are normalised first, as {@link TwoTerm} does it but in locals; where no two bits cancel, in one term, whose few
     * roundings are then within 12 units of the last place.
     */
    private static double secondMoment(
            double sum, double sumLow, double squares, double squaresLow, double n, double perN) {
        double high = sum + sumLow;
        double roughly = Math.fma(-high, high * perN, squares + squaresLow);
        if (roughly > (squares + squaresLow) * SAFE) {
            return roughly;
        }
        double low = sumLow - (high - sum);
        double product = high * high;
        double rest = Math.fma(high, high, -product) + 2 * high * low;
        double square = product + rest;
        double squareLow = rest - (square - product);
        double share = square * perN;
        double shareRest = (Math.fma(-share, n, square) + squareLow) * perN;
        double over = share + shareRest;
        double overLow = shareRest - (over - share);
        double total = squares + squaresLow;
        double totalLow = squaresLow - (total - squares);
        double moment = total - over;
        double part = moment - total;
        double momentLow = total - (moment - part) + (-over - part) + (totalLow - overLow);
        moment += momentLow;
        return moment > total * ROUNDING ? moment : 0;
    }

    @Override
    public long count(int id) {
        return (long) cells[(id << SHIFT) + COUNT] + special(id);
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof Moments;
    }

    @Override
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (Moments) held;
        double degrees = that.count(id) - ddof;
        if (degrees <= 0) {
            out.setNull(row);
        } else {
            ((DoubleLane) out).values()[row] = that.special(id) != 0 ? Double.NaN : that.answer(spread, id, degrees);
        }
        return true;
    }

    private double answer(Spread asked, int id, double degrees) {
        int at = id << SHIFT;
        return asked.of(secondMoment(at) / degrees, cells[at + SCALE], cells[at + COUNT]);
    }

    @Override
    public void merge(int id, GroupStates other, int otherId) {
        var that = (Moments) other;
        int at = id << SHIFT;
        int from = otherId << SHIFT;
        if (that.special(otherId) != 0) {
            addSpecial(id, (int) that.special(otherId));
        }
        if (that.cells[from + COUNT] == 0) {
            return;
        }
        if (cells[at + COUNT] == 0) {
            System.arraycopy(that.cells, from, cells, at, 1 << SHIFT);
            return;
        }
        double[] right = Arrays.copyOfRange(that.cells, from, from + (1 << SHIFT));
        mergeShifted(at, right);
    }

    /** Adds sums that were shifted by another k: Σ(d + δ) = Σd + nδ and Σ(d + δ)² = Σd² + 2δΣd + nδ². */
    private void mergeShifted(int at, double[] right) {
        double scale = commonScale(at, right);
        rescale(at, scale);
        double ratio = scale / right[SCALE];
        double count = right[COUNT];
        double k = cells[at + K] * scale;
        double delta = right[K] * scale - k;
        double part = delta - right[K] * scale;
        double deltaLow = right[K] * scale - (delta - part) - (k + part);
        sum.set(right[SUM] * ratio, right[SUM + 1] * ratio);
        squares.set(delta, deltaLow).times(count);
        squares.add(2 * sum.high, 2 * sum.low).times(delta, deltaLow); // (nδ + 2Σd) δ
        squares.add(right[SQUARES] * ratio * ratio, right[SQUARES + 1] * ratio * ratio);
        squares.add(cells[at + SQUARES], cells[at + SQUARES + 1]);
        store(at + SQUARES, squares);
        squares.set(delta, deltaLow).times(count);
        sum.add(squares.high, squares.low).add(cells[at + SUM], cells[at + SUM + 1]);
        store(at + SUM, sum);
        cells[at + COUNT] += count;
        cells[at + PEAK] = Math.max(cells[at + PEAK], right[PEAK] * ratio * ratio);
    }

    /** The scale that takes both sides and the distance of their shifts. */
    private double commonScale(int at, double[] right) {
        double scale = scaleFor(right[K] / 2 - cells[at + K] / 2);
        if (cells[at + SQUARES] != 0) {
            scale = Math.min(scale, cells[at + SCALE]);
        }
        return right[SQUARES] != 0 ? Math.min(scale, right[SCALE]) : scale;
    }

    private void store(int at, TwoTerm value) {
        cells[at] = value.high;
        cells[at + 1] = value.low;
    }

    @Override
    public void free(int id) {
        clear(id << SHIFT);
        if (id < special.length) {
            special[id] = 0;
        }
    }

    private void clear(int at) {
        Arrays.fill(cells, at, at + (1 << SHIFT), 0);
    }

    @Override
    public long bytes() {
        return 8L * (cells.length + special.length);
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(special(id));
        for (int field = 0; field < 1 << SHIFT; field++) {
            out.f64(cells[(id << SHIFT) + field]);
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        long specials = in.i64();
        if (specials != 0) {
            addSpecial(id, Math.toIntExact(specials));
        }
        for (int field = 0; field < 1 << SHIFT; field++) {
            cells[(id << SHIFT) + field] = in.f64();
        }
    }
}
