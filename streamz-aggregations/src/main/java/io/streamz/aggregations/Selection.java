package io.streamz.aggregations;

import java.util.Arrays;

/**
 * Puts the value of a rank in its place, the lesser ones before it and the greater ones behind: quickselect (Hoare 1961) with the
 * median of nine as its pivot and partitions without a branch, which would be mispredicted half of the time. Where the pivots do not
 * help for long, the rest is sorted, so that no order of values makes it quadratic.
 */
final class Selection {
    /** So few values are sorted. */
    private static final int FEW = 32;

    private Selection() {}

    /** Reorders the first {@code count} values so that the one at {@code rank} is where sorting them would put it. */
    static void select(long[] values, int count, int rank) {
        int from = 0;
        int to = count;
        int rounds = 2 * (32 - Integer.numberOfLeadingZeros(count));
        while (to - from > FEW && rounds-- > 0) {
            long pivot = pivot(values, from, to);
            int less = partition(values, from, to, pivot);
            if (rank < less) {
                to = less;
                continue;
            }
            if (pivot == Long.MAX_VALUE) {
                return; // what is not less is equal
            }
            int notGreater = partition(values, less, to, pivot + 1);
            if (rank < notGreater) {
                return;
            }
            from = notGreater;
        }
        Arrays.sort(values, from, to);
    }

    /** Moves what is less than the limit to the front; tells where the rest begins. */
    private static int partition(long[] values, int from, int to, long limit) {
        int end = from;
        for (int at = from; at < to; at++) {
            long value = values[at];
            values[at] = values[end];
            values[end] = value;
            end += (int) ((value & ~limit | ~(value ^ limit) & value - limit) >>> 63); // 1 where value < limit
        }
        return end;
    }

    /** The median of three medians of three, all over the range. */
    private static long pivot(long[] values, int from, int to) {
        int step = (to - from) / 9;
        int at = from + step / 2;
        return median(
                median(values[at], values[at + step], values[at + 2 * step]),
                median(values[at + 3 * step], values[at + 4 * step], values[at + 5 * step]),
                median(values[at + 6 * step], values[at + 7 * step], values[at + 8 * step]));
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** The least of the values from a place on. */
    static long least(long[] values, int from, int to) {
        long least = values[from];
        for (int at = from + 1; at < to; at++) {
            least = Math.min(least, values[at]);
        }
        return least;
    }
}
