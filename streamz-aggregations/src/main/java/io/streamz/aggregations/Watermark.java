package io.streamz.aggregations;

/**
 * The largest event time seen less a bound, made row by row: what a row is judged by is made of the rows before it. Never goes
 * back. Not thread-safe.
 */
public final class Watermark {
    /** Before any row. */
    public static final long NONE = Long.MIN_VALUE;

    /** After all rows. */
    public static final long END = Long.MAX_VALUE;

    private final long bound;
    private long current = NONE;

    /**
     * No row seen yet.
     *
     * @param bound how far rows may be behind the newest, 0 or more, in the unit of the time column
     */
    public Watermark(long bound) {
        if (bound < 0) {
            throw new IllegalArgumentException("rows out of order by " + bound + "; it is 0 or more");
        }
        this.bound = bound;
    }

    /** The watermark after the rows so far. */
    public long current() {
        return current;
    }

    /** Goes on from a watermark that was kept. */
    public void restore(long watermark) {
        current = watermark;
    }

    /**
     * Takes the times of a batch, none null.
     *
     * @param out gets the watermark before each row, and behind them the one after the last: {@code rows + 1} values
     */
    public void follow(LongLane times, int rows, long[] out) {
        long watermark = current;
        for (int row = 0; row < rows; row++) {
            out[row] = watermark;
            if (times.isNull(row)) {
                throw new IllegalArgumentException("row " + row + " has no event time");
            }
            watermark = Math.max(watermark, before(times.values()[row], bound));
        }
        out[rows] = watermark;
        current = watermark;
    }

    /** {@code time - distance}, or what is closest to it. */
    static long before(long time, long distance) {
        long result = time - distance;
        return result > time ? Long.MIN_VALUE + 1 : result;
    }

    /** {@code time + distance}, or what is closest to it. */
    static long after(long time, long distance) {
        long result = time + distance;
        return result < time ? Long.MAX_VALUE : result;
    }
}
