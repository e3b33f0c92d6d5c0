package io.streamz.parquet;

import io.streamz.frames.FileFormat;
import io.streamz.frames.FileRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** How a Parquet file is known: by its name, and by the footer that ends it. */
final class ParquetFormat implements FileFormat {
    static final ParquetFormat INSTANCE = new ParquetFormat();

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 8;

    private ParquetFormat() {}

    @Override
    public String noun() {
        return "a Parquet file";
    }

    @Override
    public boolean isNamed(String name) {
        return name.endsWith(".parquet");
    }

    /** Whether the file starts and ends with the magic word, and the footer has room between them. */
    @Override
    public boolean isComplete(Path file, boolean mayGrow) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < MAGIC.length + TAIL) {
                return false;
            }
            byte[] tail = bytes(channel, size - TAIL, TAIL);
            byte[] end = Arrays.copyOfRange(tail, MAGIC.length, TAIL);
            long footer = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
            return Arrays.equals(bytes(channel, 0, MAGIC.length), MAGIC)
                    && Arrays.equals(end, MAGIC)
                    && footer > 0
                    && footer <= size - TAIL - MAGIC.length;
        }
    }

    @Override
    public boolean isForeign(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.size() >= MAGIC.length && !Arrays.equals(bytes(channel, 0, MAGIC.length), MAGIC);
        }
    }

    private static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                break;
            }
        }
        return bytes;
    }

    @Override
    public FileRows open(Path file) throws IOException {
        Deadline deadline = Deadline.usual();
        return WatchedRows.open(() -> ParquetRows.open(file, deadline), deadline);
    }
}
