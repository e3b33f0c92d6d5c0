package io.streamz.aggregations;

/** A state that holds a group's least and greatest value, whatever else. */
interface HoldsExtremes {
    /** What {@code min} or {@code max} would answer. */
    boolean extreme(boolean greatest, int id, Lane out, int row);
}
