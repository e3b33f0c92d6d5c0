package io.streamz.frames.internal.text;

import java.io.IOException;

/** Unpacks bytes that may come in any pieces: a file that is still written is unpacked as far as it goes. */
interface Unpacker extends AutoCloseable {
    /** The most bytes that tell how a file is packed. */
    int MAGIC = 4;

    /** Deflate cannot pack better than 1 : 1032, and nothing that people write comes near, whatever packs it. */
    long MOST_RATIO = 1000;

    /** So many bytes are given before the ratio is looked at. */
    long FREE_BYTES = 10 << 20;

    /** Where the packed bytes come from: their number, 0 when there are none yet, -1 at the end. */
    interface Packed {
        int read(byte[] into, int at, int length) throws IOException;
    }

    /** Reads unpacked bytes: their number, 0 when there are none yet, -1 at the end. */
    int read(byte[] into, int at, int length) throws IOException;

    @Override
    void close();

    /**
     * How many of its first bytes tell how a file is packed: one where the first says that it is not.
     *
     * @param first the first byte
     */
    static int needed(byte first) {
        return Unzstd.mayStart(first) ? MAGIC : 2;
    }

    /** The unpacker of a file that begins with these bytes, or null where it is not packed. */
    static Unpacker of(byte[] first, int count, Packed packed) throws IOException {
        if (count >= 2 && Gunzip.isMagic(first[0], first[1])) {
            return new Gunzip(packed);
        }
        return count >= MAGIC && Unzstd.isMagic(first) ? Unzstd.open(packed) : null;
    }
}
