package io.streamz.frames.internal.ipc;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.ipc.IpcBody.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Decodes one flat column, or one dictionary, from the buffers of a body. */
final class IpcColumn {
    private static final long MILLIS_PER_DAY = 86_400_000;

    private final ArrowType arrow;
    private final DataType type;

    IpcColumn(ArrowType arrow, DataType type) {
        this.arrow = arrow;
        this.type = type;
    }

    /** A lane for the values. */
    Lane lane() {
        return type.kind().lane();
    }

    /** Decodes the rows {@code from..from + count} of the column whose node and first buffer are given. */
    void decode(IpcBody body, int node, int buffer, int from, int count, Lane into) throws IOException {
        boolean hasNulls = body.hasNulls(node);
        into.reset(count);
        if (arrow.getTypeID() == ArrowType.ArrowTypeID.Null) {
            into.setAllNull();
            return;
        }
        if (hasNulls) {
            validity(body.buffer(buffer), from, count, into);
        }
        if (into instanceof TextLane text) {
            texts(body, buffer, from, count, text);
        } else {
            numbers(body.buffer(buffer + 1), from, count, into);
        }
    }

    private static void validity(Slice bits, int from, int count, Lane into) throws IOException {
        if (bits.length() == 0) {
            return;
        }
        bits.need(((long) from + count + 7) >>> 3);
        for (int row = 0; row < count; row++) {
            int at = from + row;
            if ((bits.bytes()[bits.from() + (at >>> 3)] >>> (at & 7) & 1) == 0) {
                into.setNull(row);
            }
        }
    }

    private void texts(IpcBody body, int buffer, int from, int count, TextLane into) throws IOException {
        if (arrow instanceof ArrowType.FixedSizeBinary fixed) {
            Slice data = body.buffer(buffer + 1);
            data.need(((long) from + count) * fixed.getByteWidth());
            into.share(data.bytes());
            for (int row = 0; row < count; row++) {
                into.starts()[row] = data.from() + (from + row) * fixed.getByteWidth();
                into.lengths()[row] = fixed.getByteWidth();
            }
            return;
        }
        boolean isLarge = arrow.getTypeID() == ArrowType.ArrowTypeID.LargeUtf8
                || arrow.getTypeID() == ArrowType.ArrowTypeID.LargeBinary;
        Slice offsets = body.buffer(buffer + 1);
        Slice data = body.buffer(buffer + 2);
        int width = isLarge ? Long.BYTES : Integer.BYTES;
        if (count == 0) {
            return;
        }
        offsets.need(((long) from + count + 1) * width);
        ByteBuffer places = little(offsets);
        into.share(data.bytes());
        long start = place(places, offsets.from(), from, isLarge);
        for (int row = 0; row < count; row++) {
            long end = place(places, offsets.from(), from + row + 1, isLarge);
            if (start < 0 || end < start || end > data.length()) {
                throw new IOException("a text claims the bytes " + start + " to " + end + " of " + data.length());
            }
            into.starts()[row] = data.from() + (int) start;
            into.lengths()[row] = (int) (end - start);
            start = end;
        }
    }

    private static ByteBuffer little(Slice slice) {
        return ByteBuffer.wrap(slice.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long place(ByteBuffer places, int base, int row, boolean isLarge) {
        return isLarge ? places.getLong(base + row * Long.BYTES) : places.getInt(base + row * Integer.BYTES);
    }

    private void numbers(Slice data, int from, int count, Lane into) throws IOException {
        int bits = bits();
        data.need(((long) from + count) * bits + 7 >>> 3);
        ByteBuffer in = little(data);
        int base = data.from() + (bits == 1 ? 0 : from * (bits >>> 3));
        if (into instanceof LongLane longs) {
            longs(in, base, from, count, bits, longs.values());
        } else if (into instanceof DoubleLane doubles) {
            doubles(in, base, count, bits, doubles.values());
        } else {
            decimals(in, base, count, bits, (WideLane) into);
        }
    }

    private int bits() throws IOException {
        return switch (arrow.getTypeID()) {
            case Bool -> 1;
            case Int -> width(((ArrowType.Int) arrow).getBitWidth());
            case FloatingPoint ->
                switch (((ArrowType.FloatingPoint) arrow).getPrecision()) {
                    case HALF -> 16;
                    case SINGLE -> 32;
                    case DOUBLE -> 64;
                };
            case Decimal -> width(((ArrowType.Decimal) arrow).getBitWidth());
            case Date -> ((ArrowType.Date) arrow).getUnit() == DateUnit.DAY ? 32 : 64;
            case Time -> width(((ArrowType.Time) arrow).getBitWidth());
            default -> 64;
        };
    }

    private static int width(int bits) throws IOException {
        if (bits != 8 && bits != 16 && bits != 32 && bits != 64 && bits != 128) {
            throw new IOException("a column claims to have numbers of " + bits + " bits");
        }
        return bits;
    }

    private void longs(ByteBuffer in, int base, int from, int count, int bits, long[] into) {
        boolean isUnsigned = arrow instanceof ArrowType.Int number && !number.getIsSigned();
        switch (bits) {
            case 1 -> {
                for (int row = 0; row < count; row++) {
                    int at = from + row;
                    into[row] = in.get(base + (at >>> 3)) >>> (at & 7) & 1L;
                }
            }
            case 8 -> {
                for (int row = 0; row < count; row++) {
                    into[row] = isUnsigned ? in.get(base + row) & 0xFF : in.get(base + row);
                }
            }
            case 16 -> {
                for (int row = 0; row < count; row++) {
                    short value = in.getShort(base + 2 * row);
                    into[row] = isUnsigned ? value & 0xFFFF : value;
                }
            }
            case 32 -> {
                for (int row = 0; row < count; row++) {
                    int value = in.getInt(base + 4 * row);
                    into[row] = isUnsigned ? value & 0xFFFF_FFFFL : value;
                }
            }
            default -> {
                for (int row = 0; row < count; row++) {
                    into[row] = in.getLong(base + 8 * row);
                }
            }
        }
        if (type.kind() == Kind.DATE && bits == 64) {
            for (int row = 0; row < count; row++) {
                into[row] = Math.floorDiv(into[row], MILLIS_PER_DAY);
            }
        }
    }

    private static void doubles(ByteBuffer in, int base, int count, int bits, double[] into) {
        for (int row = 0; row < count; row++) {
            into[row] = switch (bits) {
                case 16 -> half(in.getShort(base + 2 * row));
                case 32 -> in.getFloat(base + 4 * row);
                default -> in.getDouble(base + 8 * row);
            };
        }
    }

    /** A float of 16 bits, IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
    private static double half(short value) {
        int exponent = value >> 10 & 31;
        int fraction = value & 1023;
        double size = switch (exponent) {
            case 0 -> Math.scalb((double) fraction, -24);
            case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (fraction + 1024), exponent - 25);
        };
        return value >= 0 ? size : -size;
    }

    private static void decimals(ByteBuffer in, int base, int count, int bits, WideLane into) {
        for (int row = 0; row < count; row++) {
            long low = switch (bits) {
                case 32 -> in.getInt(base + 4 * row);
                case 64 -> in.getLong(base + 8 * row);
                default -> in.getLong(base + 16 * row);
            };
            into.low()[row] = low;
            into.high()[row] = bits == 128 ? in.getLong(base + 16 * row + 8) : low >> 63;
        }
    }
}
