package io.streamz.test;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Java values as cells of lanes. */
final class Cells {
    private static final int MOST_DIGITS = 38;

    private Cells() {}

    /** The type that fits all values. */
    static DataType type(List<Object> values) {
        DataType type = null;
        for (Object value : values) {
            if (value == null) {
                continue;
            }
            DataType one = type(value);
            if (type == null || type.equals(one)) {
                type = one;
            } else if (type.kind() == one.kind()) {
                type = DataType.decimal(MOST_DIGITS, Math.max(type.scale(), one.scale()));
            } else if (type.kind().isNumber() && one.kind().isNumber()) {
                type = DataType.FLOAT64;
            } else {
                throw new IllegalArgumentException(type + " and " + one + " in one column: " + values);
            }
        }
        return type == null ? DataType.UTF8 : type;
    }

    private static DataType type(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return DataType.FLOAT64;
        }
        if (value instanceof BigDecimal decimal) {
            return DataType.decimal(MOST_DIGITS, Math.max(0, decimal.scale()));
        }
        if (value instanceof Number) {
            return DataType.INT64;
        }
        if (value instanceof Boolean) {
            return DataType.BOOL;
        }
        if (value instanceof String) {
            return DataType.UTF8;
        }
        if (value instanceof byte[]) {
            return DataType.BINARY;
        }
        return timeType(value);
    }

    private static DataType timeType(Object value) {
        if (value instanceof LocalDate) {
            return DataType.DATE;
        }
        if (value instanceof LocalTime) {
            return DataType.time(ChronoUnit.NANOS);
        }
        if (value instanceof Instant) {
            return DataType.timestamp(ChronoUnit.NANOS);
        }
        if (value instanceof Duration) {
            return DataType.duration(ChronoUnit.NANOS);
        }
        throw new IllegalArgumentException(value + " of " + value.getClass() + " is no cell");
    }

    static void write(Object value, DataType type, Lane lane, int row) {
        if (value == null) {
            lane.setNull(row);
        }
        if (lane instanceof TextLane text) {
            byte[] bytes = bytes(value);
            text.set(row, bytes, 0, bytes.length);
        } else if (value == null) {
            return;
        } else if (lane instanceof DoubleLane doubles) {
            doubles.values()[row] = ((Number) value).doubleValue();
        } else if (lane instanceof WideLane wide) {
            BigInteger unscaled =
                    new BigDecimal(value.toString()).setScale(type.scale()).unscaledValue();
            wide.low()[row] = unscaled.longValue();
            wide.high()[row] = unscaled.shiftRight(Long.SIZE).longValue();
        } else {
            ((LongLane) lane).values()[row] = units(value, type);
        }
    }

    private static byte[] bytes(Object value) {
        if (value == null) {
            return new byte[0];
        }
        return value instanceof byte[] bytes ? bytes : ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    private static long units(Object value, DataType type) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        Duration since = value instanceof Instant instant
                ? Duration.between(Instant.EPOCH, instant)
                : value instanceof LocalTime time ? Duration.ofNanos(time.toNanoOfDay()) : (Duration) value;
        return since.dividedBy(type.unit().getDuration());
    }

    /** Tables of one schema as one, in their order. */
    static Table joined(Schema schema, List<Table> parts) {
        int rows = parts.stream().mapToInt(Table::rows).sum();
        Lane[] lanes = new Lane[schema.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = schema.type(column).kind().lane();
            lanes[column].reset(rows);
            int at = 0;
            for (Table part : parts) {
                for (int row = 0; row < part.rows(); row++) {
                    write(part.value(row, schema.field(column).name()), schema.type(column), lanes[column], at++);
                }
            }
        }
        try (RecordBatch batch = RecordBatch.of(schema, lanes)) {
            return Table.of(batch);
        }
    }
}
