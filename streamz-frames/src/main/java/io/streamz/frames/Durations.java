package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.Literals;
import io.streamz.frames.internal.expr.TimeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Lengths of time: as text such as {@code 5m} or {@code 1h30m}, and in the unit of a column. */
final class Durations {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Durations() {}

    /**
     * Reads one.
     *
     * @param what what it is for, as the message names it
     */
    static Duration parse(String text, String what) {
        try {
            return Literals.duration(text.strip());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new PlanException(
                    "bad-duration",
                    what,
                    what + " is '" + text + "', which is no length of time",
                    "write it as 500ms, 5s, 1h30m or 1d; units are ns us ms s m h d");
        }
    }

    /** Refuses what is not above zero. */
    static Duration positive(Duration duration, String what) {
        if (duration.isZero() || duration.isNegative()) {
            throw new PlanException(
                    "bad-duration", what, what + " is " + text(duration) + "; it is a time above zero", "");
        }
        return duration;
    }

    /** Refuses what is not above zero, or longer than clocks are asked to wait: they count nanoseconds. */
    static Duration onClock(Duration duration, String what) {
        if (positive(duration, what).compareTo(LONGEST) > 0) {
            throw new PlanException(
                    "bad-duration", what, what + " is " + text(duration) + "; it is 100 years (36525d) at most", "");
        }
        return duration;
    }

    /** Refuses what is below zero. */
    static Duration notNegative(Duration duration, String what) {
        if (duration.isNegative()) {
            throw new PlanException("bad-duration", what, what + " is " + text(duration) + "; it is 0s or more", "");
        }
        return duration;
    }

    /**
     * The length in the unit of a time column.
     *
     * @param path where it is asked for
     * @throws PlanException when it is no whole number of these units, or too large
     */
    static long units(Duration duration, DataType type, String path) {
        ChronoUnit unit = unit(type);
        long length;
        try {
            length = duration.dividedBy(unit.getDuration());
        } catch (ArithmeticException e) {
            throw new PlanException(
                    "bad-duration", path, text(duration) + " is too long for a column of " + type, "", e);
        }
        if (!unit.getDuration().multipliedBy(length).equals(duration)) {
            throw new PlanException(
                    "bad-duration",
                    path,
                    text(duration) + " is no whole number of the units of a column of " + type,
                    "use a multiple of " + text(unit.getDuration()));
        }
        return length;
    }

    /** The unit of a column of points in time. */
    static ChronoUnit unit(DataType type) {
        return type.kind() == Kind.DATE ? ChronoUnit.DAYS : type.unit();
    }

    /** Such as {@code 1h30m}; reads back as the same length. */
    static String text(Duration duration) {
        return TimeText.of(duration);
    }
}
