package io.streamz.frames.internal.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What is remembered of the bytes before an offset, to know the same file again: the first and the last 4,096 of them. Kept
 * from what was read, not read again, because the file may have become another one in between.
 */
final class Trail {
    private static final int LENGTH = 4096;

    private final byte[] head = new byte[LENGTH];
    private final byte[] tail = new byte[LENGTH];
    private long offset;

    /** How many bytes were added. */
    long offset() {
        return offset;
    }

    void clear() {
        offset = 0;
    }

    /** Adds the bytes that follow. */
    void add(byte[] bytes, int from, int to) {
        int length = to - from;
        if (offset < LENGTH) {
            System.arraycopy(bytes, from, head, (int) offset, Math.min(length, LENGTH - (int) offset));
        }
        int fresh = Math.min(length, LENGTH);
        int kept = (int) Math.min(LENGTH - fresh, offset);
        System.arraycopy(tail, size() - kept, tail, 0, kept);
        System.arraycopy(bytes, to - fresh, tail, kept, fresh);
        offset += length;
    }

    private int size() {
        return (int) Math.min(offset, LENGTH);
    }

    void copy(Trail other) {
        System.arraycopy(other.head, 0, head, 0, LENGTH);
        System.arraycopy(other.tail, 0, tail, 0, LENGTH);
        offset = other.offset;
    }

    /** Takes the bytes before an offset from a file; whether it is that long. */
    boolean load(FileChannel channel, long until) throws IOException {
        offset = until;
        int size = size();
        return read(channel, 0, head, size) && read(channel, until - size, tail, size);
    }

    /** Whether a file still has these bytes in their place. */
    boolean isIn(FileChannel channel) throws IOException {
        int size = size();
        byte[] there = new byte[size];
        return channel.size() >= offset
                && read(channel, 0, there, size)
                && Arrays.equals(there, 0, size, head, 0, size)
                && read(channel, offset - size, there, size)
                && Arrays.equals(there, 0, size, tail, 0, size);
    }

    private static boolean read(FileChannel channel, long from, byte[] into, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The last of the bytes; there is one. */
    byte last() {
        return tail[size() - 1];
    }

    /** The checksums of both ends. */
    long fingerprint() {
        return checksum(head) << 32 | checksum(tail);
    }

    private long checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, size());
        return sum.getValue();
    }
}
