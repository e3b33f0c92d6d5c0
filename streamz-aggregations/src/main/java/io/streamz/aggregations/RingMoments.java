package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The second moment of the doubles among the last n rows of all, in whole numbers. A value counts as d steps of a grid,
 *
 * <pre>
 *   d  = x * scale - k * scale, rounded to a whole number of at most 51 bits
 *   S  = Σd, Q = Σd²                     exact, in 64 and 128 bits
 *   M2 = (Q - S² / count) / scale²       in doubles, as long as less than two bits cancel
 * </pre>
 *
 * so that a new value in the place of an old one is one product, (d - d')(d + d'), and S and Q are those of the rows inside, whatever came and
 * left before. Rounding to the grid costs at most one part in σ of M2, σ being the deviation in steps, which is kept above 2^41.
 *
 * <p>The grid holds until a value is beyond it, or the deviation is too few steps, or the mean is far from k: then the rows inside
 * make a new one, about their mean, with bits to spare for values to grow and to shrink. When that happens depends on the rows alone, so that
 * cuts do not show; only the grid has to be saved. Equal values have a grid of their own, that takes that value only.
 */
final class RingMoments extends RingSlide {
    /** Up to so many rows the bounds hold: those of Q, and that of the deviation where one value outweighs all others. */
    private static final int MOST_ROWS = 1 << 20;

    /** The middle of the doubles whose last place is one: their bits are whole numbers side by side. */
    private static final double MIDDLE = 0x1.8p52;

    private static final long MIDDLE_BITS = Double.doubleToRawLongBits(MIDDLE);
    private static final int GRID_BITS = 51;
    private static final double LEAST_VARIANCE = 0x1p82;

    /** A new grid gives the deviation so many bits: fewer in long windows, that S stays below 2^62 as the mean moves. */
    private static final int MOST_DEVIATION_BITS = 46;

    private static final int LEAST_DEVIATION_BITS = 42;
    private static final double SAFE = 0.25;
    private static final double SMALL = 0x1p600;

    /** Stands for a row that does not count; NaN stands for a value that is not finite. */
    private static final double ABSENT = Double.POSITIVE_INFINITY;

    private final Rings rings;
    private final Measure measure;
    private final double ddof;
    private final Spread spread;
    private final DoubleLane olds;
    private final LongLane oldWhere;
    private final Lane[] inputs = new Lane[1];
    private LongLane where;

    /** By place in the ring. */
    private double[] values = {};

    private long count;
    private long special;

    /** How often a grid was made. */
    int renewals;

    /** The grid: what values are multiplied by first, where they are very small, and then; the middle less k; 0 where all are equal. */
    private double first = 1;

    private double scale;
    private double offset = MIDDLE;
    private double only = Double.NaN;

    /** Below this variance in steps, and below this share of Q, the grid is to be made anew. */
    private double leastVariance;

    private double leastShare;

    /** Σd, and Σd² as a number of 128 bits. */
    private long sum;

    private long high;
    private long low;

    RingMoments(Measure measure, Rings rings) {
        this.measure = measure;
        this.rings = rings;
        var variance = (Variance) measure.aggregation();
        ddof = variance.ddof();
        spread = variance.spread();
        olds = (DoubleLane) measure.inputs(rings.lanes)[0];
        oldWhere = measure.where(rings.lanes);
    }

    static boolean takes(Measure measure, DataType[] types, Rings rings) {
        return measure.aggregation() instanceof Variance
                && measure.inputType(types).kind() == Kind.FLOAT
                && rings.n <= MOST_ROWS;
    }

    @Override
    void ensure(int keys) {
        int wanted = Math.min(rings.n, rings.count(0));
        int from = values.length;
        if (from < wanted) {
            values = Arrays.copyOf(values, Math.min(rings.n, Lane.grown(from, wanted)));
            Arrays.fill(values, from, values.length, ABSENT);
        }
    }

    @Override
    void bind(Lane[] columns) {
        measure.inputs(columns, inputs);
        where = measure.where(columns);
    }

    @Override
    void play(int from, Lane out, int place, Overflow overflow) {
        for (int i = 0; i < rings.taken; ) {
            int slot = rings.slots[i];
            int at = (slot < 0 ? ~slot : slot) - rings.base(0);
            i += part(at, from + i, from + (slot < 0 ? Math.min(rings.taken, i + rings.n - at) : i + 1), out);
        }
    }

    @Override
    boolean playsRuns() {
        return true;
    }

    @Override
    void playRun(int from, int to, Lane out, int place, Overflow overflow) {
        int at = rings.slotAfterOldest(0) - rings.base(0);
        for (int row = from; row < to; ) {
            int done = part(at, row, Math.min(to, row + rings.n - at), out);
            row += done;
            at = at + done == rings.n ? 0 : at + done;
        }
    }

    /** Takes rows from one on, as far as the fast way goes, or one, and returns how many. */
    private int part(int at, int row, int to, Lane out) {
        var lane = (DoubleLane) inputs[0];
        if (isPlain(lane)) {
            int stop = slide(lane.values(), row, to, at, ((DoubleLane) out).values());
            if (stop > row) {
                return stop - row;
            }
        }
        double x = lane.values()[row];
        replace(at, !RingExtremes.counts(lane, where, row) ? ABSENT : Math.abs(x) <= Double.MAX_VALUE ? x : Double.NaN);
        answer(out, row);
        return 1;
    }

    /** Whether the ring is full of values on a grid, and only values come. */
    private boolean isPlain(DoubleLane lane) {
        return count == rings.n
                && count > Math.max(1, ddof)
                && measure.minCount() <= count
                && scale != 0
                && first == 1
                && lane.nullCount() == 0
                && where == null;
    }

    /** Step for step what {@link #replace} and {@link #answer} do, with the sums in registers, up to a row that needs more. */
    private int slide(double[] column, int from, int to, int place, double[] answers) {
        double[] ring = values;
        double steps = scale;
        double middle = offset;
        double n = count;
        double perN = 1 / n;
        double degrees = n - ddof;
        double least = leastVariance * n;
        double share = leastShare;
        double unit = 1 / scale;
        long total = sum;
        long over = high;
        long under = low;
        int shift = place - from;
        int row = from;
        for (; row < to; row++) {
            double x = column[row];
            long bits = Double.doubleToRawLongBits(Math.fma(x, steps, middle));
            long oldBits = Double.doubleToRawLongBits(Math.fma(ring[row + shift], steps, middle));
            long change = bits - oldBits;
            long both = bits + oldBits - 2 * MIDDLE_BITS;
            long product = change * both;
            long newUnder = under + product;
            long newOver = over + Math.multiplyHigh(change, both) + carry(under, product, newUnder);
            long newTotal = total + change;
            double squares = squares(newOver, newUnder);
            double moment = moment(newTotal, squares, perN);
            if (!(isOnGrid(bits) && isSmall(newTotal) && moment > squares * share && moment > least)) {
                break;
            }
            total = newTotal;
            over = newOver;
            under = newUnder;
            ring[row + shift] = x;
            answers[row] = spread.inSteps(moment / degrees, n, unit);
        }
        sum = total;
        high = over;
        low = under;
        return row;
    }

    /** What an addition of numbers without signs carries over; a comparison would be a branch that nobody can foretell. */
    private static long carry(long a, long b, long sum) {
        return (a & b | (a | b) & ~sum) >>> 63;
    }

    private static boolean isOnGrid(long bits) {
        return bits >>> 52 == MIDDLE_BITS >>> 52;
    }

    private static boolean isSmall(long sum) {
        return (sum << 1 ^ sum) >= 0; // the two highest bits are the same
    }

    private static double squares(long over, long under) {
        return Math.fma((double) over, 0x1p64, 0x1p11 * (double) (under >>> 11));
    }

    private static double moment(long sum, double squares, double perN) {
        double s = (double) sum;
        return Math.fma(-s * perN, s, squares);
    }

    private double moment() {
        return moment(sum, squares(high, low), 1.0 / count);
    }

    /** The place of the row that came last gets its value, instead of what stands there. */
    private void replace(int at, double x) {
        double old = values[at];
        values[at] = x;
        if (Double.isNaN(old)) {
            special--;
        } else if (old != ABSENT) {
            count--;
            forget(steps(old));
        }
        if (Double.isNaN(x)) {
            special++;
        } else if (x != ABSENT) {
            count++;
            if (!fits(x)) {
                renew(at);
                return;
            }
            add(steps(x));
        }
        if (scale != 0 && count > 1) {
            double moment = moment();
            boolean clear = moment > squares(high, low) * leastShare && moment > leastVariance * count;
            if (!clear || !isSmall(sum)) {
                renew(at);
            }
        }
    }

    private long bits(double x) {
        return Double.doubleToRawLongBits(Math.fma(x * first, scale, offset));
    }

    private long steps(double x) {
        return scale == 0 ? 0 : bits(x) - MIDDLE_BITS;
    }

    private boolean fits(double x) {
        return scale == 0 ? x == only : isOnGrid(bits(x));
    }

    private void add(long d) {
        long product = d * d;
        long under = low + product;
        high += Math.multiplyHigh(d, d) + carry(low, product, under);
        low = under;
        sum += d;
    }

    private void forget(long d) {
        long product = d * d;
        long rest = low - product;
        high -= Math.multiplyHigh(d, d) + carry(rest, product, low);
        low = rest;
        sum -= d;
    }

    /** Makes a grid for the rows inside, of which the newest stands at a place, and counts them in its steps. */
    private void renew(int newest) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        double base = Double.NaN;
        double beside = 0;
        double squares = 0;
        for (int i = 1; i <= values.length; i++) {
            double x = values[behind(newest, i)];
            if (Math.abs(x) <= Double.MAX_VALUE) {
                base = Double.isNaN(base) ? x : base;
                beside += x - base;
                squares += (x - base) * (x - base);
                least = Math.min(least, x);
                greatest = Math.max(greatest, x);
            }
        }
        renewals++;
        only = least;
        scale = 0;
        if (least != greatest) {
            double mean = base + beside / count;
            lay(Math.abs(mean) <= Double.MAX_VALUE ? mean : mean(newest), least, greatest, deviation(beside, squares));
        }
        recount();
        double moment = moment();
        leastVariance = Math.min(LEAST_VARIANCE, moment / count / 4);
        leastShare = Math.min(SAFE, moment / squares(high, low) / 2);
    }

    /** Roughly, as it only says how large steps are; 0 where it cannot be told. */
    private double deviation(double sum, double squares) {
        double variance = (squares - sum / count * sum) / count;
        return variance > squares / count * 0x1p-30 && variance <= Double.MAX_VALUE ? Math.sqrt(variance) : 0;
    }

    /** The mean of values whose distances are beyond the range, in order of arrival as all that rounds. */
    private double mean(int newest) {
        double mean = 0;
        for (int i = 1; i <= values.length; i++) {
            double x = values[behind(newest, i)];
            mean += Math.abs(x) <= Double.MAX_VALUE ? x / count : 0;
        }
        return mean;
    }

    private int behind(int newest, int places) {
        int at = newest + places;
        return at < values.length ? at : at - values.length;
    }

    /** Lays a grid about a mean, whose steps are as small as the values allow, and the deviation. */
    private void lay(double mean, double least, double greatest, double deviation) {
        double away = Math.max(greatest - mean, mean - least);
        first = away < 1 / SMALL ? SMALL : 1;
        int exponent = GRID_BITS - 2 - Math.getExponent(away * first);
        if (deviation > 0) {
            int bits = Integer.numberOfLeadingZeros(rings.n) + 29;
            bits = Math.max(LEAST_DEVIATION_BITS, Math.min(MOST_DEVIATION_BITS, bits));
            exponent = Math.min(exponent, bits - Math.getExponent(deviation * first));
        }
        do {
            scale = Math.scalb(1.0, exponent--);
            offset = MIDDLE - mean * first * scale;
        } while (!isOnGrid(bits(least)) || !isOnGrid(bits(greatest)));
    }

    private void recount() {
        sum = 0;
        high = 0;
        low = 0;
        for (double x : values) {
            if (Math.abs(x) <= Double.MAX_VALUE) {
                add(steps(x));
            }
        }
    }

    private void answer(Lane out, int row) {
        long all = count + special;
        if (all < measure.minCount() || all <= ddof) {
            out.setNull(row);
        } else {
            ((DoubleLane) out).values()[row] = special != 0 ? Double.NaN : answer();
        }
    }

    private double answer() {
        if (scale == 0 || count < 2) {
            return 0;
        }
        double variance = moment() / (count - ddof);
        double inFirst = spread.inSteps(variance, (double) count, 1 / scale);
        return spread == Spread.VARIANCE ? inFirst / first / first : inFirst / first;
    }

    @Override
    void free(int id) {
        Arrays.fill(values, ABSENT);
        count = 0;
        special = 0;
        scale = 0;
        only = Double.NaN;
        recount();
    }

    @Override
    long bytes() {
        return 8L * values.length;
    }

    /** The values are the ring's, and the sums are theirs. */
    @Override
    void write(int[] ids, int keys, StateOut out) throws IOException {
        for (int i = 0; i < keys; i++) {
            out.f64(first);
            out.f64(scale);
            out.f64(offset);
            out.f64(only);
            out.f64(leastVariance);
            out.f64(leastShare);
        }
    }

    @Override
    void read(int keys, StateIn in) throws IOException {
        for (int i = 0; i < keys; i++) {
            first = in.f64();
            scale = in.f64();
            offset = in.f64();
            only = in.f64();
            leastVariance = in.f64();
            leastShare = in.f64();
        }
        for (int at = 0; at < rings.count(0); at++) {
            int slot = rings.base(0) + at;
            double x = olds.values()[slot];
            if (RingExtremes.counts(olds, oldWhere, slot)) {
                boolean finite = Math.abs(x) <= Double.MAX_VALUE;
                values[at] = finite ? x : Double.NaN;
                count += finite ? 1 : 0;
                special += finite ? 0 : 1;
            }
        }
        recount();
    }
}
