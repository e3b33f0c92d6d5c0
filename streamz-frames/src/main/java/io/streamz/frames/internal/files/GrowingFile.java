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
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.zip.CRC32C;

/**
 * A file that grows under a hidden name beside its place, which it takes when it is whole, and that can be cut back to what a
 * checkpoint knows of it. Closing it leaves it there if a checkpoint may need it. Where it took its place after the
 * checkpoint, a restart begins with a copy; half a copy is not what the checkpoint knows, and is made anew. The hidden file is locked
 * as long as somebody writes it, so that no other job begins one in its place.
 */
public final class GrowingFile implements AutoCloseable {
    private static final int BLOCK = 1 << 17;

    private final Path file;
    private Path target;
    private Path growing;
    /** Whether the hidden name is ours in this process. */
    private boolean isClaimed;

    private FileChannel channel;
    private CRC32C sum = new CRC32C();
    private long bytes;
    /** Whether a checkpoint may know of it. */
    private boolean isSaved;
    /** Whether its name is safe: not because the file is there, as whoever made it may have been killed before that. */
    private boolean isNamed;
    /**
     * Why the file could not be made safe. A system may forget what it could not write once it has said so, so a second try that
     * succeeds proves nothing; only a restart puts that right.
     */
    private IOException failure;

    /** A file that is to appear there. */
    public GrowingFile(Path file) {
        this.file = file;
    }

    /**
     * Opens it; false where it begins, true where it goes on behind what is there.
     *
     * @throws DataException when another job writes it, or what the checkpoint knows of it is not there
     */
    public boolean resume(Position saved) throws IOException {
        target = PendingFile.place(file);
        if (Files.isDirectory(target)) {
            throw new IOException("it is a folder");
        }
        growing = target.resolveSibling("." + target.getFileName() + ".pending");
        isClaimed = Claims.take(growing);
        if (!isClaimed) {
            throw inUse();
        }
        boolean goesOn = saved.has("bytes");
        if (!goesOn && Files.isSymbolicLink(growing)) {
            Files.delete(growing);
        }
        isSaved = goesOn && Files.exists(growing, LinkOption.NOFOLLOW_LINKS);
        channel = open();
        if (goesOn) {
            goOn(saved);
        } else {
            channel.truncate(0);
        }
        return goesOn;
    }

    /**
     * Opens the hidden file, new or as it is. Who has one locked may give it away, by its final name or for good, between our opening
     * and our locking it: then it is not the hidden file any more.
     */
    private FileChannel open() throws IOException {
        while (true) {
            Object before = key();
            FileChannel opened = FileChannel.open(
                    growing,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            if (!Claims.lock(opened)) {
                opened.close();
                throw inUse();
            }
            if (before != null && before.equals(key())) {
                return opened;
            }
            opened.close();
        }
    }

    /** What tells the hidden file from any other; null where there is none. */
    private Object key() throws IOException {
        try {
            Object key = Files.readAttributes(growing, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            return key == null ? growing : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private DataException inUse() {
        return new DataException(
                "output-in-use",
                file.toString(),
                "cannot write " + file + ": another job that runs is writing it",
                "let each job write a file of its own");
    }

    private void goOn(Position saved) throws IOException {
        if (!holds(channel, saved)) {
            copy(saved);
        }
        bytes = saved.number("bytes");
        channel.truncate(bytes);
        channel.position(bytes);
    }

    /** Whether what a checkpoint knows is there; the checksum is that of these bytes then. */
    private boolean holds(FileChannel from, Position saved) throws IOException {
        long length = saved.number("bytes");
        sum = new CRC32C();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long at = 0; at < length; at += block.position()) {
            block.clear().limit((int) Math.min(BLOCK, length - at));
            if (from.read(block, at) < 0) {
                return false;
            }
            sum.update(block.array(), 0, block.position());
        }
        return sum.getValue() == saved.number("crc32c");
    }

    private void copy(Position saved) throws IOException {
        if (!Files.isRegularFile(target)) {
            throw changed(saved);
        }
        try (FileChannel whole = FileChannel.open(target)) {
            if (!holds(whole, saved)) {
                throw changed(saved);
            }
            channel.position(0);
            long length = saved.number("bytes");
            for (long at = 0; at < length; at = channel.position()) {
                if (whole.transferTo(at, length - at, channel) == 0) {
                    throw changed(saved);
                }
            }
        }
        keepAccess();
    }

    /** The file stays readable for those who could read it, where the system lets us say so. */
    private void keepAccess() {
        try {
            PosixFileAttributes of = Files.readAttributes(target, PosixFileAttributes.class);
            PosixFileAttributeView to =
                    Files.getFileAttributeView(growing, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            to.setPermissions(of.permissions());
            to.setGroup(of.group());
            to.setOwner(of.owner());
        } catch (IOException | UnsupportedOperationException e) {
            // It is ours then.
        }
    }

    private DataException changed(Position saved) {
        return new DataException(
                "output-changed",
                file.toString(),
                "cannot go on with " + file + ": the " + saved.number("bytes")
                        + " bytes that the checkpoint knows are not there any more",
                "put back " + target.getFileName() + ", or " + growing.getFileName()
                        + " if it was not whole yet, write to another file,"
                        + " or start anew in an empty folder of checkpoints");
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
            if (!isNamed) {
                // The checkpoint may lie on another disk, and be safe before this file's name is.
                PendingFile.forceDirectory(target.getParent());
                isNamed = true;
            }
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
            // Locked until it has its place: nobody may take the hidden file for one that was left.
            Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isSaved = true;
            channel.close();
            PendingFile.forceDirectory(target.getParent());
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
        try (FileChannel last = channel) {
            if (last != null && !isSaved) {
                Files.deleteIfExists(growing); // while it is locked, and nobody else's
            }
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        } finally {
            channel = null;
            if (isClaimed) {
                Claims.release(growing);
                isClaimed = false;
            }
        }
    }
}
