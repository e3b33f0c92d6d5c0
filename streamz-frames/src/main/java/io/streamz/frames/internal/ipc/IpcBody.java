package io.streamz.frames.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/** The buffers of one record batch or dictionary, each held against the body and unpacked when it is asked for. */
final class IpcBody {
    private static final Slice EMPTY = new Slice(new byte[0], 0, 0);
    private static final int MOST_RATIO = 1000;
    private static final int FREE_BYTES = 10 << 20;
    /** So many rows may take no bytes at all, as those of a null column; above, a row takes a bit at the least. */
    private static final long FREE_ROWS = 1 << 20;

    private static final long MOST_ROWS = Integer.MAX_VALUE - 64;

    private final RecordBatch batch;
    private final byte[] body;
    private final BodyCompression compression;
    private final Slice[] buffers;

    /** Bytes {@code from..from + length} of an array. */
    record Slice(byte[] bytes, int from, int length) {
        /** Throws where there are fewer bytes than a column needs. */
        void need(long wanted) throws IOException {
            if (wanted > length) {
                throw new IOException("a buffer has " + length + " bytes, and " + wanted + " are needed");
            }
        }
    }

    IpcBody(RecordBatch batch, byte[] body) throws IOException {
        this.batch = batch;
        this.body = body;
        this.compression = batch.compression();
        int count = batch.buffersLength();
        // A buffer is described by sixteen bytes of the header, so there cannot be more of them than that has.
        if (count < 0 || count > batch.getByteBuffer().capacity() / 16) {
            throw new IOException("a batch claims to have " + count + " buffers");
        }
        this.buffers = new Slice[count];
        long most = Math.max(FREE_ROWS, 8L * body.length * (compression == null ? 1 : MOST_RATIO));
        if (batch.length() < 0 || batch.length() > Math.min(most, MOST_ROWS)) {
            throw new IOException("a batch claims to have " + batch.length() + " rows in " + body.length + " bytes");
        }
    }

    int rows() {
        return (int) batch.length();
    }

    /** Whether a column has nulls; its rows must be those of the batch. */
    boolean hasNulls(int node) throws IOException {
        if (node >= batch.nodesLength()) {
            throw new IOException("a batch has fewer columns than the schema");
        }
        FieldNode found = batch.nodes(node);
        if (found.length() != batch.length()) {
            throw new IOException("a column has " + found.length() + " rows, its batch " + batch.length());
        }
        return found.nullCount() != 0;
    }

    /** How many buffers of views the n-th column of views has. */
    int variadic(int view) throws IOException {
        if (view >= batch.variadicBufferCountsLength()) {
            throw new IOException("a batch has fewer counts of buffers than columns of views");
        }
        return Math.toIntExact(batch.variadicBufferCounts(view));
    }

    Slice buffer(int index) throws IOException {
        if (index >= buffers.length) {
            throw new IOException("a batch has fewer buffers than its columns need");
        }
        if (buffers[index] == null) {
            Buffer found = batch.buffers(index);
            long from = found.offset();
            long length = found.length();
            if (from < 0 || length < 0 || length > body.length - from) {
                throw new IOException(
                        "a buffer claims " + length + " bytes at " + from + " of a body of " + body.length);
            }
            Slice packed = length == 0 ? EMPTY : new Slice(body, (int) from, (int) length);
            buffers[index] = compression == null || length == 0 ? packed : unpacked(packed);
        }
        return buffers[index];
    }

    private Slice unpacked(Slice packed) throws IOException {
        packed.need(Long.BYTES);
        ByteBuffer in =
                ByteBuffer.wrap(packed.bytes, packed.from, packed.length).order(ByteOrder.LITTLE_ENDIAN);
        long size = in.getLong();
        int from = packed.from + Long.BYTES;
        int length = packed.length - Long.BYTES;
        if (size == -1) {
            return new Slice(packed.bytes, from, length);
        }
        if (size < 0 || size > Integer.MAX_VALUE - 64 || size > FREE_BYTES && size / MOST_RATIO > length) {
            throw new IOException("a buffer claims to unpack from " + length + " to " + size + " bytes");
        }
        byte[] out = new byte[(int) size];
        if (compression.codec() == CompressionType.LZ4_FRAME) {
            Lz4Frame.unpack(packed.bytes, from, from + length, out);
        } else if (compression.codec() == CompressionType.ZSTD) {
            ZstdBlock.unpack(packed.bytes, from, length, out);
        } else {
            throw new IOException("its buffers are packed in an unknown way");
        }
        return new Slice(out, 0, out.length);
    }
}
