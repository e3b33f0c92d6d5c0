package io.streamz.aggregations;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;

/** The values of lanes as JSON: the answers of aggregations that have more than one value, since a column holds one. */
final class Json {
    private final StringBuilder text = new StringBuilder();

    /** Adds a value of a lane, a comma before it where one is due. */
    Json value(DataType type, Lane lane, int row) {
        comma();
        if (lane.isNull(row)) {
            text.append("null");
        } else {
            write(type, lane, row);
        }
        return this;
    }

    Json number(long value) {
        comma();
        text.append(value);
        return this;
    }

    Json open() {
        comma();
        text.append('[');
        return this;
    }

    Json close() {
        text.append(']');
        return this;
    }

    /** Writes the text into a cell. */
    void get(Lane out, int row) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        ((TextLane) out).set(row, bytes, 0, bytes.length);
    }

    private void comma() {
        if (text.length() > 0 && text.charAt(text.length() - 1) != '[') {
            text.append(',');
        }
    }

    private void write(DataType type, Lane lane, int row) {
        switch (type.kind()) {
            case BOOL -> text.append(number(lane, row) != 0);
            case INT, DURATION -> text.append(number(lane, row));
            case FLOAT -> write(((DoubleLane) lane).values()[row]);
            case DECIMAL -> {
                WideLane wide = (WideLane) lane;
                text.append(
                        new BigDecimal(Int128.toBig(wide.high()[row], wide.low()[row]), type.scale()).toPlainString());
            }
            case TEXT -> quote(((TextLane) lane).text(row));
            case BINARY -> {
                TextLane bytes = (TextLane) lane;
                int start = bytes.starts()[row];
                byte[] value = java.util.Arrays.copyOfRange(bytes.bytes(), start, start + bytes.lengths()[row]);
                quote(Base64.getEncoder().encodeToString(value));
            }
            case DATE -> quote(LocalDate.ofEpochDay(number(lane, row)).toString());
            case TIME ->
                quote(LocalTime.ofNanoOfDay(
                                number(lane, row) * type.unit().getDuration().toNanos())
                        .toString());
            case TIMESTAMP ->
                quote(Instant.EPOCH.plus(number(lane, row), type.unit()).toString());
        }
    }

    private static long number(Lane lane, int row) {
        return ((LongLane) lane).values()[row];
    }

    /** The shortest number that reads back equal; what JSON has no number for stands as text. */
    private void write(double value) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            quote(Double.toString(value));
            return;
        }
        BigDecimal shortest = ofFewDigits(value);
        if (shortest == null) {
            shortest = shortest(value);
        }
        text.append(shortest.signum() == 0 ? "0" : shortest.stripTrailingZeros().toString());
    }

    static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        return shortest;
    }

    /**
     * The same of a number that up to fifteen digits say, as they do most, else null. A whole number below 2^53 divided by a power of ten up to 10^22 is rounded once, as
     * the decimal number is when it is read; and no other one of so few digits is as near.
     */
    static BigDecimal ofFewDigits(double value) {
        double power = 1;
        for (int digits = 0; digits <= 22; digits++) {
            double whole = Math.rint(value * power);
            if (!(Math.abs(whole) < 1e15)) {
                return null;
            }
            if (whole / power == value) {
                return BigDecimal.valueOf((long) whole, digits);
            }
            power *= 10;
        }
        return null;
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
