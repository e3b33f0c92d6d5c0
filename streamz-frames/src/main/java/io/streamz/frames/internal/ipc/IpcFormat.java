package io.streamz.frames.internal.ipc;

import io.streamz.frames.FileFormat;
import io.streamz.frames.FileRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** How a file of Arrow IPC is known: by its name, by the magic word of files, and by the end mark of streams. */
public final class IpcFormat implements FileFormat {
    public static final IpcFormat INSTANCE = new IpcFormat();

    static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

    private IpcFormat() {}

    @Override
    public String noun() {
        return "an Arrow file";
    }

    @Override
    public boolean isNamed(String name) {
        return name.endsWith(".arrow") || name.endsWith(".arrows") || name.endsWith(".feather");
    }

    @Override
    public boolean isComplete(Path file, boolean mayGrow) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (isFile(channel)) {
                return Arrays.equals(bytes(channel, channel.size() - MAGIC.length, MAGIC.length), MAGIC);
            }
            // A stream may end without its mark when its writer just stops.
            return channel.size() > END.length
                    && (!mayGrow || Arrays.equals(bytes(channel, channel.size() - END.length, END.length), END));
        }
    }

    /** Whether it begins like a file; else it is a stream, or nothing. */
    static boolean isFile(FileChannel channel) throws IOException {
        return channel.size() >= 2L * MAGIC.length && Arrays.equals(bytes(channel, 0, MAGIC.length), MAGIC);
    }

    /** Bytes that are in the file. */
    static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("it ends at byte " + (from + buffer.position()) + " in the middle of a message");
            }
        }
        return buffer.array();
    }

    @Override
    public FileRows open(Path file) throws IOException {
        return IpcRows.open(file);
    }
}
