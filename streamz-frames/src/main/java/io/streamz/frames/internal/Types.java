package io.streamz.frames.internal;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Our types and Arrow's, one from the other. */
public final class Types {
    private Types() {}

    /** Our schema of an Arrow schema. */
    public static Schema of(org.apache.arrow.vector.types.pojo.Schema arrow) {
        return Schema.of(arrow.getFields().stream()
                .map(field -> new Field(field.getName(), of(field)))
                .toList());
    }

    /** Our type of an Arrow field; a dictionary-encoded one counts as what its dictionary holds where Arrow says so. */
    public static DataType of(org.apache.arrow.vector.types.pojo.Field field) {
        return switch (field.getType().getTypeID()) {
            case Bool -> DataType.BOOL;
            case Int -> integer(field, (ArrowType.Int) field.getType());
            case FloatingPoint -> floating(field, (ArrowType.FloatingPoint) field.getType());
            case Decimal -> decimal(field, (ArrowType.Decimal) field.getType());
            case Utf8, LargeUtf8 -> DataType.UTF8;
            case Binary, LargeBinary, FixedSizeBinary -> DataType.BINARY;
            case Date -> DataType.DATE;
            case Time -> DataType.time(unit(((ArrowType.Time) field.getType()).getUnit()));
            case Timestamp -> {
                ArrowType.Timestamp type = (ArrowType.Timestamp) field.getType();
                yield DataType.timestamp(unit(type.getUnit()), type.getTimezone());
            }
            case Duration -> DataType.duration(unit(((ArrowType.Duration) field.getType()).getUnit()));
            default -> throw unreadable(field);
        };
    }

    /** The Arrow field of a column. */
    public static org.apache.arrow.vector.types.pojo.Field field(String name, DataType type) {
        return new org.apache.arrow.vector.types.pojo.Field(name, FieldType.nullable(arrow(type)), List.of());
    }

    /** The Arrow schema of ours. */
    public static org.apache.arrow.vector.types.pojo.Schema arrow(Schema schema) {
        return new org.apache.arrow.vector.types.pojo.Schema(schema.fields().stream()
                .map(field -> field(field.name(), field.type()))
                .toList());
    }

    private static ArrowType arrow(DataType type) {
        return switch (type.kind()) {
            case BOOL -> ArrowType.Bool.INSTANCE;
            case INT -> new ArrowType.Int(type.bits(), true);
            case FLOAT ->
                new ArrowType.FloatingPoint(
                        type.bits() == 32 ? FloatingPointPrecision.SINGLE : FloatingPointPrecision.DOUBLE);
            case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), 128);
            case TEXT -> ArrowType.Utf8.INSTANCE;
            case BINARY -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(unit(type.unit()), timeBits(type.unit()));
            case TIMESTAMP -> new ArrowType.Timestamp(unit(type.unit()), type.zone());
            case DURATION -> new ArrowType.Duration(unit(type.unit()));
        };
    }

    private static DataType integer(org.apache.arrow.vector.types.pojo.Field field, ArrowType.Int type) {
        if (!type.getIsSigned() && type.getBitWidth() == 64) {
            throw unreadable(field);
        }
        // An unsigned column widens to the next signed type, which holds all its values.
        return switch (type.getIsSigned() ? type.getBitWidth() : type.getBitWidth() * 2) {
            case 8 -> DataType.INT8;
            case 16 -> DataType.INT16;
            case 32 -> DataType.INT32;
            default -> DataType.INT64;
        };
    }

    private static DataType floating(org.apache.arrow.vector.types.pojo.Field field, ArrowType.FloatingPoint type) {
        return switch (type.getPrecision()) {
            case SINGLE -> DataType.FLOAT32;
            case DOUBLE -> DataType.FLOAT64;
            case HALF -> throw unreadable(field);
        };
    }

    private static DataType decimal(org.apache.arrow.vector.types.pojo.Field field, ArrowType.Decimal type) {
        if (type.getPrecision() > 38 || type.getScale() < 0 || type.getScale() > type.getPrecision()) {
            throw unreadable(field);
        }
        return DataType.decimal(type.getPrecision(), type.getScale());
    }

    private static int timeBits(ChronoUnit unit) {
        return unit == ChronoUnit.SECONDS || unit == ChronoUnit.MILLIS ? 32 : 64;
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> ChronoUnit.SECONDS;
            case MILLISECOND -> ChronoUnit.MILLIS;
            case MICROSECOND -> ChronoUnit.MICROS;
            case NANOSECOND -> ChronoUnit.NANOS;
        };
    }

    private static TimeUnit unit(ChronoUnit unit) {
        return switch (unit) {
            case SECONDS -> TimeUnit.SECOND;
            case MILLIS -> TimeUnit.MILLISECOND;
            case MICROS -> TimeUnit.MICROSECOND;
            case NANOS -> TimeUnit.NANOSECOND;
            default -> throw new IllegalArgumentException(unit + " is no unit of a column");
        };
    }

    private static PlanException unreadable(org.apache.arrow.vector.types.pojo.Field field) {
        return new PlanException(
                "unreadable-type",
                field.getName(),
                "column '" + field.getName() + "' has the Arrow type " + field.getType() + ", which frames do not read",
                "cast it before it comes in");
    }
}
