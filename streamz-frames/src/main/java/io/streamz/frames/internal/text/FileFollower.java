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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/**
 * Follows what is written under one name.
 *
 * <p>The file is held open, so that it can be read to its end whatever becomes of its name. When nothing more is in it, the
 * name is looked at:
 * <ul>
 * <li>it means the same file, or none: wait;
 * <li>it means another file, into which something was written: the one that is open is read to its end, which then counts as
 *     the end of its last line; after it come the files that were rotated away unseen, then the new one;
 * <li>the bytes that were read are not in the open file any more ({@link FileInput#isCut}): where they were copied to a
 *     rotated file, that one is read from there to its end; then the file is read from its first byte.
 * </ul>
 */
final class FileFollower implements Source<RecordBatch> {
    /** Whoever makes a new file mostly writes to the old one until told; an empty one is believed at the second look. */
    private static final int LOOKS = 2;
    /** Of so many files that were read it is known how they ended, should they be packed later. */
    private static final int KNOWN_ENDS = 16;

    private static final String ENDS = "ends";

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

    /** The ends of the files that were read, the newest last. */
    private final Deque<Position> ends = new ArrayDeque<>();

    private boolean isRestored;
    private int emptyLooks;

    FileFollower(CsvSettings settings, Schema schema, Projection needed, Path file) {
        this.settings = settings;
        this.schema = schema;
        this.needed = needed;
        this.file = file;
        this.siblings = new Siblings(file);
    }

    /** The position before the first byte of a file. */
    static Position start(FileInput file) {
        return Position.START
                .with("file", file.stamp().identity())
                .with("offset", 0)
                .with("lines", 0)
                .with("fingerprint", 0)
                .with("path", file.path().toAbsolutePath().toString())
                .with("modified", file.stamp().nanos());
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
            remember(end);
            position = withEnds(end);
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
        FileInput copy = from.has("file") ? siblings.copy(from) : null;
        if (copy == null) {
            remember(from);
            input.restart();
            read(Position.START);
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
        if (isRestored) {
            isRestored = false;
            input = siblings.find(position);
            Instant modified = Instant.EPOCH.plusNanos(position.number("modified"));
            if (input != null) {
                // Packed away: the time of the packing says nothing of the files that came after it.
                stamp = siblings.isPackedAway(input, position) ? new FileStamp("", 0, modified) : input.stamp();
                read(position);
                return true;
            }
            stamp = new FileStamp(position.text("file"), 0, modified);
        }
        try {
            input = siblings.openNext(position, stamp, ends);
        } catch (NoSuchFileException e) {
            return false;
        }
        stamp = input.stamp();
        read(Position.START);
        return true;
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
                : withEnds(inFile.with("path", input.path().toAbsolutePath().toString())
                        .with("modified", stamp.nanos()));
    }

    private void remember(Position end) {
        if (end.has("offset") && end.number("offset") > 0) {
            ends.addLast(end);
            if (ends.size() > KNOWN_ENDS) {
                ends.removeFirst();
            }
        }
    }

    private Position withEnds(Position at) {
        return ends.isEmpty()
                ? at
                : at.with(
                        ENDS,
                        ends.stream()
                                .map(end -> end.number("offset") + " " + end.number("fingerprint"))
                                .collect(Collectors.joining(",")));
    }

    @Override
    public void restore(Position saved) {
        position = saved;
        isRestored = !saved.equals(Position.START);
        ends.clear();
        if (saved.has(ENDS)) {
            for (String end : saved.text(ENDS).split(",", -1)) {
                String[] numbers = end.split(" ", -1);
                ends.addLast(Position.START
                        .with("offset", Long.parseLong(numbers[0]))
                        .with("fingerprint", Long.parseLong(numbers[1])));
            }
        }
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }
}
