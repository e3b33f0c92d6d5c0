package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.ChronoUnit;

/**
 * Values as text: integers plain, floats shortest, {@code true} and {@code false}, decimals with all digits of their scale,
 * dates and times in ISO 8601 with as many groups of three decimals as they need, timestamps with {@code Z}, durations as
 * integers of their unit, bytes in hexadecimal. Everything but bytes reads back as the same value.
 */
public final class CellText {
    private static final long DAY = 86_400;

    private final FloatText floats = new FloatText();

    /** The text of one value, or null where it is null. */
    public String text(DataType type, Lane lane, int row) {
        if (lane.isNull(row)) {
            return null;
        }
        TextBuffer out = new TextBuffer();
        put(type, lane, row, out);
        return out.toString();
    }

    /** Writes one value that is not null. */
    public void put(DataType type, Lane lane, int row, TextBuffer out) {
        switch (type.kind()) {
            case BOOL -> out.put(value(lane, row) == 0 ? "false" : "true");
            case INT, DURATION -> out.put(value(lane, row));
            case FLOAT -> putFloat(type, ((DoubleLane) lane).values()[row], out);
            case DECIMAL -> putDecimal(type.scale(), (WideLane) lane, row, out);
            case TEXT -> {
                TextLane text = (TextLane) lane;
                out.put(text.bytes(), text.starts()[row], text.lengths()[row]);
            }
            case BINARY -> putHex((TextLane) lane, row, out);
            case DATE -> putDate(value(lane, row), out);
            case TIME -> putTime(value(lane, row), perSecond(type.unit()), out);
            case TIMESTAMP -> {
                long perSecond = perSecond(type.unit());
                long value = value(lane, row);
                long days = Math.floorDiv(Math.floorDiv(value, perSecond), DAY);
                putDate(days, out);
                out.put('T');
                putTime(
                        Math.floorMod(Math.floorDiv(value, perSecond), DAY) * perSecond
                                + Math.floorMod(value, perSecond),
                        perSecond,
                        out);
                out.put('Z');
            }
        }
    }

    private static long value(Lane lane, int row) {
        return ((LongLane) lane).values()[row];
    }

    private void putFloat(DataType type, double value, TextBuffer out) {
        if (type.bits() == 32) {
            floats.put((float) value, out);
        } else {
            floats.put(value, out);
        }
    }

    private static void putDecimal(int scale, WideLane lane, int row, TextBuffer out) {
        long high = lane.high()[row];
        long low = lane.low()[row];
        BigInteger unscaled = high == low >> 63
                ? BigInteger.valueOf(low)
                : BigInteger.valueOf(high)
                        .shiftLeft(64)
                        .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
                        .add(BigInteger.valueOf(low & 1));
        out.put(new BigDecimal(unscaled, scale).toPlainString());
    }

    private static void putHex(TextLane lane, int row, TextBuffer out) {
        for (int i = 0; i < lane.lengths()[row]; i++) {
            int value = lane.bytes()[lane.starts()[row] + i] & 0xff;
            out.put(Character.forDigit(value >> 4, 16));
            out.put(Character.forDigit(value & 15, 16));
        }
    }

    private static long perSecond(ChronoUnit unit) {
        return ChronoUnit.SECONDS.getDuration().dividedBy(unit.getDuration());
    }

    /** The proleptic Gregorian calendar, counted in eras of 400 years that begin in March; years of more than four digits have a sign. */
    private static void putDate(long days, TextBuffer out) {
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = Math.floorMod(shifted, 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * dayOfYear + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        if (year >= 0 && year <= 9999) {
            out.putDigits(year, 4);
        } else {
            out.put(year < 0 ? '-' : '+');
            out.putDigits(
                    Math.abs(year), Math.max(4, Long.toString(Math.abs(year)).length()));
        }
        out.put('-');
        out.putDigits(month, 2);
        out.put('-');
        out.putDigits(dayOfYear - (153 * fromMarch + 2) / 5 + 1, 2);
    }

    private static void putTime(long units, long perSecond, TextBuffer out) {
        long seconds = units / perSecond;
        out.putDigits(seconds / 3600, 2);
        out.put(':');
        out.putDigits(seconds / 60 % 60, 2);
        out.put(':');
        out.putDigits(seconds % 60, 2);
        long fraction = units % perSecond;
        int digits = perSecond == 1_000_000_000 ? 9 : perSecond == 1_000_000 ? 6 : 3;
        while (fraction != 0 && fraction % 1000 == 0) {
            fraction /= 1000;
            digits -= 3;
        }
        if (fraction != 0) {
            out.put('.');
            out.putDigits(fraction, digits);
        }
    }
}
