package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Literals as constants, texts read as the type they meet, and constants brought to another unit or number type exactly. */
final class Constants {
    private static final List<ChronoUnit> FROM_FINE =
            List.of(ChronoUnit.NANOS, ChronoUnit.MICROS, ChronoUnit.MILLIS, ChronoUnit.SECONDS);

    private Constants() {}

    static Constant of(Node.Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return Constant.untypedNull();
        }
        if (value instanceof Boolean bool) {
            return Constant.ofBool(bool);
        }
        if (value instanceof Long number) {
            return Constant.ofLong(DataType.INT64, number);
        }
        if (value instanceof Double number) {
            return Constant.ofDouble(number);
        }
        if (value instanceof String text) {
            return Constant.ofText(text);
        }
        if (value instanceof BigDecimal number) {
            int digits = Math.max(1, Math.max(number.precision(), number.scale()));
            return Constant.ofWide(DataType.decimal(digits, number.scale()), number.unscaledValue());
        }
        return moment(value);
    }

    private static Constant moment(Object value) {
        if (value instanceof LocalDate date) {
            return Constant.ofLong(DataType.DATE, date.toEpochDay());
        }
        if (value instanceof LocalTime time) {
            return Constant.ofLong(DataType.time(ChronoUnit.NANOS), time.toNanoOfDay());
        }
        if (value instanceof Instant instant) {
            BigInteger nanos = nanos(instant.getEpochSecond(), instant.getNano());
            ChronoUnit unit = finest(nanos, value);
            return Constant.ofLong(DataType.timestamp(unit), inUnit(nanos, unit));
        }
        Duration duration = (Duration) value;
        BigInteger nanos = nanos(duration.getSeconds(), duration.getNano());
        ChronoUnit unit = finest(nanos, value);
        return Constant.ofLong(DataType.duration(unit), inUnit(nanos, unit));
    }

    private static BigInteger nanos(long seconds, int nanos) {
        return BigInteger.valueOf(seconds).multiply(Wide.bigTen(9)).add(BigInteger.valueOf(nanos));
    }

    /** The finest unit in which the time fits a long; it must be exact there. */
    private static ChronoUnit finest(BigInteger nanos, Object value) {
        for (ChronoUnit unit : FROM_FINE) {
            BigInteger[] parts = nanos.divideAndRemainder(nanosOf(unit));
            if (parts[1].signum() == 0 && parts[0].bitLength() < Long.SIZE) {
                return unit;
            }
        }
        throw new PlanException("literal", "expression", value + " fits no unit of a column", "");
    }

    private static long inUnit(BigInteger nanos, ChronoUnit unit) {
        return nanos.divide(nanosOf(unit)).longValueExact();
    }

    private static BigInteger nanosOf(ChronoUnit unit) {
        return BigInteger.valueOf(unit.getDuration().toNanos());
    }

    /** A text that stands against another type, read as one of that type; everything else as it is. */
    static BoundExpr readAs(BoundExpr value, DataType type, Node node) {
        boolean readable = type.kind().isTime() || type.kind() == Kind.DECIMAL;
        if (!readable || !(value instanceof Constant text) || value.type().kind() != Kind.TEXT || text.isNull()) {
            return value;
        }
        Constant read = Literals.read(text.asText(), type);
        if (read == null) {
            String name = type.kind().name().toLowerCase(Locale.ROOT);
            throw TypeErrors.in(node, "'" + text.asText() + "' is no " + name, Literals.example(name));
        }
        return read;
    }

    /** How many of its units a day has: what compares units with each other. */
    static long perDay(DataType type) {
        if (type.kind() == Kind.DATE) {
            return 1;
        }
        return ChronoUnit.DAYS.getDuration().toNanos()
                / type.unit().getDuration().toNanos();
    }

    /** The constant in the unit of the other type, where it is exact there; else null. Both are times. */
    static Constant inUnitOf(Constant time, DataType type) {
        long from = perDay(time.type());
        long to = perDay(type);
        long value = time.asLong();
        if (to >= from) {
            long factor = to / from;
            boolean fits = Math.multiplyHigh(value, factor) == value * factor >> 63;
            return fits ? Constant.ofLong(type, value * factor) : null;
        }
        return value % (from / to) == 0 ? Constant.ofLong(type, value / (from / to)) : null;
    }

    /** The same time in the coarsest unit in which it is exact. */
    static BoundExpr coarsest(BoundExpr value) {
        DataType type = value.type();
        if (!(value instanceof Constant time) || time.isNull() || !type.kind().isTime() || type.kind() == Kind.DATE) {
            return value;
        }
        for (int i = FROM_FINE.size() - 1; i >= 0; i--) {
            ChronoUnit unit = FROM_FINE.get(i);
            if (unit.compareTo(type.unit()) > 0) {
                Constant coarser = inUnitOf(time, new DataType(type.kind(), 0, unit, type.zone(), 0, 0));
                if (coarser != null) {
                    return coarser;
                }
            }
        }
        return value;
    }
}
