package io.streamz.frames;

/** What becomes of a file whose columns are not those of the plan. Columns go by name, so another order is never a difference. */
public enum Drift {
    /** The source fails with the column's name. */
    FAIL,
    /** A column that is missing is null, one that is not expected is left out. */
    NULL,
    /**
     * As {@link #NULL}, and the columns are those of all files that are there when the plan is built, in the order in which
     * they first appear.
     */
    WIDEN
}
