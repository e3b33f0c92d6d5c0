package io.streamz.aggregations;

/**
 * Reads the states of the next rows before they are added to: in a loop of nothing but reads far more cache misses are waited for at a time than in one
 * that computes, too. Both ends of a state are read, which may lie in two cache lines. Where states are in the cache of the last level this costs more than it
 * saves.
 */
final class ReadAhead {
    /** How many rows are read ahead. */
    static final int ROWS = 128;

    /** States of so many words lie beyond the nearer caches. */
    private static final int FAR = 1 << 20;

    private ReadAhead() {}

    static boolean isFar(int words) {
        return words > FAR;
    }

    static double touch(double[] state, int width, int[] ids, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            int at = Math.max(ids[row], 0) * width;
            sum += state[at] + state[at + width - 1];
        }
        return sum;
    }

    static long touch(long[] state, int width, int[] ids, int from, int to) {
        long sum = 0;
        for (int row = from; row < to; row++) {
            int at = Math.max(ids[row], 0) * width;
            sum += state[at] + state[at + width - 1];
        }
        return sum;
    }
}
