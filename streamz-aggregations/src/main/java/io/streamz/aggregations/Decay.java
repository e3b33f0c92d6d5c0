package io.streamz.aggregations;

/**
 * How weights fall with age in exponentially weighted answers ({@link Ewm}): an immutable plan. A value of age {@code k} rows has the
 * weight {@code (1 - alpha)^k}, or, by time, {@code 2^(-age / halfLife)}.
 *
 * @param alpha the smoothing factor, above 0 and at most 1; not used by time
 * @param halfLife the time in which a weight halves, in the unit of the time column; 0 where age is counted in rows
 * @param adjust whether answers are divided by the weights that are there; else each row takes its share alpha of what was
 * @param ignoreNulls whether age counts only rows with a value
 * @param minPeriods the least number of values, else the answer is null
 */
public record Decay(double alpha, double halfLife, boolean adjust, boolean ignoreNulls, long minPeriods) {
    public Decay {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha " + alpha + "; it is above 0 and at most 1");
        }
        if (!(halfLife >= 0 && halfLife <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("a half-life of " + halfLife + "; it is above 0");
        }
        if (minPeriods < 1) {
            throw new IllegalArgumentException("minPeriods " + minPeriods + "; it is at least 1");
        }
        if (halfLife > 0 && (!adjust || ignoreNulls)) {
            throw new IllegalArgumentException(
                    "weights that fall by time are always normalised: leave adjust and ignoreNulls as they are");
        }
    }

    /** The smoothing factor itself: above 0, at most 1. */
    public static Decay alpha(double alpha) {
        return new Decay(alpha, 0, true, false, 1);
    }

    /** The centre of mass, 0 or more: alpha = 1 / (1 + com). */
    public static Decay com(double com) {
        require(com >= 0, "com", com, "0 or more");
        return alpha(1 / (1 + com));
    }

    /** The span, 1 or more: alpha = 2 / (span + 1). */
    public static Decay span(double span) {
        require(span >= 1, "span", span, "1 or more");
        return alpha(2 / (span + 1));
    }

    /** The number of rows in which a weight halves, above 0: alpha = 1 - 2^(-1 / halfLife). */
    public static Decay halfLife(double rows) {
        require(rows > 0, "halfLife", rows, "above 0");
        return alpha(-Math.expm1(-Math.log(2) / rows));
    }

    /** The time in which a weight halves, above 0, in the unit of the time column. */
    public static Decay halfLifeOf(long duration) {
        require(duration > 0, "halfLife", (double) duration, "above 0");
        return new Decay(1, duration, true, false, 1);
    }

    public Decay adjust(boolean on) {
        return new Decay(alpha, halfLife, on, ignoreNulls, minPeriods);
    }

    public Decay ignoreNulls(boolean on) {
        return new Decay(alpha, halfLife, adjust, on, minPeriods);
    }

    public Decay minPeriods(long values) {
        return new Decay(alpha, halfLife, adjust, ignoreNulls, values);
    }

    boolean byTime() {
        return halfLife > 0;
    }

    private static void require(boolean right, String name, double value, String wanted) {
        if (!right || !(value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " " + value + "; it is " + wanted);
        }
    }
}
