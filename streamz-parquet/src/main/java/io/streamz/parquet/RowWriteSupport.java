package io.streamz.parquet;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.core.DataException;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Gives the cells of one row of the present batch to Parquet's record consumer. */
final class RowWriteSupport extends WriteSupport<Integer> {
    private static final int DECIMAL_BYTES = 16;
    private static final long MILLIS = 1000;

    private Schema schema;
    private Lane[] lanes;
    private RecordConsumer consumer;

    void schema(Schema columns) {
        schema = columns;
        lanes = new Lane[columns.size()];
    }

    void rows(RecordBatch rows) {
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = rows.lane(column);
        }
    }

    @Override
    @SuppressWarnings("deprecation") // Abstract there, and never called.
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    private WriteContext context() {
        Type[] types = schema.fields().stream()
                .map(field -> ColumnTypes.parquet(field.name(), field.type()))
                .toArray(Type[]::new);
        return new WriteContext(new MessageType("rows", types), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Integer row) {
        consumer.startMessage();
        for (int column = 0; column < lanes.length; column++) {
            if (!lanes[column].isNull(row)) {
                String name = schema.field(column).name();
                consumer.startField(name, column);
                write(schema.type(column), lanes[column], row);
                consumer.endField(name, column);
            }
        }
        consumer.endMessage();
    }

    private void write(DataType type, Lane lane, int row) {
        switch (type.kind()) {
            case BOOL -> consumer.addBoolean(number(lane, row) != 0);
            case INT -> {
                if (type.bits() == 64) {
                    consumer.addLong(number(lane, row));
                } else {
                    consumer.addInteger((int) number(lane, row));
                }
            }
            case DATE -> consumer.addInteger(Math.toIntExact(number(lane, row)));
            case TIME -> {
                if (ColumnTypes.isMillis(type)) {
                    consumer.addInteger((int) millis(type, lane, row));
                } else {
                    consumer.addLong(number(lane, row));
                }
            }
            case TIMESTAMP -> consumer.addLong(millis(type, lane, row));
            case DURATION -> consumer.addLong(number(lane, row));
            case FLOAT -> {
                double value = ((DoubleLane) lane).values()[row];
                if (type.bits() == 32) {
                    consumer.addFloat((float) value);
                } else {
                    consumer.addDouble(value);
                }
            }
            case DECIMAL ->
                consumer.addBinary(Binary.fromConstantByteArray(ByteBuffer.allocate(DECIMAL_BYTES)
                        .putLong(((WideLane) lane).high()[row])
                        .putLong(((WideLane) lane).low()[row])
                        .array()));
            case TEXT, BINARY -> {
                TextLane text = (TextLane) lane;
                consumer.addBinary(Binary.fromReusedByteArray(text.bytes(), text.starts()[row], text.lengths()[row]));
            }
        }
    }

    private static long number(Lane lane, int row) {
        return ((LongLane) lane).values()[row];
    }

    /** The value in its unit, or in milliseconds where the unit is seconds. */
    private static long millis(DataType type, Lane lane, int row) {
        long value = number(lane, row);
        if (type.unit() != ChronoUnit.SECONDS) {
            return value;
        }
        try {
            return Math.multiplyExact(value, MILLIS);
        } catch (ArithmeticException e) {
            throw new DataException(
                    "overflow", "", value + " seconds do not fit into milliseconds, and Parquet has no seconds", "", e);
        }
    }
}
