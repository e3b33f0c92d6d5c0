package io.streamz.aggregations;

import java.util.Arrays;

/**
 * The exact sum of a block of doubles as some doubles, in loops that the compiler turns into vector instructions: a fifth of the time of a
 * TwoSum a row.
 *
 * <p>A block is laid out as rows of {@link #LANES} lanes, each with two terms. The first starts at 1.5 * 2^E, so that it stays in one
 * binade as long as the magnitudes in the lane sum to no more than 2^(E-2): then adding a value to it rounds the value to a multiple
 * of 2^(E-52), and what that cuts off is exact (Dekker's Fast2Sum, as the term is always the larger). That rest goes in the same way to
 * the second term, which starts at 1.5 * 2^(E-46), and must leave nothing. So two sums a lane tell whether all was exact: that
 * of the magnitudes, and that of what the second term cut off, which is made so large that it shows in the first. There is no test in the loop.
 * (Pre-rounding: Demmel and Nguyen, Fast reproducible floating-point summation, 2013.)
 *
 * <p>A block fails when its values span more than some 39 binary orders, or one is not finite; its rows are then added one by one.
 */
final class BlockSum {
    /** The most rows of a block: 64 a lane, for which the second term has the room. */
    static final int ROWS = 1 << 14;

    /** Fewer rows are added faster one by one. */
    static final int LEAST_ROWS = 512;

    private static final int LANES = 256;
    private static final int FOLDED = 4;
    private static final int LARGEST_EXPONENT = 900;

    /** After a block that failed, so many are not tried, lest data of many magnitudes pay for both ways. */
    private static final int REST = 15;

    private final double[] values = new double[LANES];
    private final double[] first = new double[LANES];
    private final double[] second = new double[LANES];
    private final double[] checks = new double[LANES];
    private final double[] parts = new double[2 * LANES / FOLDED];
    private int exponent = 1;
    private int resting;

    /** The doubles whose sum is that of the block. */
    double[] parts() {
        return parts;
    }

    long bytes() {
        return 8L * (4 * LANES + parts.length);
    }

    /**
     * Sums a block of at most {@link #ROWS} rows.
     *
     * @param valid the rows that count, one bit each as in {@link Lane#validity()}, for which {@code from} is a multiple of 64; or null for all
     * @return whether {@link #parts} is the exact sum
     */
    boolean sum(double[] source, int from, int to, long[] valid) {
        if (resting > 0) {
            resting--;
            return false;
        }
        if (sumFits(source, from, to, valid)) {
            return true;
        }
        int wanted = exponentFor(source, from, to, valid);
        if (wanted != exponent && Math.abs(wanted) < LARGEST_EXPONENT) {
            exponent = wanted;
            if (sumFits(source, from, to, valid)) {
                return true;
            }
        }
        resting = REST;
        return false;
    }

    private boolean sumFits(double[] source, int from, int to, long[] valid) {
        double firstStart = Math.scalb(1.5, exponent);
        double secondStart = Math.scalb(1.5, exponent - 46);
        Arrays.fill(first, firstStart);
        Arrays.fill(second, secondStart);
        Arrays.fill(checks, 0);
        for (int row = from; row < to; row += LANES) {
            load(source, row, Math.min(to, row + LANES), valid);
            addRow(values, first, second, checks);
        }
        double limit = Math.scalb(1.0, exponent - 2);
        for (double check : checks) {
            if (!(check <= limit)) {
                return false;
            }
        }
        fold(first, firstStart, 0);
        fold(second, secondStart, LANES / FOLDED);
        return true;
    }

    private void load(double[] source, int from, int to, long[] valid) {
        System.arraycopy(source, from, values, 0, to - from);
        if (to - from < LANES) {
            Arrays.fill(values, to - from, LANES, 0);
        }
        for (int row = from; valid != null && row < to; row += 64) {
            for (long nulls = ~valid[row >>> 6]; nulls != 0; nulls &= nulls - 1) {
                values[row - from + Long.numberOfTrailingZeros(nulls)] = 0;
            }
        }
    }

    /** Only arrays indexed by the loop variable alone, and few operations: else the compiler leaves it scalar. */
    private static void addRow(double[] values, double[] first, double[] second, double[] checks) {
        for (int lane = 0; lane < LANES; lane++) {
            double x = values[lane];
            double high = first[lane];
            double sum = high + x;
            double rest = x - (sum - high);
            double low = second[lane];
            double restSum = low + rest;
            double lost = rest - (restSum - low);
            first[lane] = sum;
            second[lane] = restSum;
            checks[lane] += Math.abs(x) + Math.abs(lost) * 0x1p1000 * 0x1p1000;
        }
    }

    /** The sums of four lanes each: exact, as they are multiples of one power of two and not too many. */
    private void fold(double[] lanes, double start, int at) {
        int step = LANES / FOLDED;
        for (int i = 0; i < step; i++) {
            parts[at + i] = lanes[i]
                    - start
                    + (lanes[i + step] - start)
                    + (lanes[i + 2 * step] - start + (lanes[i + 3 * step] - start));
        }
    }

    /** The exponent that leaves a lane room for 64 of the largest value. */
    private static int exponentFor(double[] source, int from, int to, long[] valid) {
        double largest = 0;
        for (int row = from; row < to; row++) {
            if ((valid == null || (valid[row >>> 6] & 1L << row) != 0) && !(Math.abs(source[row]) <= largest)) {
                largest = Math.abs(source[row]);
            }
        }
        return largest <= Double.MAX_VALUE ? Math.getExponent(largest) + 9 : LARGEST_EXPONENT;
    }
}
