package io.streamz.frames;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.frames.internal.Columns;

/**
 * The least and the greatest values of columns among some rows, as a file tells them before the rows are read. Bounds do as well: a
 * value below the least or above the greatest. A column of which nothing is told may hold anything.
 */
public final class ColumnRanges implements Columns {
    private final Lane[] ends;

    /** Nothing is told of any column. */
    public ColumnRanges(Schema schema) {
        ends = new Lane[2 * schema.size()];
        for (int place = 0; place < ends.length; place++) {
            ends[place] = schema.type(place / 2).kind().lane();
            ends[place].reset(1);
            ends[place].setAllNull();
        }
    }

    /** Tells of a column whose lane is one of longs: integers, dates, times and timestamps in their unit. */
    public void longs(int column, long least, long greatest) {
        set(column, new long[] {least, greatest});
    }

    private void set(int column, long[] values) {
        for (int end = 0; end < 2; end++) {
            LongLane lane = (LongLane) ends[2 * column + end];
            lane.reset(1);
            lane.values()[0] = values[end];
        }
    }

    /** Tells of a column of floats; rows that are NaN do not count. Ends that are NaN tell nothing. */
    public void doubles(int column, double least, double greatest) {
        if (Double.isNaN(least) || Double.isNaN(greatest)) {
            return;
        }
        for (int end = 0; end < 2; end++) {
            DoubleLane lane = (DoubleLane) ends[2 * column + end];
            lane.reset(1);
            lane.values()[0] = end == 0 ? least : greatest;
        }
    }

    /** Tells of a column of text, in the order of its UTF-8 bytes. */
    public void texts(int column, byte[] least, byte[] greatest) {
        for (int end = 0; end < 2; end++) {
            byte[] bytes = end == 0 ? least : greatest;
            TextLane lane = (TextLane) ends[2 * column + end];
            lane.clearBytes();
            lane.reset(1);
            lane.set(0, bytes, 0, bytes.length);
        }
    }

    @Override
    public int rows() {
        return 1;
    }

    /** The least and the greatest value of one column after the other. */
    @Override
    public Lane lane(int place) {
        return ends[place];
    }
}
