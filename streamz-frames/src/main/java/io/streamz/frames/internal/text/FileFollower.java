package io.streamz.frames.internal.text;

import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Follows what is written under one name.
 *
 * <p>The file is held open, so that it can be read to its end whatever becomes of its name. When nothing more is in it, the
 * name is looked at:
 * <ul>
 * <li>it means the same file, or none: wait;
 * <li>it means another file, into which something was written: the one that is open is read to its end, which then counts as
 *     the end of its last line; after it come the files that were rotated away unseen, known by their bytes, then the new one;
 * <li>the bytes that were read are not in the open file any more ({@link FileInput#isCut}): where they were copied to a
 *     rotated file, that one is read from there to its end; then the file is read from its first byte.
 * </ul>
 */
final class FileFollower implements Source<RecordBatch> {
    /** Whoever makes a new file mostly writes to the old one until told; an empty one is believed at the second look. */
    private static final int LOOKS = 2;

    private static final String SEEN = "seen";
    private static final String MARK = "mark";

    private final CsvSettings settings;
    private final Schema schema;
    private final Projection needed;
    private final Path file;
    private final Siblings siblings;
    private final Tally tally = new Tally();

    private FileInput input;
    private CsvReader reader;
    /** The stamp of the file that is open or was last, as it was last seen. */
    private FileStamp stamp;
    /** Where to go on when nothing is open. */
    private Position position = Position.START;

    private Ends ends = new Ends();
    private boolean isRestored;
    private int emptyLooks;

    FileFollower(CsvSettings settings, Schema schema, Projection needed, Path file) {
        this.settings = settings;
        this.schema = schema;
        this.needed = needed;
        this.file = file;
        this.siblings = new Siblings(file);
    }

    /**
     * The position before the first byte of what is written under a name from now on.
     *
     * @param opened the file that has the name, null where there is none yet
     * @param seen the bytes that are known to be its first ones
     */
    static Position start(Siblings.Before before, FileInput opened, Trail seen) {
        return before.ends()
                .in(Position.START
                        .with("file", opened == null ? "" : opened.stamp().identity())
                        .with("offset", 0)
                        .with("lines", 0)
                        .with("fingerprint", 0)
                        .with(
                                "modified",
                                opened == null
                                        ? before.newest()
                                        : opened.stamp().nanos())
                        .with(SEEN, seen.offset())
                        .with(MARK, seen.fingerprint()));
    }

    private Position start() throws IOException {
        Siblings.Before before = siblings.before();
        try (FileInput opened = FileInput.follow(file)) {
            return start(before, opened, new Trail());
        } catch (NoSuchFileException e) {
            return start(before, null, new Trail());
        }
    }

    /** What a file must begin with to be that of a position: what was read, or what was seen before anything was. */
    private Position mark() {
        boolean isUnread = position.has(SEEN);
        return isUnread
                ? position.with("offset", position.number(SEEN)).with("fingerprint", position.number(MARK))
                : position;
    }

    @Override
    public Progress poll(Output<? super RecordBatch> out) {
        try {
            return step(out);
        } catch (IOException e) {
            throw Complaints.reading(settings.name(), e);
        }
    }

    private Progress step(Output<? super RecordBatch> out) throws IOException {
        if (reader == null && !open()) {
            return idle();
        }
        Progress progress = reader.poll(out);
        if (progress == Progress.END) {
            Position end = position();
            ends.add(end);
            position = ends.in(end);
            leave();
            return Progress.EMITTED;
        }
        if (!progress.isIdle()) {
            return progress;
        }
        if (input.isCut()) {
            startAgain();
            return Progress.EMITTED;
        }
        return isReplaced() ? Progress.EMITTED : idle();
    }

    /** What was read is not in the file any more; whoever cut it may have copied it before, with more rows than were seen. */
    private void startAgain() throws IOException {
        Position from = position();
        FileInput copy = from.has("file") ? siblings.copy(from, ends) : null;
        if (copy == null) {
            ends.add(from);
            position = ends.in(from);
            leave();
            return;
        }
        input.close();
        input = copy;
        stamp = copy.stamp();
        read(from);
    }

    private Progress idle() {
        settings.onProgress().accept(new CsvProgress(tally.rows, tally.rejected, bytes(), -1));
        return Progress.idle(settings.every());
    }

    private long bytes() {
        return tally.bytesBefore + (reader == null ? 0 : reader.offset());
    }

    /** Whether the open file has lost its name to another one, and is complete with that. */
    private boolean isReplaced() throws IOException {
        FileStamp now = FileStamp.of(file);
        if (now == null) {
            return false;
        }
        if (now.identity().equals(stamp.identity())) {
            stamp = now;
            emptyLooks = 0;
            return false;
        }
        if (now.size() == 0 && ++emptyLooks < LOOKS) {
            return false;
        }
        emptyLooks = 0;
        input.finish();
        return true;
    }

    /** Opens the file that is to be read next; false where there is none yet. */
    private boolean open() throws IOException {
        if (position.equals(Position.START)) {
            restore(start());
        }
        if (isRestored) {
            isRestored = false;
            if (resume()) {
                return true;
            }
        }
        Siblings.Opened next;
        try {
            next = siblings.openNext(stamp, ends);
        } catch (NoSuchFileException e) {
            return false;
        }
        input = next.input();
        stamp = input.stamp();
        if (stamp.size() == 0) {
            leave(); // what is written to it may be rotated away before it is looked at again
            return false;
        }
        read(next.from());
        return true;
    }

    /** Goes on where a position says; false where its file is gone, and the one that comes after it is to be read. */
    private boolean resume() throws IOException {
        Position mark = mark();
        input = siblings.cutAway(mark, ends);
        if (input == null) {
            input = siblings.find(mark, ends);
        }
        if (input == null) {
            ends.add(position);
            stamp = new FileStamp(position.text("file"), 0, modified());
            return false;
        }
        // A later time may be that of packing or copying, and says nothing of the files that came after it.
        stamp = new FileStamp(input.stamp().identity(), input.stamp().size(), modified());
        read(position.number("offset") == 0 ? Position.START : position);
        return true;
    }

    /** When what was read last had been written. */
    private Instant modified() {
        return Instant.EPOCH.plusNanos(position.number("modified"));
    }

    private void read(Position from) {
        tally.bytesBefore = bytes();
        FileInput opened = input;
        CsvSettings named = settings.named(input.path().toString());
        reader = new CsvReader(named, schema, needed, () -> opened, tally);
        reader.restore(from);
    }

    private void leave() {
        tally.bytesBefore = bytes();
        input.close();
        input = null;
        reader = null;
    }

    @Override
    public Position position() {
        if (reader == null) {
            return position;
        }
        Position inFile = reader.position();
        // Before its first poll the reader knows nothing; what was open before it ended where it says.
        return inFile.equals(Position.START)
                ? position
                : ends.in(inFile.with("path", input.path().toAbsolutePath().toString())
                        .with("modified", stamp.nanos()));
    }

    @Override
    public void restore(Position saved) {
        position = saved;
        isRestored = !saved.equals(Position.START);
        ends = Ends.of(saved);
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }
}
