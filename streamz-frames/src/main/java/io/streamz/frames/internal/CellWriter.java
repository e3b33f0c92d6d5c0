package io.streamz.frames.internal;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.core.DataException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Java values as cells of lanes: what {@link Cells#value} gives and what stands for the same, if nothing of it is lost. */
public final class CellWriter {
    private static final byte[] NO_BYTES = {};
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);

    private CellWriter() {}

    /** Readies a lane for rows that are set one after the other. */
    public static void begin(Lane lane, int rows) {
        if (lane instanceof TextLane text) {
            text.clearBytes();
        }
        lane.reset(rows);
    }

    /**
     * Sets a cell of a lane that has room for it.
     *
     * @param column the name, for the message
     * @throws DataException when the value does not stand for one of the type
     */
    public static void set(DataType type, Lane lane, int row, Object value, String column) {
        if (value == null) {
            lane.setNull(row);
            if (lane instanceof TextLane text) {
                text.set(row, NO_BYTES, 0, 0);
            }
            return;
        }
        try {
            set(type, lane, row, value);
        } catch (ArithmeticException | ClassCastException e) {
            throw new DataException(
                    "bad-value",
                    column,
                    "the " + value.getClass().getSimpleName() + " " + value + " in column '" + column + "' is no "
                            + type,
                    wanted(type));
        }
    }

    private static void set(DataType type, Lane lane, int row, Object value) {
        if (lane instanceof LongLane longs) {
            longs.values()[row] = whole(type, value);
        } else if (lane instanceof DoubleLane doubles) {
            doubles.values()[row] = ((Number) value).doubleValue();
        } else if (lane instanceof WideLane wide) {
            BigInteger unscaled = decimal(value).setScale(type.scale()).unscaledValue();
            if (unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
                throw new ArithmeticException("too many digits");
            }
            wide.low()[row] = unscaled.longValue();
            wide.high()[row] = unscaled.shiftRight(Long.SIZE).longValue();
        } else {
            byte[] bytes = bytes(type, value);
            ((TextLane) lane).set(row, bytes, 0, bytes.length);
        }
    }

    private static byte[] bytes(DataType type, Object value) {
        if (type.kind() == Kind.BINARY) {
            return (byte[]) value;
        }
        String text = value instanceof Enum<?> constant ? constant.name() : ((CharSequence) value).toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof Double || value instanceof Float) {
            throw new ArithmeticException("a float is no decimal");
        }
        return value instanceof BigInteger number
                ? new BigDecimal(number)
                : BigDecimal.valueOf(((Number) value).longValue());
    }

    private static long whole(DataType type, Object value) {
        return switch (type.kind()) {
            case BOOL -> (Boolean) value ? 1 : 0;
            case INT -> integer(type, value);
            case DATE -> ((LocalDate) value).toEpochDay();
            case TIME -> inUnit(type, BigInteger.valueOf(((LocalTime) value).toNanoOfDay()));
            case TIMESTAMP -> {
                Instant instant = instant(value);
                yield inUnit(type, nanos(instant.getEpochSecond(), instant.getNano()));
            }
            default -> {
                Duration length = (Duration) value;
                yield inUnit(type, nanos(length.getSeconds(), length.getNano()));
            }
        };
    }

    private static long integer(DataType type, Object value) {
        if (value instanceof BigInteger number) {
            return narrowed(type, number.longValueExact());
        }
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            throw new ArithmeticException("no integer");
        }
        return narrowed(type, ((Number) value).longValue());
    }

    private static long narrowed(DataType type, long value) {
        int unused = Long.SIZE - type.bits();
        if (value << unused >> unused != value) {
            throw new ArithmeticException("out of range");
        }
        return value;
    }

    private static Instant instant(Object value) {
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        return value instanceof ZonedDateTime time ? time.toInstant() : (Instant) value;
    }

    private static BigInteger nanos(long seconds, int nanos) {
        return BigInteger.valueOf(seconds).multiply(NANOS).add(BigInteger.valueOf(nanos));
    }

    /** Exactly: what has parts of a unit is no value. */
    private static long inUnit(DataType type, BigInteger nanos) {
        BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(Cells.nanos(type.unit())));
        if (parts[1].signum() != 0) {
            throw new ArithmeticException("finer than the unit");
        }
        return parts[0].longValueExact();
    }

    private static String wanted(DataType type) {
        return switch (type.kind()) {
            case BOOL -> "give a Boolean";
            case INT -> "give an integer in range";
            case FLOAT -> "give a number";
            case DECIMAL -> "give a BigDecimal or an integer with at most " + type.scale() + " digits behind the point";
            case TEXT -> "give a String";
            case BINARY -> "give a byte[]";
            case DATE -> "give a LocalDate";
            case TIME -> "give a LocalTime, not finer than the unit";
            case TIMESTAMP -> "give an Instant, not finer than the unit";
            case DURATION -> "give a Duration, not finer than the unit";
        };
    }
}
