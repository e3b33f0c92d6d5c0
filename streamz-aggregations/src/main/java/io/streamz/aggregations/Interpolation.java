package io.streamz.aggregations;

/** What a quantile is when it falls between two values. */
public enum Interpolation {
    /** In proportion to the distance. */
    LINEAR,
    /** The lower value. */
    LOWER,
    /** The higher value. */
    HIGHER,
    /** Half way. */
    MIDPOINT,
    /** The nearer value; at equal distance the one at the even place. */
    NEAREST;

    /** Whether the answer is one of the values. */
    boolean picks() {
        return this == LOWER || this == HIGHER || this == NEAREST;
    }

    /** The share of the higher value, for a quantile that falls {@code fraction} of the way behind the value at {@code place}. */
    double weight(double place, double fraction) {
        return switch (this) {
            case LINEAR -> fraction;
            case LOWER -> 0;
            case HIGHER -> fraction > 0 ? 1 : 0;
            case MIDPOINT -> fraction > 0 ? 0.5 : 0;
            case NEAREST -> Math.rint(place + fraction) - place;
        };
    }
}
