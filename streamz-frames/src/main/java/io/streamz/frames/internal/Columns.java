package io.streamz.frames.internal;

import io.streamz.aggregations.Lane;

/** Some rows as dense lanes: what a bound expression and a kernel read. */
public interface Columns {
    /** The number of rows, and of every lane. */
    int rows();

    /** The column as a lane of exactly {@link #rows()} rows; it is only read, and only until the call that was given it returns. */
    Lane lane(int column);
}
