package io.streamz.aggregations;

import java.util.Arrays;

/**
 * So many values side by side, by rank: a list of those that are inside, from which each can be taken and, the last taken first, be put back; and a
 * mark in it, before which some number of values are small.
 *
 * <p>A window that slides from one run to the next takes from the first what it puts into the second; the values at both marks tell its
 * order statistics. After sorting, a row costs a few steps, however long the window. (Suomela, Median filtering is equivalent to
 * sorting, 2014.)
 */
final class SortedRun {
    private static final int DIGIT = 8;
    private static final int FEWEST_BY_DIGITS = 64;
    private static final int MOST_SWAPS = 2;

    int size;

    /** By rank, and one behind the last: infinity, at which the list begins and ends. */
    double[] values = {};

    int[] next = {};
    int[] previous = {};

    /** By place in the run, and by rank. */
    int[] ranks = {};

    int[] places = {};
    int mark;
    int small;
    private long[] keys = {};
    private long[] others = {};
    private int[] digits = {};

    /**
     * Becomes the run of the values from one on, all inside.
     *
     * @return false where there is a NaN or an infinity above, or order is told by the last bits alone; then this holds no run
     */
    boolean fill(double[] column, int from, int count) {
        ensure(count);
        size = count;
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            double x = column[from + i] + 0.0;
            if (!(x < Double.POSITIVE_INFINITY)) {
                return false;
            }
            long key = key(x);
            keys[i] = key;
            least = Math.min(least, key);
            greatest = Math.max(greatest, key);
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        int drop = Math.max(0, bits + 1 - Long.numberOfLeadingZeros(greatest - least));
        for (int i = 0; i < count; i++) {
            keys[i] = keys[i] - least >>> drop << bits | i;
        }
        sort(count, bits);
        for (int rank = 0; rank < count; rank++) {
            places[rank] = (int) keys[rank] & (1 << bits) - 1;
            values[rank] = column[from + places[rank]] + 0.0;
        }
        return (drop == 0 || settle(count)) && link(count);
    }

    private void ensure(int count) {
        if (ranks.length < count) {
            ranks = new int[count];
            places = new int[count];
            keys = new long[count];
            others = new long[count];
            values = new double[count + 1];
            next = new int[count + 1];
            previous = new int[count + 1];
            digits = new int[Long.SIZE / DIGIT << DIGIT];
        }
    }

    /** Whole numbers in the order of the doubles. */
    private static long key(double x) {
        long bits = Double.doubleToRawLongBits(x);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    /** Sorts the keys, which are above zero; the lowest bits are the places, and in order. */
    private void sort(int count, int bits) {
        if (count < FEWEST_BY_DIGITS) {
            Arrays.sort(keys, 0, count);
            return;
        }
        Arrays.fill(digits, 0);
        int lowest = bits / DIGIT;
        int[] counts = digits;
        for (int i = 0; i < count; i++) {
            long key = keys[i];
            for (int digit = lowest; digit < Long.SIZE / DIGIT; digit++) {
                counts[digit << DIGIT | (int) (key >>> digit * DIGIT) & 0xff]++;
            }
        }
        for (int digit = lowest; digit < Long.SIZE / DIGIT; digit++) {
            if (begin(digit, count)) {
                int shift = digit * DIGIT;
                long[] from = keys;
                long[] to = others;
                for (int i = 0; i < count; i++) {
                    long key = from[i];
                    to[counts[digit << DIGIT | (int) (key >>> shift) & 0xff]++] = key;
                }
                keys = to;
                others = from;
            }
        }
    }

    /** Makes the counts of a digit places to begin at; false where all keys have the same. */
    private boolean begin(int digit, int count) {
        int sum = 0;
        for (int i = digit << DIGIT; i < digit + 1 << DIGIT; i++) {
            int some = digits[i];
            if (some == count) {
                return false;
            }
            digits[i] = sum;
            sum += some;
        }
        return true;
    }

    /** Puts those in order that differ in the bits that were dropped, where they are few. */
    private boolean settle(int count) {
        int swaps = 0;
        for (int rank = 1; rank < count; rank++) {
            double x = values[rank];
            int place = places[rank];
            int at = rank;
            for (; at > 0 && values[at - 1] > x; at--) {
                values[at] = values[at - 1];
                places[at] = places[at - 1];
                swaps++;
            }
            values[at] = x;
            places[at] = place;
            if (swaps > MOST_SWAPS * count) {
                return false;
            }
        }
        return true;
    }

    private boolean link(int count) {
        for (int rank = 0; rank < count; rank++) {
            ranks[places[rank]] = rank;
            next[rank] = rank + 1;
            previous[rank + 1] = rank;
        }
        values[count] = Double.POSITIVE_INFINITY;
        next[count] = 0;
        previous[0] = count;
        return true;
    }

    /** Marks the value before which so many are. */
    void mark(int before) {
        mark = before;
        small = before;
    }

    /** Takes all values out, the last in the run first. */
    void empty() {
        for (int place = size - 1; place >= 0; place--) {
            int rank = ranks[place];
            next[previous[rank]] = next[rank];
            previous[next[rank]] = previous[rank];
        }
        mark(0);
        mark = size;
    }

    /** Takes out the value at a place. */
    void take(int place) {
        int rank = ranks[place];
        next[previous[rank]] = next[rank];
        previous[next[rank]] = previous[rank];
        if (rank < mark) {
            small--;
        } else {
            if (mark == rank) {
                mark = next[mark];
            }
            if (small > 0) {
                mark = previous[mark];
                small--;
            }
        }
    }

    /** Puts the value at a place back. */
    void putBack(int place) {
        int rank = ranks[place];
        next[previous[rank]] = rank;
        previous[next[rank]] = rank;
        if (rank < mark) {
            mark = previous[mark];
        }
    }

    void advance() {
        mark = next[mark];
        small++;
    }

    long bytes() {
        return 8L * (values.length + keys.length + others.length)
                + 4L * (next.length + previous.length + ranks.length + places.length + digits.length);
    }
}
