package io.streamz.parquet;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Booleans, integers, dates and times. */
final class LongDecoder implements Decoder {
    private static final long JULIAN_EPOCH = 2_440_588;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private final PrimitiveTypeName stored;
    /** The bits of an int32 that count: fewer than all where it is unsigned. */
    private final long mask;

    private long[] values;
    private long[] dictionary = {};

    LongDecoder(PrimitiveType column) {
        stored = column.getPrimitiveTypeName();
        boolean isUnsigned =
                column.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation type && !type.isSigned();
        mask = isUnsigned && stored == PrimitiveTypeName.INT32 ? 0xFFFF_FFFFL : -1;
    }

    @Override
    public void begin(Lane lane) {
        values = ((LongLane) lane).values();
    }

    @Override
    public void dictionary(Dictionary from) {
        dictionary = new long[from.getMaxId() + 1];
        for (int code = 0; code < dictionary.length; code++) {
            dictionary[code] = switch (stored) {
                case INT32 -> from.decodeToInt(code) & mask;
                case INT64 -> from.decodeToLong(code);
                case BOOLEAN -> from.decodeToBoolean(code) ? 1 : 0;
                default -> nanos(from.decodeToBinary(code));
            };
        }
    }

    @Override
    public void plain(ValuesReader in, int[] rows, int count) {
        long[] into = values;
        switch (stored) {
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    into[rows[i]] = in.readInteger() & mask;
                }
            }
            case INT64 -> {
                for (int i = 0; i < count; i++) {
                    into[rows[i]] = in.readLong();
                }
            }
            case BOOLEAN -> {
                for (int i = 0; i < count; i++) {
                    into[rows[i]] = in.readBoolean() ? 1 : 0;
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    into[rows[i]] = nanos(in.readBytes());
                }
            }
        }
    }

    @Override
    public void coded(int[] codes, int[] rows, int count) {
        long[] into = values;
        long[] from = dictionary;
        for (int i = 0; i < count; i++) {
            into[rows[i]] = from[codes[i]];
        }
    }

    /** An int96: the nanoseconds of the day, then the number of the Julian day. */
    private static long nanos(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        long day = bytes.getInt(8) - JULIAN_EPOCH;
        try {
            return Math.addExact(Math.multiplyExact(day, NANOS_PER_DAY), bytes.getLong(0));
        } catch (ArithmeticException e) {
            throw new ArithmeticException(
                    "an int96 time is outside of the years 1677 to 2262, which nanoseconds can tell");
        }
    }
}
