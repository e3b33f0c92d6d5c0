package io.streamz.frames.internal.expr;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A count of a unit of the calendar or the clock, as in {@code 15m}, {@code 1d}, {@code 1w}, {@code 1mo}, {@code 1q},
 * {@code 1y}.
 */
record CalendarUnit(long count, ChronoUnit unit) {
    static final String VALID = "ns, us, ms, s, m, h, d, w, mo, q, y";
    private static final Pattern PART = Pattern.compile("(\\d{1,12})(ns|us|ms|mo|s|m|h|d|w|q|y)");
    private static final Pattern WHOLE = Pattern.compile("-?(\\d{1,12}(ns|us|ms|mo|s|m|h|d|w|q|y))+");

    /** One part of a count above zero, or null where the text is something else. */
    static CalendarUnit single(String text) {
        List<CalendarUnit> parts = parts(text);
        return parts.size() == 1 && parts.get(0).count > 0 ? parts.get(0) : null;
    }

    /** The parts of a length such as {@code 1mo2d} or {@code -1y}; none where the text is something else. */
    static List<CalendarUnit> parts(String text) {
        List<CalendarUnit> parts = new ArrayList<>();
        if (!WHOLE.matcher(text).matches()) {
            return parts;
        }
        int sign = text.startsWith("-") ? -1 : 1;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            parts.add(of(sign * Long.parseLong(part.group(1)), part.group(2)));
        }
        return parts;
    }

    private static CalendarUnit of(long count, String unit) {
        return switch (unit) {
            case "ns" -> new CalendarUnit(count, ChronoUnit.NANOS);
            case "us" -> new CalendarUnit(count, ChronoUnit.MICROS);
            case "ms" -> new CalendarUnit(count, ChronoUnit.MILLIS);
            case "s" -> new CalendarUnit(count, ChronoUnit.SECONDS);
            case "m" -> new CalendarUnit(count, ChronoUnit.MINUTES);
            case "h" -> new CalendarUnit(count, ChronoUnit.HOURS);
            case "d" -> new CalendarUnit(count, ChronoUnit.DAYS);
            case "w" -> new CalendarUnit(count, ChronoUnit.WEEKS);
            case "mo" -> new CalendarUnit(count, ChronoUnit.MONTHS);
            case "q" -> new CalendarUnit(3 * count, ChronoUnit.MONTHS);
            default -> new CalendarUnit(12 * count, ChronoUnit.MONTHS);
        };
    }

    /** The unit as a text names it: {@code mo}. */
    static ChronoUnit named(String text) {
        List<CalendarUnit> parts = parts("1" + text);
        if (text.equals("y")) {
            return ChronoUnit.YEARS;
        }
        return parts.size() == 1 && !text.equals("q") && text.matches("[a-z]+") ? parts.get(0).unit : null;
    }

    /** Whether it is a part of days, the same length everywhere. */
    boolean isExact() {
        return unit.compareTo(ChronoUnit.DAYS) < 0;
    }
}
