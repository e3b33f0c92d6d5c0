package io.streamz.frames.internal;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.text.CellText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Single cells of lanes as Java objects and as text. */
public final class Cells {
    private Cells() {}

    /**
     * The cell as Boolean, Long, Double, BigDecimal, String, byte[], LocalDate, LocalTime, Instant or Duration, by the kind of
     * its type; null where it is null.
     */
    public static Object value(DataType type, Lane lane, int row) {
        if (lane.isNull(row)) {
            return null;
        }
        return switch (type.kind()) {
            case BOOL -> ((LongLane) lane).values()[row] != 0;
            case INT -> ((LongLane) lane).values()[row];
            case FLOAT -> ((DoubleLane) lane).values()[row];
            case DECIMAL -> decimal(type, (WideLane) lane, row);
            case TEXT -> ((TextLane) lane).text(row);
            case BINARY -> bytes((TextLane) lane, row);
            case DATE -> LocalDate.ofEpochDay(((LongLane) lane).values()[row]);
            case TIME -> LocalTime.ofNanoOfDay(((LongLane) lane).values()[row] * nanos(type.unit()));
            case TIMESTAMP -> instant(((LongLane) lane).values()[row], type.unit());
            case DURATION -> Duration.of(((LongLane) lane).values()[row], type.unit());
        };
    }

    /** The cell as people read it; a null is {@code null}. */
    public static String text(DataType type, Lane lane, int row) {
        if (lane.isNull(row) || type.kind() == Kind.DURATION) {
            return String.valueOf(value(type, lane, row));
        }
        return new CellText().text(type, lane, row);
    }

    /** The instant of a number of units since 1970, also before it. */
    public static Instant instant(long value, ChronoUnit unit) {
        long perSecond = 1_000_000_000 / nanos(unit);
        return Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanos(unit));
    }

    /** How many nanoseconds one unit has. */
    public static long nanos(ChronoUnit unit) {
        return unit.getDuration().toNanos();
    }

    private static BigDecimal decimal(DataType type, WideLane lane, int row) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(lane.high()[row])
                .putLong(lane.low()[row])
                .array();
        return new BigDecimal(new BigInteger(bytes), type.scale());
    }

    private static byte[] bytes(TextLane lane, int row) {
        int start = lane.starts()[row];
        return Arrays.copyOfRange(lane.bytes(), start, start + lane.lengths()[row]);
    }
}
