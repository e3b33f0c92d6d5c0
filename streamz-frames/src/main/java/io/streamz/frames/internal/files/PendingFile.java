package io.streamz.frames.internal.files;

import io.streamz.core.DataException;
import io.streamz.frames.internal.text.Complaints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file that appears whole: bytes go into a hidden file beside it, which is forced to the disk and takes its name when all
 * are there. When anything fails before, what was there stays and nothing is left behind; what a killed process has left of the
 * same file is deleted by the next one. A device or a pipe is written to directly.
 */
public final class PendingFile implements AutoCloseable {
    private static final String ENDING = ".tmp";

    private final Path file;
    private final Path written;
    /** The place where it appears, or null where it is written to directly. */
    private final Path target;

    private final OutputStream out;
    private FileChannel channel;

    /**
     * Starts a file.
     *
     * @throws DataException when it cannot be written
     */
    public PendingFile(Path file) {
        this.file = file;
        try {
            Path real = place(file);
            if (Files.isDirectory(real)) {
                throw new IOException("it is a folder");
            }
            if (Files.exists(real) && !Files.isRegularFile(real)) {
                target = null;
                written = real;
                channel = FileChannel.open(written, StandardOpenOption.WRITE);
            } else {
                target = real;
                clear();
                written = real.resolveSibling(prefix() + UUID.randomUUID() + ENDING);
                channel = create(written);
            }
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        }
        out = Channels.newOutputStream(channel);
    }

    /** Where a file is to appear: one path, whichever way leads there. */
    static Path place(Path file) throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path full = file.toAbsolutePath();
        return full.getParent().toRealPath().resolve(full.getFileName());
    }

    private static FileChannel create(Path hidden) throws IOException {
        Claims.take(hidden);
        try {
            FileChannel created = FileChannel.open(hidden, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            lock(created);
            return created;
        } catch (IOException e) {
            Claims.release(hidden);
            throw e;
        }
    }

    private String prefix() {
        return "." + target.getFileName() + ".";
    }

    /** Deletes what killed processes have left: a live one holds a lock. */
    private void clear() throws IOException {
        List<Path> left;
        try (Stream<Path> all = Files.list(target.getParent())) {
            left = all.filter(each -> isLeft(each.getFileName().toString()) && !Claims.isTaken(each))
                    .toList();
        }
        for (Path each : left) {
            try (FileChannel dead = FileChannel.open(each, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                if (lock(dead)) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException e) {
                // It has just been renamed or deleted, or is somebody else's.
            }
        }
    }

    private boolean isLeft(String name) {
        if (!name.startsWith(prefix()) || !name.endsWith(ENDING)) {
            return false;
        }
        String middle = name.substring(prefix().length(), Math.max(prefix().length(), name.length() - ENDING.length()));
        return middle.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    /** Whether this process alone has the file; false where that cannot be known. */
    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Takes the bytes. */
    public OutputStream out() {
        return out;
    }

    /** Makes the file appear. */
    public void commit() {
        attempt(() -> {
            if (target == null) {
                channel.close();
            } else {
                channel.force(true);
                channel.close();
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                forceDirectory(target.getParent());
            }
            channel = null;
            Claims.release(written);
        });
    }

    /** A new name is safe when its directory is; a system that opens no directories forces them by itself. */
    static void forceDirectory(Path folder) throws IOException {
        FileChannel directory;
        try {
            directory = FileChannel.open(folder);
        } catch (IOException e) {
            return;
        }
        try (directory) {
            directory.force(true);
        }
    }

    /** Something that writes to the file. */
    public interface Step {
        void run() throws IOException;
    }

    /**
     * Writes something.
     *
     * @throws DataException when that fails; the file is given up then
     */
    public void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            close();
            throw Complaints.writing(file, e);
        }
    }

    /** Gives up what was not committed. */
    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
            if (target != null) {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        } finally {
            channel = null;
            Claims.release(written);
        }
    }
}
