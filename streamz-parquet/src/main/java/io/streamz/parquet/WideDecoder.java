package io.streamz.parquet;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.WideLane;
import java.nio.ByteBuffer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Decimals, stored as integers or as big-endian bytes, and unsigned integers of 64 bits. */
final class WideDecoder implements Decoder {
    private static final int WIDTH = 16;

    private final PrimitiveTypeName stored;
    private final boolean isUnsigned;
    private long[] high;
    private long[] low;
    private long[] highs = {};
    private long[] lows = {};

    WideDecoder(PrimitiveType column) {
        stored = column.getPrimitiveTypeName();
        isUnsigned = !(column.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation);
    }

    @Override
    public void begin(Lane lane) {
        high = ((WideLane) lane).high();
        low = ((WideLane) lane).low();
    }

    @Override
    public void dictionary(Dictionary from) {
        highs = new long[from.getMaxId() + 1];
        lows = new long[highs.length];
        for (int code = 0; code < highs.length; code++) {
            switch (stored) {
                case INT32 -> set(highs, lows, code, from.decodeToInt(code));
                case INT64 -> set(highs, lows, code, from.decodeToLong(code));
                default -> set(highs, lows, code, from.decodeToBinary(code));
            }
        }
    }

    @Override
    public void plain(ValuesReader in, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            switch (stored) {
                case INT32 -> set(high, low, rows[i], in.readInteger());
                case INT64 -> set(high, low, rows[i], in.readLong());
                default -> set(high, low, rows[i], in.readBytes());
            }
        }
    }

    @Override
    public void coded(int[] codes, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            high[rows[i]] = highs[codes[i]];
            low[rows[i]] = lows[codes[i]];
        }
    }

    private void set(long[] highInto, long[] lowInto, int at, long value) {
        highInto[at] = isUnsigned ? 0 : value >> 63;
        lowInto[at] = value;
    }

    private static void set(long[] highInto, long[] lowInto, int at, Binary value) {
        ByteBuffer bytes = value.toByteBuffer().slice();
        int length = bytes.remaining();
        long sign = length > 0 && bytes.get(0) < 0 ? -1 : 0;
        long highBits = sign;
        long lowBits = sign;
        for (int i = 0; i < length; i++) {
            if (i < length - WIDTH && bytes.get(i) != (byte) sign) {
                throw new ArithmeticException("a decimal has more than 38 digits");
            }
            highBits = highBits << 8 | lowBits >>> 56;
            lowBits = lowBits << 8 | bytes.get(i) & 0xFF;
        }
        highInto[at] = highBits;
        lowInto[at] = lowBits;
    }
}
