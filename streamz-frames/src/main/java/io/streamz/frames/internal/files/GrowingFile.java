package io.streamz.frames.internal.files;

import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.frames.internal.text.Complaints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file that grows under a hidden name beside its place, which it takes when it is whole, and that can be cut back to what a
 * checkpoint knows of it. Closing it leaves it there if a checkpoint may need it. Where it took its place after the
 * checkpoint, a restart begins with a copy.
 */
public final class GrowingFile implements AutoCloseable {
    private static final int BLOCK = 1 << 17;

    private final Path file;
    private Path target;
    private Path growing;
    private FileChannel channel;
    private final CRC32C sum = new CRC32C();
    private long bytes;
    /** Whether a checkpoint may know of it. */
    private boolean isSaved;
    /**
     * Why the file could not be made safe. A system may forget what it could not write once it has said so, so a second try that
     * succeeds proves nothing; only a restart puts that right.
     */
    private IOException failure;

    /** A file that is to appear there. */
    public GrowingFile(Path file) {
        this.file = file;
    }

    /** Opens it; false where it begins, true where it goes on behind what is there. */
    public boolean resume(Position saved) throws IOException {
        target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new IOException("it is a folder");
        }
        growing = target.resolveSibling("." + target.getFileName() + ".pending");
        if (!saved.has("bytes")) {
            Files.deleteIfExists(growing);
            channel = open(StandardOpenOption.CREATE_NEW);
            return false;
        }
        if (!Files.exists(growing, LinkOption.NOFOLLOW_LINKS) && Files.exists(target)) {
            Files.copy(target, growing, StandardCopyOption.COPY_ATTRIBUTES);
        }
        try {
            channel = open();
        } catch (NoSuchFileException e) {
            throw changed(saved);
        }
        isSaved = true;
        cut(saved);
        return true;
    }

    private FileChannel open(StandardOpenOption... more) throws IOException {
        var options = new java.util.HashSet<java.nio.file.OpenOption>(java.util.List.of(more));
        options.add(StandardOpenOption.READ);
        options.add(StandardOpenOption.WRITE);
        options.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(growing, options);
    }

    private void cut(Position saved) throws IOException {
        long length = saved.number("bytes");
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (bytes < length) {
            block.clear().limit((int) Math.min(BLOCK, length - bytes));
            int count = channel.read(block, bytes);
            if (count < 0) {
                throw changed(saved);
            }
            sum.update(block.array(), 0, count);
            bytes += count;
        }
        if (sum.getValue() != saved.number("crc32c")) {
            throw changed(saved);
        }
        channel.truncate(length);
        channel.position(length);
    }

    private DataException changed(Position saved) {
        return new DataException(
                "output-changed",
                file.toString(),
                "cannot go on with " + file + ": the " + saved.number("bytes")
                        + " bytes that the checkpoint knows are not there any more",
                "put back " + growing.getFileName() + ", or start anew in an empty folder of checkpoints");
    }

    /** Takes the bytes. */
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] data, int from, int count) throws IOException {
                requireWhole();
                ByteBuffer rest = ByteBuffer.wrap(data, from, count);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                sum.update(data, from, count);
                bytes += count;
            }
        };
    }

    /** Makes it safe as it is, and says how far that is. */
    public Position save() throws IOException {
        force();
        isSaved = true;
        return Position.START.with("bytes", bytes).with("crc32c", sum.getValue());
    }

    private void force() throws IOException {
        requireWhole();
        try {
            channel.force(true);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private void requireWhole() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Makes the file appear. */
    public void commit() {
        attempt(() -> {
            force();
            channel.close();
            Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PendingFile.forceDirectory(target.getParent());
            isSaved = true;
        });
    }

    /**
     * Writes something.
     *
     * @throws DataException when that fails
     */
    public void attempt(PendingFile.Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            if (channel != null && !isSaved) {
                Files.deleteIfExists(growing);
            }
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        }
    }
}
