package io.streamz.core;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The folder of the checkpoints of one pipeline. A checkpoint is two files, {@code 000000000012.state} and
 * {@code 000000000012.json}; it is there when the second one is, and that appears last: each is written under another name,
 * forced to the disk, and renamed. File names come from numbers only, and links in the folder are not followed.
 */
final class CheckpointStore implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(\\d{12})\\.(state|json)(\\.tmp)?");
    private static final long LONGEST_MANIFEST = 64 << 20;
    private static final int BUFFER = 1 << 17;

    private final Path folder;
    private FolderLock lock;
    private long newestNumber;

    CheckpointStore(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder, keeps others out of it, and clears what a killed process has left. */
    void open() {
        try {
            makeFolder();
            lock = FolderLock.take(folder);
            if (lock == null) {
                throw inUse();
            }
            clear();
        } catch (IOException e) {
            close();
            throw failed("cannot be used", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** State holds what the rows held: a folder that is made here is its owner's alone, one that is there is as it is. */
    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (Files.exists(folder)) {
            throw noFolder();
        }
        List<Path> parents = new ArrayList<>();
        Path parent = folder.toAbsolutePath().getParent();
        for (Path each = parent; each != null; each = Files.exists(each) ? null : each.getParent()) {
            parents.add(each);
        }
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) {
            Files.createDirectories(folder); // a file system without such permissions
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        for (Path each : parents) {
            force(each); // the name of each folder that was made is in the one above
        }
    }

    private DataException noFolder() {
        return new DataException(
                "no-folder",
                folder.toString(),
                "checkpoints cannot be kept in " + folder + ": it is a file",
                "give a folder, or a name where nothing is yet");
    }

    private DataException inUse() {
        return new DataException(
                "checkpoints-in-use",
                folder.toString(),
                "the checkpoints in " + folder + " are in use by another pipeline that runs",
                "give each pipeline a folder of its own");
    }

    private void clear() throws IOException {
        List<Path> files = files(folder);
        List<String> whole = files.stream()
                .map(CheckpointStore::name)
                .filter(name -> name.endsWith(".json"))
                .toList();
        for (Path file : files) {
            String name = name(file);
            boolean isOrphan = name.endsWith(".state") && !whole.contains(name.replace(".state", ".json"));
            if (name.endsWith(".tmp") || isOrphan) {
                Files.delete(file);
            }
            newestNumber = Math.max(newestNumber, numberOf(name));
        }
    }

    /** The number of the newest checkpoint that there ever was, whole or not; 0 where there is none. */
    long newestNumber() {
        return newestNumber;
    }

    // Writing.

    /** A state on its way to the disk. */
    final class Draft extends OutputStream {
        private final long number;
        private final Path file;
        private final FileChannel channel;
        private final OutputStream out;
        private final CRC32C sum = new CRC32C();
        private long bytes;

        private Draft(long number) throws IOException {
            this.number = number;
            this.file = temporary(number, "state");
            this.channel = create(file);
            this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] data, int from, int count) throws IOException {
            out.write(data, from, count);
            sum.update(data, from, count);
            bytes += count;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        long bytes() {
            return bytes;
        }

        long checksum() {
            return sum.getValue();
        }

        /** Makes it safe, and a checkpoint. */
        void commit(Checkpoint checkpoint) throws IOException {
            out.flush();
            channel.force(true);
            channel.close();
            rename(file, place(number, "state"));
            Path manifest = temporary(number, "json");
            try (FileChannel json = create(manifest)) {
                ByteBuffer text = ByteBuffer.wrap(Manifest.write(checkpoint));
                while (text.hasRemaining()) {
                    json.write(text);
                }
                json.force(true);
            }
            rename(manifest, place(number, "json"));
            force(folder);
        }

        /** Gives it up; nothing of it is left. */
        void discard() {
            try {
                channel.close();
            } catch (IOException e) {
                // It is deleted anyway.
            }
            for (Path part : List.of(place(number, "json"), place(number, "state"), temporary(number, "json"), file)) {
                try {
                    Files.deleteIfExists(part);
                } catch (IOException e) {
                    // The next start clears it.
                }
            }
        }
    }

    Draft draft(long number) throws IOException {
        return new Draft(number);
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A name is safe when its folder is; a system that opens no folders forces them by itself. */
    private static void force(Path folder) throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(folder);
        } catch (IOException e) {
            return;
        }
        try (opened) {
            opened.force(true);
        }
    }

    /**
     * Deletes all but the newest ones: first what makes each a checkpoint. What resists keeps nothing else, and is tried again next time.
     *
     * @throws IOException the first that a file gave
     */
    void prune(int kept) throws IOException {
        List<Long> numbers = numbers(folder);
        long oldest = numbers.isEmpty() ? 0 : numbers.get(Math.min(kept, numbers.size()) - 1);
        IOException failure = null;
        for (Path file : files(folder).stream().sorted().toList()) {
            if (numberOf(name(file)) < oldest) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    // Reading.

    /**
     * The newest whole checkpoint; null where there is none at all. A damaged one is passed over with a warning.
     *
     * @throws DataException when there are checkpoints and all are damaged
     */
    Checkpoint newest(Consumer<StreamzException> warnings) {
        List<DataException> damages = new ArrayList<>();
        for (long number : numbers(folder)) {
            try {
                Checkpoint found = manifest(folder, number);
                check(found);
                damages.forEach(damage -> warnings.accept(passedOver(damage)));
                return found;
            } catch (DataException e) {
                damages.add(e);
            }
        }
        if (damages.isEmpty()) {
            return null;
        }
        String all = damages.size() == 1
                ? ""
                : "none of the " + damages.size() + " checkpoints in " + folder + " can be used: ";
        throw new DataException(
                "damaged-checkpoints",
                folder.toString(),
                all + damages.get(0).getMessage(),
                "start anew in an empty folder",
                damages.get(0));
    }

    private static DataException passedOver(DataException damage) {
        return new DataException(
                damage.code(), damage.path(), damage.getMessage(), "the one before it is used", damage);
    }

    private void check(Checkpoint checkpoint) {
        Path file = place(checkpoint.number(), "state");
        try (InputStream in = open(file)) {
            if (Files.size(file) != checkpoint.bytes()) {
                throw damaged(file, "it has " + Files.size(file) + " bytes, not " + checkpoint.bytes(), null);
            }
            CRC32C sum = new CRC32C();
            byte[] block = new byte[BUFFER];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                sum.update(block, 0, count);
            }
            if (sum.getValue() != checkpoint.checksum()) {
                throw damaged(file, "its checksum does not match", null);
            }
        } catch (IOException e) {
            throw damaged(file, "it cannot be read: " + e, e);
        }
    }

    /** The state of a checkpoint, from its begin. */
    InputStream state(Checkpoint checkpoint) throws IOException {
        return new BufferedInputStream(open(place(checkpoint.number(), "state")), BUFFER);
    }

    /**
     * Those that are there now, newest first. A pipeline that runs deletes the oldest ones: where all that were seen are gone, there are
     * newer ones.
     *
     * @param damages is told of each that cannot be read
     */
    static List<Checkpoint> list(Path folder, Consumer<? super DataException> damages) {
        while (true) {
            List<Long> seen = numbers(folder);
            List<Checkpoint> found = new ArrayList<>();
            int gone = 0;
            for (long number : seen) {
                try {
                    found.add(manifest(folder, number));
                } catch (DataException e) {
                    if (e.getCause() instanceof NoSuchFileException) {
                        gone++;
                    } else {
                        damages.accept(e);
                    }
                }
            }
            if (gone == 0 || gone < seen.size()) {
                return found;
            }
        }
    }

    private static Checkpoint manifest(Path folder, long number) {
        Path file = place(folder, number, "json");
        try (InputStream in = open(file)) {
            if (Files.size(file) > LONGEST_MANIFEST) {
                throw damaged(file, "it is too long", null);
            }
            Checkpoint found = Manifest.read(in.readAllBytes());
            if (found.number() != number) {
                throw damaged(file, "it is that of number " + found.number(), null);
            }
            return found;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, e instanceof IOException ? "it cannot be read: " + e : e.getMessage(), e);
        }
    }

    private static DataException damaged(Path file, String what, Exception cause) {
        return new DataException(
                "damaged-checkpoint", file.toString(), "the checkpoint in " + file + " is damaged: " + what, "", cause);
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** The numbers of the checkpoints that are there, newest first. */
    private static List<Long> numbers(Path folder) {
        try {
            return files(folder).stream()
                    .map(CheckpointStore::name)
                    .filter(name -> name.endsWith(".json"))
                    .map(CheckpointStore::numberOf)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new DataException(
                    "checkpoints-unreadable",
                    folder.toString(),
                    "no checkpoints can be read in " + folder + ": " + e,
                    "",
                    e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> NAME.matcher(name(file)).matches()).toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static long numberOf(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private Path place(long number, String ending) {
        return place(folder, number, ending);
    }

    private static Path place(Path folder, long number, String ending) {
        return folder.resolve(String.format("%012d.%s", number, ending));
    }

    private Path temporary(long number, String ending) {
        return folder.resolve(String.format("%012d.%s.tmp", number, ending));
    }

    DataException failed(String what, Throwable cause) {
        return failed("checkpoint-failed", "the checkpoints in " + folder + " " + what, cause);
    }

    /** An old checkpoint that cannot be deleted: the new one is there all the same. */
    DataException staying(Throwable cause) {
        return failed("old-checkpoint-stays", "an old checkpoint in " + folder + " cannot be deleted", cause);
    }

    private DataException failed(String code, String what, Throwable cause) {
        return new DataException(
                code,
                folder.toString(),
                what + ": " + reason(cause),
                "see that the folder is there, writable and not full",
                cause);
    }

    /** In the words of the system, with the file where it lies elsewhere, as that of a sink does. */
    private String reason(Throwable cause) {
        if (cause instanceof FileSystemException file && file.getReason() != null) {
            boolean isOurs = file.getFile() == null || Path.of(file.getFile()).startsWith(folder.toString());
            return file.getReason() + (isOurs ? "" : " (" + file.getFile() + ")");
        }
        return cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
