package io.streamz.frames.internal;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * Arrow vectors to lanes: one of the two places that know Arrow's vector classes; {@link ArrowEncoder} is the other.
 *
 * <p>Bytes are copied with {@link ArrowBuf#getBytes} in blocks that stay in the nearest cache, and from there by whole arrays: half of the
 * time of a loop over a view, a fifth of that of a call per row on the vector, without any flag of the JVM.
 */
public final class ArrowDecoder {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final int BLOCK_BYTES = 1 << 14;
    private static final long MILLIS_PER_DAY = 86_400_000;

    /** One block for each thread that decodes, so that no batch makes garbage. */
    private static final ThreadLocal<Block> BLOCKS = ThreadLocal.withInitial(Block::new);

    private ArrowDecoder() {}

    static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** Fills the lane with the first {@code rows} values of the vector. */
    public static void decode(FieldVector vector, int rows, Lane into) {
        into.reset(rows);
        switch (vector.getMinorType()) {
            case BIT -> bits(vector, rows, ((LongLane) into).values());
            case TINYINT -> longs(vector, 1, rows, into, (bytes, at) -> bytes[at]);
            case SMALLINT -> longs(vector, 2, rows, into, (bytes, at) -> (short) SHORTS.get(bytes, at));
            case INT, DATEDAY, TIMESEC, TIMEMILLI -> longs(vector, 4, rows, into, (b, at) -> (int) INTS.get(b, at));
            case UINT1 -> longs(vector, 1, rows, into, (bytes, at) -> bytes[at] & 0xFF);
            case UINT2 -> longs(vector, 2, rows, into, (bytes, at) -> (short) SHORTS.get(bytes, at) & 0xFFFF);
            case UINT4 -> longs(vector, 4, rows, into, (b, at) -> (int) INTS.get(b, at) & 0xFFFF_FFFFL);
            case DATEMILLI ->
                longs(vector, 8, rows, into, (bytes, at) -> Math.floorDiv((long) LONGS.get(bytes, at), MILLIS_PER_DAY));
            case BIGINT,
                    TIMEMICRO,
                    TIMENANO,
                    TIMESTAMPSEC,
                    TIMESTAMPMILLI,
                    TIMESTAMPMICRO,
                    TIMESTAMPNANO,
                    TIMESTAMPSECTZ,
                    TIMESTAMPMILLITZ,
                    TIMESTAMPMICROTZ,
                    TIMESTAMPNANOTZ,
                    DURATION -> words(vector, rows, ((LongLane) into).values());
            case FLOAT4 -> floats(vector, rows, ((DoubleLane) into).values());
            case FLOAT8 -> doubles(vector, rows, ((DoubleLane) into).values());
            case DECIMAL -> decimals(vector, rows, (WideLane) into);
            case VARCHAR, VARBINARY -> texts(vector, rows, (TextLane) into);
            case LARGEVARCHAR, LARGEVARBINARY -> largeTexts(vector, rows, (TextLane) into);
            default -> throw new IllegalArgumentException("no decoding of " + vector.getField());
        }
        validity(vector, rows, into);
    }

    private interface LongReader {
        long read(byte[] bytes, int at);
    }

    private interface Reader {
        void read(Block block, int firstRow, int count);
    }

    /** Bytes, and the same as wider numbers. */
    private static final class Block {
        final byte[] bytes = new byte[BLOCK_BYTES];
        final IntBuffer ints = ordered().asIntBuffer();
        final LongBuffer longs = ordered().asLongBuffer();
        final DoubleBuffer doubles = ordered().asDoubleBuffer();
        long[] words = {};

        private ByteBuffer ordered() {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static void blocks(ArrowBuf data, long start, int width, int rows, Reader reader) {
        Block block = BLOCKS.get();
        int most = BLOCK_BYTES / width;
        for (int row = 0; row < rows; row += most) {
            int count = Math.min(most, rows - row);
            data.getBytes(start + (long) row * width, block.bytes, 0, count * width);
            reader.read(block, row, count);
        }
    }

    private static void longs(FieldVector vector, int width, int rows, Lane into, LongReader reader) {
        long[] values = ((LongLane) into).values();
        blocks(vector.getDataBuffer(), 0, width, rows, (block, first, count) -> {
            for (int i = 0; i < count; i++) {
                values[first + i] = reader.read(block.bytes, i * width);
            }
        });
    }

    private static void words(FieldVector vector, int rows, long[] values) {
        blocks(
                vector.getDataBuffer(),
                0,
                8,
                rows,
                (block, first, count) -> block.longs.clear().get(values, first, count));
    }

    private static void floats(FieldVector vector, int rows, double[] values) {
        blocks(vector.getDataBuffer(), 0, 4, rows, (block, first, count) -> {
            for (int i = 0; i < count; i++) {
                values[first + i] = (float) FLOATS.get(block.bytes, i << 2);
            }
        });
    }

    private static void doubles(FieldVector vector, int rows, double[] values) {
        blocks(
                vector.getDataBuffer(),
                0,
                8,
                rows,
                (block, first, count) -> block.doubles.clear().get(values, first, count));
    }

    private static void decimals(FieldVector vector, int rows, WideLane into) {
        blocks(vector.getDataBuffer(), 0, 16, rows, (block, first, count) -> {
            for (int i = 0; i < count; i++) {
                into.low()[first + i] = (long) LONGS.get(block.bytes, i << 4);
                into.high()[first + i] = (long) LONGS.get(block.bytes, (i << 4) + 8);
            }
        });
    }

    private static void bits(FieldVector vector, int rows, long[] values) {
        blocks(vector.getDataBuffer(), 0, 1, (rows + 7) >>> 3, (block, first, count) -> {
            int end = Math.min(rows, (first + count) << 3);
            for (int row = first << 3; row < end; row++) {
                values[row] = (block.bytes[(row >>> 3) - first] >>> (row & 7)) & 1L;
            }
        });
    }

    private static void texts(FieldVector vector, int rows, TextLane into) {
        if (rows == 0) {
            return;
        }
        ArrowBuf offsets = vector.getOffsetBuffer();
        int[] starts = into.starts();
        int[] lengths = into.lengths();
        int first = offsets.getInt(0);
        int end = offsets.getInt((long) rows << 2);
        blocks(offsets, 0, 4, rows, (block, row, count) -> block.ints.clear().get(starts, row, count));
        for (int row = 0; row < rows; row++) {
            int next = row + 1 < rows ? starts[row + 1] : end;
            lengths[row] = next - starts[row];
            starts[row] -= first;
        }
        textBytes(vector.getDataBuffer(), first, end - first, into);
    }

    private static void largeTexts(FieldVector vector, int rows, TextLane into) {
        if (rows == 0) {
            return;
        }
        ArrowBuf offsets = ((BaseLargeVariableWidthVector) vector).getOffsetBuffer();
        long first = offsets.getLong(0);
        for (int row = 0; row < rows; row++) {
            long start = offsets.getLong((long) row << 3);
            into.starts()[row] = Math.toIntExact(start - first);
            into.lengths()[row] = Math.toIntExact(offsets.getLong(((long) row + 1) << 3) - start);
        }
        textBytes(vector.getDataBuffer(), first, Math.toIntExact(offsets.getLong((long) rows << 3) - first), into);
    }

    private static void textBytes(ArrowBuf data, long first, int length, TextLane into) {
        byte[] bytes = into.bytes().length >= length ? into.bytes() : new byte[length];
        if (length > 0) {
            data.getBytes(first, bytes, 0, length);
        }
        into.share(bytes);
    }

    private static void validity(FieldVector vector, int rows, Lane into) {
        int nulls = rows == 0 ? 0 : vector.getNullCount();
        if (nulls == 0) {
            return;
        }
        Block block = BLOCKS.get();
        int count = Lane.words(rows);
        if (block.words.length < count) {
            block.words = new long[count];
        }
        long[] words = block.words;
        ArrowBuf bits = vector.getValidityBuffer();
        int whole = rows >>> 6;
        blocks(bits, 0, 8, whole, (b, first, some) -> b.longs.clear().get(words, first, some));
        if (whole < count) {
            bits.getBytes((long) whole << 3, block.bytes, 0, ((rows & 63) + 7) >>> 3);
            words[whole] = (long) LONGS.get(block.bytes, 0);
        }
        into.setValidity(words, nulls);
    }
}
