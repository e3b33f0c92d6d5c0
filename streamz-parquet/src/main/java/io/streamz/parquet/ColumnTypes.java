package io.streamz.parquet;

import io.streamz.aggregations.DataType;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Parquet's types and ours, one from the other. */
final class ColumnTypes {
    private static final int MOST_DIGITS = 38;
    private static final int UNSIGNED_DIGITS = 20;
    private static final int DECIMAL_BYTES = 16;

    private ColumnTypes() {}

    /** Why a column is no column of a frame, as the end of a sentence; null where it is one. */
    static String refusal(Type column) {
        LogicalTypeAnnotation meaning = column.getLogicalTypeAnnotation();
        if (!column.isPrimitive()) {
            return meaning instanceof ListLogicalTypeAnnotation
                    ? "is a list"
                    : meaning instanceof MapLogicalTypeAnnotation ? "is a map" : group(column.asGroupType());
        }
        if (column.isRepetition(Type.Repetition.REPEATED)) {
            return "is a list";
        }
        if (meaning instanceof IntervalLogicalTypeAnnotation) {
            return "is an interval of months, days and milliseconds";
        }
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal
                && (decimal.getPrecision() > MOST_DIGITS || decimal.getScale() > decimal.getPrecision())) {
            return "is decimal(" + decimal.getPrecision() + "," + decimal.getScale() + "), beyond " + MOST_DIGITS
                    + " digits";
        }
        return null;
    }

    private static String group(GroupType type) {
        return type.isRepetition(Type.Repetition.REPEATED) ? "is a list of structs" : "is a struct";
    }

    /** The type of a column that is not {@linkplain #refusal refused}. */
    static DataType of(PrimitiveType column) {
        LogicalTypeAnnotation meaning = column.getLogicalTypeAnnotation();
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return DataType.decimal(decimal.getPrecision(), decimal.getScale());
        }
        return switch (column.getPrimitiveTypeName()) {
            case BOOLEAN -> DataType.BOOL;
            case INT32 -> int32(meaning);
            case INT64 -> int64(meaning);
            case INT96 -> DataType.timestamp(ChronoUnit.NANOS);
            case FLOAT -> DataType.FLOAT32;
            case DOUBLE -> DataType.FLOAT64;
            case BINARY ->
                meaning instanceof StringLogicalTypeAnnotation
                                || meaning instanceof EnumLogicalTypeAnnotation
                                || meaning instanceof JsonLogicalTypeAnnotation
                        ? DataType.UTF8
                        : DataType.BINARY;
            case FIXED_LEN_BYTE_ARRAY ->
                meaning instanceof UUIDLogicalTypeAnnotation
                        ? DataType.UTF8
                        : meaning instanceof Float16LogicalTypeAnnotation ? DataType.FLOAT32 : DataType.BINARY;
        };
    }

    private static DataType int32(LogicalTypeAnnotation meaning) {
        if (meaning instanceof DateLogicalTypeAnnotation) {
            return DataType.DATE;
        }
        if (meaning instanceof TimeLogicalTypeAnnotation time) {
            return DataType.time(unit(time.getUnit()));
        }
        if (!(meaning instanceof IntLogicalTypeAnnotation type)) {
            return DataType.INT32;
        }
        return switch (type.isSigned() ? type.getBitWidth() : 2 * type.getBitWidth()) {
            case 8 -> DataType.INT8;
            case 16 -> DataType.INT16;
            case 32 -> DataType.INT32;
            default -> DataType.INT64;
        };
    }

    private static DataType int64(LogicalTypeAnnotation meaning) {
        if (meaning instanceof TimestampLogicalTypeAnnotation time) {
            return DataType.timestamp(unit(time.getUnit()), time.isAdjustedToUTC() ? "UTC" : null);
        }
        if (meaning instanceof TimeLogicalTypeAnnotation time) {
            return DataType.time(unit(time.getUnit()));
        }
        boolean isUnsigned = meaning instanceof IntLogicalTypeAnnotation type && !type.isSigned();
        return isUnsigned ? DataType.decimal(UNSIGNED_DIGITS, 0) : DataType.INT64;
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }

    /**
     * The Parquet column that a column becomes: optional; timestamps and times in seconds become milliseconds, since Parquet
     * has no seconds, and durations plain integers of their unit.
     */
    static PrimitiveType parquet(String name, DataType type) {
        return switch (type.kind()) {
            case BOOL -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case INT ->
                type.bits() == 64
                        ? Types.optional(PrimitiveTypeName.INT64).named(name)
                        : Types.optional(PrimitiveTypeName.INT32)
                                .as(LogicalTypeAnnotation.intType(type.bits(), true))
                                .named(name);
            case FLOAT ->
                Types.optional(type.bits() == 32 ? PrimitiveTypeName.FLOAT : PrimitiveTypeName.DOUBLE)
                        .named(name);
            case DECIMAL ->
                Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(DECIMAL_BYTES)
                        .as(LogicalTypeAnnotation.decimalType(type.scale(), type.precision()))
                        .named(name);
            case TEXT ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            case BINARY -> Types.optional(PrimitiveTypeName.BINARY).named(name);
            case DATE ->
                Types.optional(PrimitiveTypeName.INT32)
                        .as(LogicalTypeAnnotation.dateType())
                        .named(name);
            case TIME ->
                Types.optional(isMillis(type) ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timeType(false, unit(type.unit())))
                        .named(name);
            case TIMESTAMP ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(type.zone() != null, unit(type.unit())))
                        .named(name);
            case DURATION -> Types.optional(PrimitiveTypeName.INT64).named(name);
        };
    }

    static boolean isMillis(DataType type) {
        return type.unit() == ChronoUnit.MILLIS || type.unit() == ChronoUnit.SECONDS;
    }

    private static TimeUnit unit(ChronoUnit unit) {
        return switch (unit) {
            case MICROS -> TimeUnit.MICROS;
            case NANOS -> TimeUnit.NANOS;
            default -> TimeUnit.MILLIS;
        };
    }
}
