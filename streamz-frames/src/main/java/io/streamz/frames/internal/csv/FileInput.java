package io.streamz.frames.internal.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32C;

/**
 * A regular file. Its identity is what the file system calls it, so that a rename does not change it; its fingerprint at an
 * offset is a checksum of the first and the last bytes before that offset, so that another content does.
 */
final class FileInput implements Input {
    private static final int FINGER = 4096;

    private final FileChannel channel;
    private final String identity;

    FileInput(Path path) throws IOException {
        channel = FileChannel.open(path);
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        identity = key == null ? path.toAbsolutePath().toString() : key.toString();
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(into, at, length));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    String identity() {
        return identity;
    }

    /** Goes on from an offset. */
    void seek(long offset) throws IOException {
        channel.position(offset);
    }

    /** The checksum of the bytes before an offset, or -1 where the file is shorter. */
    long fingerprint(long offset) throws IOException {
        if (channel.size() < offset) {
            return -1;
        }
        int length = (int) Math.min(offset, FINGER);
        return checksum(0, length) << 32 | checksum(offset - length, length);
    }

    private long checksum(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // until all are there
        }
        CRC32C sum = new CRC32C();
        sum.update(bytes.flip());
        return sum.getValue();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
