package io.streamz.frames.internal.expr;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Lengths of time as they are written: {@code 1h30m}. */
public final class TimeText {
    private static final ChronoUnit[] UNITS = {
        ChronoUnit.DAYS,
        ChronoUnit.HOURS,
        ChronoUnit.MINUTES,
        ChronoUnit.SECONDS,
        ChronoUnit.MILLIS,
        ChronoUnit.MICROS,
        ChronoUnit.NANOS
    };
    private static final String[] NAMES = {"d", "h", "m", "s", "ms", "us", "ns"};

    private TimeText() {}

    /** Such as {@code 1h30m}; {@link Literals#duration} reads it back as the same length. */
    public static String of(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        Duration rest = duration.abs();
        for (int i = 0; i < UNITS.length; i++) {
            long count = rest.dividedBy(UNITS[i].getDuration());
            if (count > 0) {
                text.append(count).append(NAMES[i]);
                rest = rest.minus(UNITS[i].getDuration().multipliedBy(count));
            }
        }
        return text.toString();
    }
}
