package io.streamz.frames.internal.files;

import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.frames.internal.text.Complaints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of files that appear whole, each with the number of the checkpoint that it belongs to. A part is written as
 * {@code .part-open.csv.pending}; when a checkpoint is made it is complete and safe as
 * {@code .part-000000000012.csv.pending}; when the checkpoint is there it appears as {@code part-000000000012.csv}. A restart
 * shows what belongs to its checkpoint and deletes what came after it, because that comes again.
 */
public final class PartFolder implements AutoCloseable {
    private static final String PENDING = ".pending";

    private final Path folder;
    private final String ending;
    private final Pattern hidden;
    private final Pattern shown;
    private FileChannel channel;
    private long last;

    /** The parts in this folder whose names end so. */
    public PartFolder(Path folder, String ending) {
        this.folder = folder;
        this.ending = ending;
        this.hidden = Pattern.compile("\\.part-(\\d{12})" + Pattern.quote("." + ending + PENDING));
        this.shown = Pattern.compile("part-(\\d{12})" + Pattern.quote("." + ending));
    }

    /** Brings the folder to what a checkpoint knows of it. */
    public void resume(Position saved) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DataException(
                    "no-folder",
                    folder.toString(),
                    "cannot write parts into " + folder + ": it is a file",
                    "give a folder that is empty, or that is not there yet");
        }
        Files.createDirectories(folder);
        last = saved.has("checkpoint") ? saved.number("checkpoint") : 0;
        delete(hidden, number -> number > last);
        Files.deleteIfExists(open());
        if (last == 0 && !files(shown).isEmpty()) {
            throw new DataException(
                    "parts-there",
                    folder.toString(),
                    "cannot write parts into " + folder + ": it has parts of another run",
                    "give a folder that is empty");
        }
        delete(shown, number -> number > last);
        show(last);
    }

    /** Begins a part. */
    public OutputStream begin() throws IOException {
        channel = FileChannel.open(
                open(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        return Channels.newOutputStream(channel);
    }

    /** The part is complete, and belongs to a checkpoint. */
    public void finish(long checkpoint) {
        attempt(() -> {
            channel.force(true);
            channel.close();
            move(open(), folder.resolve("." + name(checkpoint) + PENDING));
        });
    }

    /** Where the folder stands at a checkpoint. */
    public Position position(long checkpoint) {
        last = checkpoint;
        return Position.START.with("checkpoint", checkpoint);
    }

    /** The number of the last checkpoint that was tried. */
    public long last() {
        return last;
    }

    /** Lets the parts up to that of a checkpoint appear. */
    public void show(long checkpoint) {
        attempt(() -> {
            for (Path file : files(hidden)) {
                long number = number(hidden, file);
                if (number <= checkpoint) {
                    move(file, folder.resolve(name(number)));
                }
            }
            PendingFile.forceDirectory(folder);
        });
    }

    /**
     * Does something to files.
     *
     * @throws DataException when that fails
     */
    public void attempt(PendingFile.Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw Complaints.writing(folder, e);
        }
    }

    private void delete(Pattern pattern, LongPredicate which) throws IOException {
        for (Path file : files(pattern)) {
            if (which.test(number(pattern, file))) {
                Files.delete(file);
            }
        }
    }

    private List<Path> files(Pattern pattern) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file ->
                            pattern.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static long number(Pattern pattern, Path file) {
        Matcher matcher = pattern.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path open() {
        return folder.resolve(".part-open." + ending + PENDING);
    }

    private String name(long number) {
        return String.format("part-%012d.%s", number, ending);
    }

    /** Gives up a part that is not complete. */
    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        attempt(() -> {
            channel.close();
            Files.deleteIfExists(open());
        });
    }
}
