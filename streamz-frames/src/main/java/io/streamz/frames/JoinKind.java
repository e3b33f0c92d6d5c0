package io.streamz.frames;

import java.util.Locale;

/** Which rows of the left side come out of a join, and with what. */
enum JoinKind {
    /** Those with a match, once for each, with its columns. */
    INNER,
    /** All: those without a match with nulls. */
    LEFT,
    /** Those with a match, once, as they are. */
    SEMI,
    /** Those without a match, as they are. */
    ANTI;

    /** Whether the columns of the right side come out. */
    boolean widens() {
        return this == INNER || this == LEFT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
