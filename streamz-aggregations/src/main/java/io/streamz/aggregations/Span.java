package io.streamz.aggregations;

/**
 * Which rows a row of a rolling calculation sees: an immutable plan for {@link Rolling}.
 *
 * <pre>
 *   rows(n)             the row itself and the n - 1 before it
 *   time(d), RIGHT      (t - d, t]      of the rows that arrived up to this one; the default
 *            LEFT       [t - d, t)
 *            BOTH       [t - d, t]
 *            NEITHER    (t - d, t)
 * </pre>
 *
 * @param length the number of rows, or the duration in the unit of the time column
 * @param byTime whether the length is a duration
 * @param closed which ends of a stretch of time belong to it
 * @param minPeriods the least number of values, else the answer is null
 */
public record Span(long length, boolean byTime, Closed closed, long minPeriods) {
    /** Which ends of a stretch of time belong to it. */
    public enum Closed {
        LEFT,
        RIGHT,
        BOTH,
        NEITHER;

        boolean left() {
            return this == LEFT || this == BOTH;
        }

        boolean right() {
            return this == RIGHT || this == BOTH;
        }
    }

    public Span {
        if (length <= 0) {
            throw new IllegalArgumentException("a rolling window of " + length + "; it takes at least 1");
        }
        if (minPeriods < 1 || !byTime && minPeriods > length) {
            throw new IllegalArgumentException("minPeriods " + minPeriods + " of a rolling window of " + length
                    + (byTime ? "; it takes at least 1" : " rows; it is 1 to " + length));
        }
    }

    /** The row and the {@code n - 1} before it; fewer than {@code n} values give null. */
    public static Span rows(long n) {
        return new Span(n, false, Closed.RIGHT, Math.max(1, n));
    }

    /** The stretch of time up to the row; without a value it gives null. */
    public static Span time(long duration) {
        return new Span(duration, true, Closed.RIGHT, 1);
    }

    /** The same span with another least number of values. */
    public Span minPeriods(long values) {
        return new Span(length, byTime, closed, values);
    }

    /**
     * The same span with other ends.
     *
     * @throws IllegalArgumentException where the span is of rows
     */
    public Span closed(Closed ends) {
        if (!byTime) {
            throw new IllegalArgumentException("closed(" + ends + ") is for rolling by time; this one is by rows");
        }
        return new Span(length, true, ends, minPeriods);
    }

    /** Whether a row before {@code time}, or at it, is behind the span of a row at that time. */
    boolean leaves(long place, long time) {
        int order = Long.compareUnsigned(time - place, length);
        return closed.left() ? order > 0 : order >= 0;
    }
}
