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
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of files that appear whole. What a checkpoint adds is a piece: written as {@code .part-open.csv.pending}, and complete and
 * safe as {@code .part-000000000012.csv.pending} when the checkpoint is made. A part is one piece or several, by the number of the
 * checkpoint that closed it: when that is there, its pieces become {@code part-000000000012.csv}, and go.
 *
 * <p>A restart deletes pieces and parts that came after its checkpoint, because their rows come again. A part that took up pieces
 * which the checkpoint knows as such gives them back: they are its first rows.
 */
public final class PartFolder implements AutoCloseable {
    private static final String PENDING = ".pending";

    private final Path folder;
    private final String ending;
    private final Pieces pieces;
    private final Pattern hidden;
    private final Pattern shown;
    private FileChannel channel;
    /** The number of the last checkpoint that was tried. */
    private long last;

    // The part that is closed and waits for its checkpoint, or has appeared.
    private long closed;
    /** Its size; less than 0 where nobody knows. */
    private long closedSize;
    /** The last part that has appeared, or was there. */
    private long done;

    // The pieces behind it.
    private long rows;
    private long size;
    private long since = Long.MAX_VALUE;

    /** How pieces become a part. What they hold has a size in some unit: all of a part's pieces together have that of the part. */
    public interface Pieces {
        /** The size of a piece of so many bytes and rows. */
        long size(long bytes, long rows);

        /** Writes all that the pieces hold, in order; gives its size. */
        long join(List<Path> pieces, OutputStream out) throws IOException;

        /** Writes the first of what a part holds, up to a size; gives how much that is. */
        long head(Path part, long size, OutputStream out) throws IOException;
    }

    /** The parts in this folder whose names end so. */
    public PartFolder(Path folder, String ending, Pieces pieces) {
        this.folder = folder;
        this.ending = ending;
        this.pieces = pieces;
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
        read(saved);
        Files.deleteIfExists(open());
        Files.deleteIfExists(joined());
        if (last == 0 && !files(shown).isEmpty()) {
            throw new DataException(
                    "parts-there",
                    folder.toString(),
                    "cannot write parts into " + folder + ": it has parts of another run",
                    "give a folder that is empty");
        }
        takeBack();
        List<Path> parts = files(shown);
        done = parts.isEmpty() ? 0 : number(shown, parts.get(parts.size() - 1));
        delete(hidden, number -> number <= done);
        show(closed);
    }

    private void read(Position saved) {
        last = saved.has("checkpoint") ? saved.number("checkpoint") : 0;
        closed = saved.has("closed") ? saved.number("closed") : last;
        closedSize = saved.has("closed") ? saved.number("size") : -1;
        rows = saved.has("rows") ? saved.number("rows") : 0;
        size = saved.has("rows") ? saved.number("held") : 0;
        since = saved.has("rows") ? saved.number("since") : Long.MAX_VALUE;
    }

    /** Takes back what came after the checkpoint, and from the first of it the rows that the checkpoint knows as pieces. */
    private void takeBack() throws IOException {
        List<Path> later = files(shown).stream()
                .filter(part -> number(shown, part) > closed)
                .sorted(Comparator.reverseOrder())
                .toList();
        Path first = later.isEmpty() ? firstPiece() : later.get(later.size() - 1);
        if (size > 0 && (!later.isEmpty() || number(hidden, first) > last)) {
            if (!later.isEmpty()) {
                delete(hidden, number -> number > closed); // their rows are in the part
            }
            begin(since);
            check(first, pieces.head(first, size, Channels.newOutputStream(channel)), size);
            complete(folder.resolve("." + name(last) + PENDING));
        }
        delete(hidden, number -> number > last);
        for (Path part : later) {
            Files.delete(part); // the first one goes last: it could be needed again
        }
    }

    /** The first piece behind the closed part; one of a later number where an earlier restart put several together. */
    private Path firstPiece() throws IOException {
        return files(hidden).stream()
                .filter(piece -> number(hidden, piece) > closed)
                .findFirst()
                .orElse(folder);
    }

    /**
     * Begins a piece.
     *
     * @param now when that is, in milliseconds
     */
    public OutputStream begin(long now) throws IOException {
        since = Math.min(since, now);
        channel = create(open());
        return Channels.newOutputStream(channel);
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** The piece is complete, and belongs to a checkpoint. */
    public void finish(long checkpoint, long rowsOfPiece) {
        attempt(() -> {
            size += pieces.size(channel.size(), rowsOfPiece);
            rows += rowsOfPiece;
            complete(folder.resolve("." + name(checkpoint) + PENDING));
        });
    }

    private void complete(Path place) throws IOException {
        channel.force(true);
        channel.close();
        move(open(), place);
    }

    /** The rows that wait in pieces. */
    public long rows() {
        return rows;
    }

    /** When the first of them came, in milliseconds; the largest number where there is none. */
    public long since() {
        return since;
    }

    /**
     * Closes a part, which appears with a checkpoint: all pieces up to now, if there are any. Only when the one before it has appeared:
     * else nobody could tell later which pieces a part took up.
     */
    public void roll(long checkpoint) {
        if (rows > 0 && closed <= done) {
            closedSize = size;
            closed = checkpoint;
            rows = 0;
            size = 0;
            since = Long.MAX_VALUE;
        }
    }

    /** Where the folder stands at a checkpoint. */
    public Position position(long checkpoint) {
        last = checkpoint;
        return Position.START
                .with("checkpoint", checkpoint)
                .with("closed", closed)
                .with("size", closedSize)
                .with("rows", rows)
                .with("held", size)
                .with("since", since);
    }

    /** The number of the last checkpoint that was tried. */
    public long last() {
        return last;
    }

    /** Lets the part appear that was closed up to a checkpoint. */
    public void show(long checkpoint) {
        if (closed > done && closed <= checkpoint) {
            attempt(() -> {
                List<Path> all = files(hidden).stream()
                        .filter(piece -> number(hidden, piece) > done && number(hidden, piece) <= closed)
                        .toList();
                if (!all.isEmpty()) {
                    join(all, folder.resolve(name(closed)));
                    PendingFile.forceDirectory(folder);
                }
                done = closed;
                delete(hidden, number -> number <= done);
            });
        }
    }

    private void join(List<Path> all, Path part) throws IOException {
        if (all.size() == 1) {
            move(all.get(0), part);
            return;
        }
        Files.deleteIfExists(joined());
        try (FileChannel out = create(joined())) {
            long found = pieces.join(all, Channels.newOutputStream(out));
            check(part, found, closedSize);
            out.force(true);
        }
        move(joined(), part);
    }

    private void check(Path part, long found, long known) {
        if (known >= 0 && found != known) {
            throw new DataException(
                    "output-changed",
                    part.toString(),
                    "cannot go on with " + part + ": of what the checkpoint knows of it not all is there",
                    "put back the hidden files of the folder, or start anew in an empty folder of checkpoints");
        }
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

    private Path joined() {
        return folder.resolve(".part-joined." + ending + PENDING);
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
