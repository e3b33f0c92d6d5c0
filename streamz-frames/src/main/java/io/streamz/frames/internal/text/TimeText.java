package io.streamz.frames.internal.text;

import java.time.temporal.ChronoUnit;

/**
 * ISO 8601: dates {@code yyyy-MM-dd}, times {@code HH:mm[:ss[.fraction]]}, and both with a {@code T} or one blank between
 * them and {@code Z}, an offset or nothing (UTC) behind. Digits of a fraction that the unit cannot hold must be zeros.
 */
abstract class TimeText extends LongText {
    private static final long[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    /** Units in a second, and the digits that makes. */
    final long perSecond;

    final int digits;

    /** Behind what was read last. */
    int at;

    /** The seconds of the time of day that was read last, and the fraction in units. */
    private int seconds;

    private long fraction;

    TimeText(ChronoUnit unit) {
        digits = switch (unit) {
            case SECONDS -> 0;
            case MILLIS -> 3;
            case MICROS -> 6;
            case NANOS -> 9;
            default -> throw new IllegalArgumentException(unit + " is no unit of a column");
        };
        perSecond = POWERS[digits];
    }

    /** Days since 1970-01-01. */
    static final class Date extends TimeText {
        Date() {
            super(ChronoUnit.SECONDS);
        }

        @Override
        boolean read(byte[] bytes, int from, int to) {
            value = days(bytes, from, to);
            return to - from == 10 && value != Long.MIN_VALUE;
        }
    }

    /** Units since midnight. */
    static final class Clock extends TimeText {
        Clock(ChronoUnit unit) {
            super(unit);
        }

        @Override
        boolean read(byte[] bytes, int from, int to) {
            if (!timeOfDay(bytes, from, to) || at != to) {
                return false;
            }
            value = super.seconds * perSecond + super.fraction;
            return true;
        }
    }

    /** Units since 1970-01-01T00:00Z. */
    static final class Timestamp extends TimeText {
        private final Int epoch;

        Timestamp(ChronoUnit unit, boolean epoch) {
            super(unit);
            this.epoch = epoch ? new Int(64) : null;
        }

        @Override
        boolean read(byte[] bytes, int from, int to) {
            long days = days(bytes, from, to);
            if (days == Long.MIN_VALUE || to - from < 16 || !isBetween(bytes[from + 10])) {
                return epoch(bytes, from, to);
            }
            if (!timeOfDay(bytes, from + 11, to)) {
                return false;
            }
            int offset = offset(bytes, to);
            if (offset == Integer.MIN_VALUE) {
                return false;
            }
            return units(days * 86_400 + super.seconds - offset);
        }

        private boolean epoch(byte[] bytes, int from, int to) {
            if (epoch == null || !epoch.read(bytes, from, to)) {
                return false;
            }
            value = epoch.value;
            return true;
        }

        private static boolean isBetween(byte character) {
            return character == 'T' || character == ' ';
        }

        /** Whole seconds and the fraction as units, where a long holds them. */
        private boolean units(long whole) {
            // Counted from the second that the fraction points to, so that the least long is in reach too.
            boolean before = whole < 0 && super.fraction > 0;
            long base = before ? whole + 1 : whole;
            long part = before ? super.fraction - perSecond : super.fraction;
            long units = base * perSecond;
            value = units + part;
            boolean fits = Math.multiplyHigh(base, perSecond) == units >> 63;
            return fits && ((units ^ value) & (part ^ value)) >= 0;
        }

        /** The offset in seconds that ends the text, 0 where there is none; the least int where it is not right. */
        private int offset(byte[] bytes, int to) {
            int rest = to - at;
            if (rest == 0 || rest == 1 && bytes[at] == 'Z') {
                return 0;
            }
            boolean colon = rest == 6 && bytes[at + 3] == ':';
            if (!(rest == 3 || rest == 5 || colon) || bytes[at] != '+' && bytes[at] != '-') {
                return Integer.MIN_VALUE;
            }
            int hours = two(bytes, at + 1);
            int minutes = rest == 3 ? 0 : two(bytes, colon ? at + 4 : at + 3);
            if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
                return Integer.MIN_VALUE;
            }
            int offset = (hours * 60 + minutes) * 60;
            return bytes[at] == '-' ? -offset : offset;
        }
    }

    /** The days since 1970-01-01 of the date that a text begins with, or the least long where it does not. */
    static long days(byte[] b, int from, int to) {
        if (to - from < 10 || b[from + 4] != '-' || b[from + 7] != '-') {
            return Long.MIN_VALUE;
        }
        int century = two(b, from);
        int year = two(b, from + 2);
        int month = two(b, from + 5);
        int day = two(b, from + 8);
        if ((century | year | month | day) < 0 || month < 1 || month > 12 || day < 1) {
            return Long.MIN_VALUE;
        }
        year += century * 100;
        return day > length(year, month) ? Long.MIN_VALUE : days(year, month, day);
    }

    private static int length(int year, int month) {
        if (month == 2) {
            return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return 30 + (month + (month >>> 3) & 1);
    }

    /** The proleptic Gregorian calendar, counted in eras of 400 years that begin in March. */
    private static long days(int year, int month, int day) {
        int shifted = (month <= 2 ? year - 1 : year) + 400;
        int era = shifted / 400;
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (era - 1) * 146_097L + dayOfEra - 719_468;
    }

    /** Reads a time of day and leaves {@link #at} behind it. */
    boolean timeOfDay(byte[] b, int from, int to) {
        fraction = 0;
        at = from + 5;
        if (at > to || b[from + 2] != ':') {
            return false;
        }
        int hours = two(b, from);
        int minutes = two(b, from + 3);
        int rest = 0;
        if (at + 3 <= to && b[at] == ':') {
            rest = two(b, at + 1);
            at += 3;
            if (at < to && b[at] == '.' && !fraction(b, to)) {
                return false;
            }
        }
        seconds = hours * 3600 + minutes * 60 + rest;
        return (hours | minutes | rest) >= 0 && hours < 24 && minutes < 60 && rest < 60;
    }

    private boolean fraction(byte[] b, int to) {
        int first = at + 1;
        int at = first;
        for (; at < to && b[at] >= '0' && b[at] <= '9'; at++) {
            if (at - first < digits) {
                fraction = fraction * 10 + b[at] - '0';
            } else if (b[at] != '0') {
                return false;
            }
        }
        this.at = at;
        fraction *= POWERS[Math.max(0, digits - (at - first))];
        return at > first;
    }

    /** The number that two digits make, or below zero. */
    private static int two(byte[] b, int at) {
        int tens = b[at] - '0';
        int ones = b[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}
