package io.streamz.frames.internal.text;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952), all members as one stream, from bytes that may come in any pieces: a file that is still written
 * is unpacked as far as it goes. Ending before a trailer is an error, and so are a wrong checksum, bytes behind the last
 * member that are not zero, and more than a thousand bytes from one.
 */
final class Gunzip implements Unpacker {
    private static final int PIECE = 64 << 10;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int CHECKED = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final String DAMAGED = "its gzip data is damaged";

    private final Packed packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    /** What was read and not unpacked yet: {@code bytes[from..to]}. */
    private final byte[] bytes = new byte[PIECE];

    private int from;
    private int to;
    private boolean ended;
    private boolean inMember;
    private boolean isFirst = true;
    private long packedBytes;
    private long unpackedBytes;

    Gunzip(Packed packed) {
        this.packed = packed;
    }

    static boolean isMagic(byte first, byte second) {
        return first == 0x1f && second == (byte) 0x8b;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        while (true) {
            if (!inMember && !startMember()) {
                return ended ? -1 : 0;
            }
            int count = inflate(into, at, length);
            if (count > 0) {
                return count;
            }
            if (inflater.finished() ? !endMember() : !feed()) {
                return 0;
            }
        }
    }

    private int inflate(byte[] into, int at, int length) throws IOException {
        int count;
        try {
            count = inflater.inflate(into, at, length);
        } catch (DataFormatException e) {
            throw new IOException(DAMAGED, e);
        }
        from = to - inflater.getRemaining();
        sum.update(into, at, count);
        unpackedBytes += count;
        if (unpackedBytes > FREE_BYTES && unpackedBytes / MOST_RATIO > packedBytes) {
            throw new IOException("its gzip data unpacks to more than " + MOST_RATIO + " times its size");
        }
        if (inflater.needsDictionary()) {
            throw new IOException(DAMAGED);
        }
        return count;
    }

    /** Hands more bytes to the inflater; false where there are none yet. */
    private boolean feed() throws IOException {
        from = to;
        if (!fill()) {
            return false;
        }
        checkEnd();
        inflater.setInput(bytes, from, to - from);
        return true;
    }

    /** Goes behind the next member's header; false where it is not whole yet, or the input is over. */
    private boolean startMember() throws IOException {
        skipPadding();
        while (headerLength() < 0) {
            if (to - from == PIECE) {
                throw new IOException(DAMAGED);
            }
            if (!fill()) {
                return false;
            }
            if (ended && from == to) {
                return false;
            }
            checkEnd();
            skipPadding();
        }
        from += headerLength();
        inflater.reset();
        inflater.setInput(bytes, from, to - from);
        sum.reset();
        inMember = true;
        isFirst = false;
        return true;
    }

    /** Tapes and block devices leave zeros behind the last member. */
    private void skipPadding() {
        while (!isFirst && from < to && bytes[from] == 0) {
            from++;
        }
    }

    /** How long the header is that starts here, or -1 where it is not whole. */
    private int headerLength() throws IOException {
        int length = to - from;
        if (length >= 2 && !isMagic(bytes[from], bytes[from + 1])) {
            throw new IOException("there is something else behind its gzip data");
        }
        if (length < HEADER) {
            return -1;
        }
        int flags = bytes[from + 3];
        int at = from + HEADER;
        if ((flags & EXTRA) != 0) {
            at = at + 2 > to ? to + 1 : at + 2 + (bytes[at] & 0xff) + (bytes[at + 1] & 0xff) * 256;
        }
        at = (flags & NAME) != 0 ? behindZero(at) : at;
        at = (flags & COMMENT) != 0 ? behindZero(at) : at;
        at += (flags & CHECKED) != 0 ? 2 : 0;
        return at > to ? -1 : at - from;
    }

    private int behindZero(int start) {
        int at = start;
        while (at < to && bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    /** Checks the trailer; false where it is not whole yet. */
    private boolean endMember() throws IOException {
        while (to - from < TRAILER) {
            if (!fill()) {
                return false;
            }
            checkEnd();
        }
        if (number(from) != (int) sum.getValue() || number(from + 4) != (int) inflater.getBytesWritten()) {
            throw new IOException("the checksum of its gzip data is wrong; it is damaged");
        }
        from += TRAILER;
        inMember = false;
        return true;
    }

    private int number(int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    private void checkEnd() throws IOException {
        if (ended) {
            throw new EOFException("its gzip data ends before its trailer; the file is cut off");
        }
    }

    /** Reads more; false where there is nothing yet. */
    private boolean fill() throws IOException {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
        int count = packed.read(bytes, to, PIECE - to);
        ended = count < 0;
        to += Math.max(0, count);
        packedBytes += Math.max(0, count);
        return count != 0;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
