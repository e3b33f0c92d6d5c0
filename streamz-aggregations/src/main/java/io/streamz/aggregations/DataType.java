package io.streamz.aggregations;

import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The type of a column.
 *
 * @param kind what the values mean
 * @param bits the width of INT (8, 16, 32, 64) and FLOAT (32, 64), else 0
 * @param unit SECONDS, MILLIS, MICROS or NANOS for TIME, TIMESTAMP and DURATION, else null
 * @param zone the zone name of a TIMESTAMP, or null where it has none (read as UTC)
 * @param precision the digits of a DECIMAL, at most 38, else 0
 * @param scale the digits behind the point of a DECIMAL, else 0
 */
public record DataType(Kind kind, int bits, ChronoUnit unit, String zone, int precision, int scale) {
    public static final DataType BOOL = plain(Kind.BOOL, 0);
    public static final DataType INT8 = plain(Kind.INT, 8);
    public static final DataType INT16 = plain(Kind.INT, 16);
    public static final DataType INT32 = plain(Kind.INT, 32);
    public static final DataType INT64 = plain(Kind.INT, 64);
    public static final DataType FLOAT32 = plain(Kind.FLOAT, 32);
    public static final DataType FLOAT64 = plain(Kind.FLOAT, 64);
    public static final DataType UTF8 = plain(Kind.TEXT, 0);
    public static final DataType BINARY = plain(Kind.BINARY, 0);
    public static final DataType DATE = plain(Kind.DATE, 0);

    public DataType {
        Objects.requireNonNull(kind, "kind");
        boolean timed = kind == Kind.TIME || kind == Kind.TIMESTAMP || kind == Kind.DURATION;
        if (timed != (unit != null)) {
            throw new IllegalArgumentException(kind + (timed ? " needs a unit" : " has no unit"));
        }
        if (kind == Kind.DECIMAL && (precision < 1 || precision > 38 || scale < 0 || scale > precision)) {
            throw new IllegalArgumentException("decimal(" + precision + "," + scale
                    + ") is not a type: 1 to 38 digits, of which at most all stand behind the point");
        }
    }

    public static DataType timestamp(ChronoUnit unit) {
        return new DataType(Kind.TIMESTAMP, 0, unit, null, 0, 0);
    }

    public static DataType timestamp(ChronoUnit unit, String zone) {
        return new DataType(Kind.TIMESTAMP, 0, unit, zone, 0, 0);
    }

    public static DataType time(ChronoUnit unit) {
        return new DataType(Kind.TIME, 0, unit, null, 0, 0);
    }

    public static DataType duration(ChronoUnit unit) {
        return new DataType(Kind.DURATION, 0, unit, null, 0, 0);
    }

    public static DataType decimal(int precision, int scale) {
        return new DataType(Kind.DECIMAL, 0, null, null, precision, scale);
    }

    private static DataType plain(Kind kind, int bits) {
        return new DataType(kind, bits, null, null, 0, 0);
    }

    /** The name as users write it: {@code int64}, {@code timestamp(ns)}, {@code decimal(20,2)}. */
    @Override
    public String toString() {
        return switch (kind) {
            case BOOL -> "bool";
            case INT -> "int" + bits;
            case FLOAT -> "float" + bits;
            case DECIMAL -> "decimal(" + precision + "," + scale + ")";
            case TEXT -> "utf8";
            case BINARY -> "binary";
            case DATE -> "date";
            case TIME -> "time(" + unitName() + ")";
            case TIMESTAMP -> "timestamp(" + unitName() + (zone == null ? "" : ", " + zone) + ")";
            case DURATION -> "duration(" + unitName() + ")";
        };
    }

    private String unitName() {
        return switch (unit) {
            case SECONDS -> "s";
            case MILLIS -> "ms";
            case MICROS -> "us";
            case NANOS -> "ns";
            default -> throw new IllegalArgumentException(unit + " is no unit of a column");
        };
    }
}
