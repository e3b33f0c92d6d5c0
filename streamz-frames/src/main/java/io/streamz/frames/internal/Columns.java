package io.streamz.frames.internal;

import io.streamz.aggregations.Lane;

/** Some rows as dense lanes: what a bound expression and a kernel read. */
public interface Columns {
    /** The number of rows, and of every lane. */
    int rows();

    /** Where a row stands in the input that it came from, counted from 0; -1 where it did not come from one row. */
    default long place(int row) {
        return -1;
    }

    /** The column as a lane of exactly {@link #rows()} rows; it is only read, and only until the call that was given it returns. */
    Lane lane(int column);
}
