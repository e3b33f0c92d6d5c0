package io.streamz.frames.internal.text;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Unpacks zstd (RFC 8878), all frames as one stream. Ending inside a frame is an error, and so is a frame that wants more than
 * 128 MB to look back into, which is the library's own limit, and more than a thousand bytes from one.
 */
final class Unzstd implements Unpacker {
    private static final int PIECE = 64 << 10;
    private static final byte[] FRAME = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] SKIPPED = {0x50, 0x2a, 0x4d, 0x18};

    private final Packed packed;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] piece = new byte[PIECE];
    private final ByteBuffer in = ByteBuffer.allocateDirect(PIECE).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(PIECE).flip();

    private boolean inFrame;
    /** Whether the library may hold unpacked bytes for which there was no room. */
    private boolean holdsMore;

    private boolean ended;
    private long packedBytes;
    private long unpackedBytes;

    private Unzstd(Packed packed) {
        this.packed = packed;
    }

    static boolean mayStart(byte first) {
        return first == FRAME[0] || (first & 0xf0) == SKIPPED[0];
    }

    /** Whether bytes begin a frame, or one that is to be skipped. */
    static boolean isMagic(byte[] first) {
        boolean isSkipped = (first[0] & 0xf0) == SKIPPED[0];
        byte[] magic = isSkipped ? SKIPPED : FRAME;
        return (isSkipped || first[0] == magic[0])
                && first[1] == magic[1]
                && first[2] == magic[2]
                && first[3] == magic[3];
    }

    static Unpacker open(Packed packed) throws IOException {
        try {
            return new Unzstd(packed);
        } catch (LinkageError e) {
            throw new IOException(
                    "it is packed by zstd, and com.github.luben:zstd-jni is not on the class path, or cannot start here",
                    e);
        }
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        while (!out.hasRemaining()) {
            if (!in.hasRemaining() && !holdsMore && !fill()) {
                if (ended && inFrame) {
                    throw new EOFException("its zstd data ends inside a frame; the file is cut off");
                }
                return ended ? -1 : 0;
            }
            unpack();
        }
        int count = Math.min(length, out.remaining());
        out.get(into, at, count);
        return count;
    }

    /** Unpacks what there is room for. */
    private void unpack() throws IOException {
        out.clear();
        try {
            inFrame = !context.decompressDirectByteBufferStream(out, in);
        } catch (RuntimeException e) {
            throw new IOException("its zstd data is damaged: " + e.getMessage(), e);
        } finally {
            out.flip();
        }
        holdsMore = inFrame && out.limit() == out.capacity();
        unpackedBytes += out.remaining();
        if (unpackedBytes > FREE_BYTES && unpackedBytes / MOST_RATIO > packedBytes) {
            throw new IOException("its zstd data unpacks to more than " + MOST_RATIO + " times its size");
        }
    }

    /** Reads more; false where there is nothing yet, or nothing more. */
    private boolean fill() throws IOException {
        int count = ended ? -1 : packed.read(piece, 0, PIECE);
        ended = count < 0;
        if (count <= 0) {
            return false;
        }
        packedBytes += count;
        in.clear();
        in.put(piece, 0, count).flip();
        return true;
    }

    @Override
    public void close() {
        context.close();
    }
}
