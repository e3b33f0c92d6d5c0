package io.streamz.core;

/** Which of several items with the same key counts. */
public enum Keep {
    /** The first; later ones are dropped. */
    FIRST,
    /** The last; it takes the place of the earlier one at the end. */
    LAST
}
