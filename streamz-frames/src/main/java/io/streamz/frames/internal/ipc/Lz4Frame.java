package io.streamz.frames.internal.ipc;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Unpacks an LZ4 frame (format 1.6) into an array that it fills. Blocks may look back into those before. The checksums are of
 * xxHash, which the JDK has not, and are not looked at.
 */
final class Lz4Frame {
    private static final int MAGIC = 0x184D2204;
    private static final int HAS_SIZE = 8;
    private static final int HAS_DICTIONARY = 1;
    private static final int HAS_BLOCK_CHECKSUMS = 16;
    private static final int LEAST_MATCH = 4;
    private static final String DAMAGED = "its LZ4 data is damaged";

    private final byte[] out;
    private int done;

    private Lz4Frame(byte[] out) {
        this.out = out;
    }

    static void unpack(byte[] packed, int from, int to, byte[] out) throws IOException {
        try {
            Lz4Frame frame = new Lz4Frame(out);
            frame.blocks(ByteBuffer.wrap(packed, from, to - from).order(ByteOrder.LITTLE_ENDIAN));
            if (frame.done != out.length) {
                throw new IOException(DAMAGED);
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException(DAMAGED, e);
        }
    }

    private void blocks(ByteBuffer in) throws IOException {
        if (in.getInt() != MAGIC) {
            throw new IOException(DAMAGED);
        }
        int flags = in.get();
        in.get();
        skip(in, ((flags & HAS_SIZE) != 0 ? 8 : 0) + ((flags & HAS_DICTIONARY) != 0 ? 4 : 0) + 1);
        for (int size = in.getInt(); size != 0; size = in.getInt()) {
            int length = size & Integer.MAX_VALUE;
            if (length > in.remaining()) {
                throw new IOException(DAMAGED);
            }
            if (size < 0) {
                in.get(out, done, length);
                done += length;
            } else {
                block(in.array(), in.arrayOffset() + in.position(), in.arrayOffset() + in.position() + length);
                skip(in, length);
            }
            skip(in, (flags & HAS_BLOCK_CHECKSUMS) != 0 ? 4 : 0);
        }
    }

    private static void skip(ByteBuffer in, int count) {
        in.position(in.position() + count);
    }

    private void block(byte[] in, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            int token = in[at++] & 0xFF;
            int literals = token >> 4;
            if (literals == 15) {
                int more;
                do {
                    more = in[at++] & 0xFF;
                    literals = Math.addExact(literals, more);
                } while (more == 255);
            }
            if (literals > to - at) {
                throw new IOException(DAMAGED);
            }
            System.arraycopy(in, at, out, done, literals);
            at += literals;
            done += literals;
            if (at == to) {
                return;
            }
            int distance = in[at] & 0xFF | (in[at + 1] & 0xFF) << 8;
            at += 2;
            int length = (token & 15) + LEAST_MATCH;
            if ((token & 15) == 15) {
                int more;
                do {
                    more = in[at++] & 0xFF;
                    length = Math.addExact(length, more);
                } while (more == 255);
            }
            match(distance, length);
        }
    }

    /** Repeats what was written; the copy may run into what it writes. */
    private void match(int distance, int length) throws IOException {
        if (distance == 0 || distance > done || length > out.length - done) {
            throw new IOException(DAMAGED);
        }
        for (int i = 0; i < length; i++) {
            out[done] = out[done - distance];
            done++;
        }
    }
}
