package io.streamz.frames.internal.ipc;

import com.google.flatbuffers.FlatBufferBuilder;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.RowsWriter;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.Types;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;

/** Writes batches as Arrow IPC from their lanes: a message for the schema, one for each batch, and for a file a footer. */
public final class IpcWriter implements RowsWriter {
    private static final int ALIGNMENT = 8;
    private static final byte[] PADDING = new byte[ALIGNMENT];
    private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

    private final boolean isFile;
    private final List<Place> places = new ArrayList<>();
    private Schema schema;
    private org.apache.arrow.vector.types.pojo.Schema arrow;
    private OutputStream out;
    private long position;

    /** Where a batch stands. */
    private record Place(long offset, int header, long body) {}

    private IpcWriter(boolean isFile) {
        this.isFile = isFile;
    }

    /** Writes the form of files, which ends with a footer. */
    public static IpcWriter file() {
        return new IpcWriter(true);
    }

    /** Writes the form of streams. */
    public static IpcWriter stream() {
        return new IpcWriter(false);
    }

    @Override
    public void begin(Schema columns, OutputStream stream) throws IOException {
        schema = columns;
        arrow = Types.arrow(columns);
        out = stream;
        if (isFile) {
            put(IpcFormat.MAGIC);
            put(new byte[ALIGNMENT - IpcFormat.MAGIC.length]);
        }
        FlatBufferBuilder builder = new FlatBufferBuilder();
        message(builder, MessageHeader.Schema, arrow.getSchema(builder), 0);
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        List<byte[]> buffers = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            Lane lane = rows.lane(column);
            buffers.add(validity(lane));
            values(schema.type(column), lane, buffers);
        }
        long length =
                buffers.stream().mapToLong(buffer -> padded(buffer.length)).sum();
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int batch = batch(builder, rows, buffers);
        long offset = position;
        int header = message(builder, MessageHeader.RecordBatch, batch, length);
        for (byte[] buffer : buffers) {
            put(buffer);
            pad();
        }
        places.add(new Place(offset, header, length));
    }

    private int batch(FlatBufferBuilder builder, RecordBatch rows, List<byte[]> buffers) {
        org.apache.arrow.flatbuf.RecordBatch.startNodesVector(builder, schema.size());
        for (int column = schema.size() - 1; column >= 0; column--) {
            FieldNode.createFieldNode(builder, rows.rows(), rows.lane(column).nullCount());
        }
        int nodes = builder.endVector();
        long at = buffers.stream().mapToLong(buffer -> padded(buffer.length)).sum();
        org.apache.arrow.flatbuf.RecordBatch.startBuffersVector(builder, buffers.size());
        for (int i = buffers.size() - 1; i >= 0; i--) {
            at -= padded(buffers.get(i).length);
            Buffer.createBuffer(builder, at, buffers.get(i).length);
        }
        int places = builder.endVector();
        return org.apache.arrow.flatbuf.RecordBatch.createRecordBatch(builder, rows.rows(), nodes, places, 0, 0);
    }

    /** Writes the header of a message, and gives its length with all that stands before the body. */
    private int message(FlatBufferBuilder builder, byte kind, int content, long bodyLength) throws IOException {
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, kind, content, bodyLength, 0));
        byte[] header = builder.sizedByteArray();
        int length = (int) padded(header.length);
        byte[] start = new byte[ALIGNMENT];
        little(start).putInt(-1).putInt(length);
        put(start);
        put(header);
        pad();
        return length + ALIGNMENT;
    }

    @Override
    public void end() throws IOException {
        put(END);
        if (!isFile) {
            return;
        }
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int content = arrow.getSchema(builder);
        Footer.startRecordBatchesVector(builder, places.size());
        for (int i = places.size() - 1; i >= 0; i--) {
            Place place = places.get(i);
            Block.createBlock(builder, place.offset, place.header, place.body);
        }
        int batches = builder.endVector();
        Footer.startDictionariesVector(builder, 0);
        int dictionaries = builder.endVector();
        builder.finish(Footer.createFooter(builder, MetadataVersion.V5, content, dictionaries, batches, 0));
        byte[] footer = builder.sizedByteArray();
        put(footer);
        byte[] length = new byte[Integer.BYTES];
        little(length).putInt(footer.length);
        put(length);
        put(IpcFormat.MAGIC);
    }

    private static long padded(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes, 0, bytes.length);
        position += bytes.length;
    }

    private void pad() throws IOException {
        int rest = (int) (padded(position) - position);
        out.write(PADDING, 0, rest);
        position += rest;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] validity(Lane lane) {
        if (lane.nullCount() == 0) {
            return new byte[0];
        }
        byte[] bits = new byte[lane.size() + 7 >>> 3];
        for (int row = 0; row < lane.size(); row++) {
            bits[row >>> 3] |= (byte) (lane.isNull(row) ? 0 : 1 << (row & 7));
        }
        return bits;
    }

    private static void values(DataType type, Lane lane, List<byte[]> buffers) {
        if (lane instanceof LongLane longs) {
            buffers.add(longs(type, longs));
        } else if (lane instanceof DoubleLane doubles) {
            buffers.add(doubles(type, doubles));
        } else if (lane instanceof WideLane wide) {
            byte[] bytes = new byte[Math.multiplyExact(lane.size(), 2 * Long.BYTES)];
            ByteBuffer into = little(bytes);
            for (int row = 0; row < lane.size(); row++) {
                into.putLong(wide.low()[row]).putLong(wide.high()[row]);
            }
            buffers.add(bytes);
        } else {
            texts((TextLane) lane, buffers);
        }
    }

    private static byte[] doubles(DataType type, DoubleLane lane) {
        byte[] bytes = new byte[Math.multiplyExact(lane.size(), type.bits() >>> 3)];
        ByteBuffer into = little(bytes);
        for (int row = 0; row < lane.size(); row++) {
            if (type.bits() == 32) {
                into.putFloat((float) lane.values()[row]);
            } else {
                into.putDouble(lane.values()[row]);
            }
        }
        return bytes;
    }

    private static byte[] longs(DataType type, LongLane lane) {
        long[] values = lane.values();
        int rows = lane.size();
        if (type.kind() == Kind.BOOL) {
            byte[] bits = new byte[rows + 7 >>> 3];
            for (int row = 0; row < rows; row++) {
                bits[row >>> 3] |= (byte) ((values[row] & 1) << (row & 7));
            }
            return bits;
        }
        int width = width(type);
        byte[] bytes = new byte[Math.multiplyExact(rows, width)];
        ByteBuffer into = little(bytes);
        for (int row = 0; row < rows; row++) {
            switch (width) {
                case 1 -> into.put((byte) values[row]);
                case 2 -> into.putShort((short) values[row]);
                case 4 -> into.putInt((int) values[row]);
                default -> into.putLong(values[row]);
            }
        }
        return bytes;
    }

    private static int width(DataType type) {
        return switch (type.kind()) {
            case INT -> type.bits() >>> 3;
            case DATE -> Integer.BYTES;
            case TIME ->
                type.unit() == ChronoUnit.SECONDS || type.unit() == ChronoUnit.MILLIS ? Integer.BYTES : Long.BYTES;
            default -> Long.BYTES;
        };
    }

    private static void texts(TextLane lane, List<byte[]> buffers) {
        byte[] ends = new byte[Math.multiplyExact(lane.size() + 1, Integer.BYTES)];
        ByteBuffer offsets = little(ends);
        int total = 0;
        offsets.putInt(0);
        for (int row = 0; row < lane.size(); row++) {
            total = lane.isNull(row) ? total : Math.addExact(total, lane.lengths()[row]);
            offsets.putInt(total);
        }
        byte[] bytes = new byte[total];
        int at = 0;
        for (int row = 0; row < lane.size(); row++) {
            if (!lane.isNull(row)) {
                System.arraycopy(lane.bytes(), lane.starts()[row], bytes, at, lane.lengths()[row]);
                at += lane.lengths()[row];
            }
        }
        buffers.add(ends);
        buffers.add(bytes);
    }
}
