package io.streamz.frames;

import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Watermark;

/**
 * Which rows of the right side a row of the left side meets, by their times. Both sides come in the order of their times, so
 * what the rows so far of one key do not need, later ones do not need either.
 */
abstract sealed class TimeMatch permits AsOfMatch, IntervalMatch {
    private final int place;

    /**
     * A match by times.
     *
     * @param place the column of the right side that holds its time
     */
    TimeMatch(int place) {
        this.place = place;
    }

    /**
     * Whether no row of the right side that is still to come can change what a row of the left side meets.
     *
     * @param watermark of the right side: no row before it is to come
     */
    final boolean isKnown(RowLists right, int id, long time, long watermark) {
        return watermark == Watermark.END || settled(right, id, time, watermark);
    }

    abstract boolean settled(RowLists right, int id, long time, long watermark);

    /** Adds what a row of the left side meets, in the order of the right side; gives how many rows that are. */
    abstract int find(RowLists right, int id, long time, int leftRow, Pairs into);

    /** Lets go of the rows of a key that no row of the left side at or behind a time meets. */
    abstract void forget(RowLists right, int id, long time);

    /** What bounds the rows of the right side that are kept. */
    abstract String bound();

    final long time(RowLists right, int slot) {
        return ((LongLane) right.lane(place)).values()[slot];
    }

    /** The sum, or the end of time where it is too large. */
    static long plus(long time, long length) {
        long sum = time + length;
        if (((time ^ sum) & (length ^ sum)) < 0) {
            return length < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }
}
