package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.Position;
import io.streamz.frames.internal.files.PartFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Writes rows to the parts of a folder; see {@link FileOut#parts}. A part is one checkpoint's rows, or with {@link #rows} or
 * {@link #every} those of several: then rows wait in hidden files, safe with their checkpoint, until there are enough of them or they
 * have waited long enough, and appear as one part behind the checkpoint at which that is so. With both, whichever comes first. The end of
 * the input lets all appear. Each row is there once, also after a kill, and a part that has appeared never changes: readers may take it
 * away. Only rows that no checkpoint knows, because the end of the input brought them, are in a part that is named so,
 * {@code part-000000000013-end.csv}, and goes when the next run begins. Where a sink ends while other sources of its pipeline go on, the
 * next checkpoint says so, and that part stays: its rows do not come again.
 *
 * <pre>{@code
 * frame.sink(Parquet.parts(folder).rows(1_000_000).every("1h"));
 * }</pre>
 */
public final class Parts implements FrameSink {
    private final Path folder;
    private final String ending;
    private final Supplier<? extends RowsWriter> writers;
    /** Reads what the writers wrote, where they cannot go on behind it; null where nobody does. */
    private final FileFormat reader;

    private final long leastRows;
    private final Duration longest;

    private InstantSource clock;
    private Schema schema;
    private PartFolder parts;
    private boolean goesOn;
    private RowsWriter writer;
    private long rowsOfPiece;

    /** Why a part could not be completed. What of it is on the disk is not known then; only a restart puts that right. */
    private DataException failure;

    private Parts(
            Path folder,
            String ending,
            Supplier<? extends RowsWriter> writers,
            FileFormat reader,
            long leastRows,
            Duration longest) {
        this.folder = folder;
        this.ending = ending;
        this.writers = writers;
        this.reader = reader;
        this.leastRows = leastRows;
        this.longest = longest;
    }

    static Parts of(Path folder, String ending, Supplier<? extends RowsWriter> writers, FileFormat reader) {
        return new Parts(folder, ending, writers, reader, 0, null);
    }

    /**
     * The same with parts of at least so many rows, unless they are older than {@link #every} says.
     *
     * @param least above 0
     */
    public Parts rows(long least) {
        if (least <= 0) {
            throw new PlanException(
                    "bad-rows", folder.toString(), "a part of " + least + " rows is none", "say 1 or more");
        }
        return larger(least, longest);
    }

    /** The same with parts that appear when their first row has waited so long, unless they have {@link #rows} before. */
    public Parts every(Duration time) {
        return larger(leastRows, Durations.onClock(time, "every"));
    }

    /** The same with the time as text, such as {@code 1h}. */
    public Parts every(String time) {
        return every(Durations.parse(time, "every"));
    }

    private Parts larger(long least, Duration time) {
        if (reader == null && !writers.get().isResumable()) {
            throw new PlanException(
                    "not-joined",
                    folder.toString(),
                    "parts of several checkpoints must be read again, and nobody said how '." + ending + "' is read",
                    "give FileOut.parts the format that reads it");
        }
        return new Parts(folder, ending, writers, reader, least, time);
    }

    @Override
    public void clock(InstantSource time) {
        clock = time;
    }

    @Override
    public void open(Schema columns) throws IOException {
        begin(columns, Position.START);
    }

    @Override
    public void resume(Schema columns, Position saved) throws IOException {
        goesOn = true;
        begin(columns, saved);
    }

    private void begin(Schema columns, Position saved) throws IOException {
        schema = columns;
        parts = new PartFolder(folder, ending, pieces());
        parts.resume(saved);
    }

    private PartFolder.Pieces pieces() throws IOException {
        return writers.get().isResumable() ? new TextPieces(schema, writers.get()) : new FilePieces(writers, reader);
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        requireWhole();
        if (rows.rows() == 0) {
            return;
        }
        if (writer == null) {
            RowsWriter begun = writers.get();
            parts.attempt(() -> begun.begin(schema, parts.begin(now())));
            writer = begun;
        }
        parts.attempt(() -> writer.write(rows));
        rowsOfPiece += rows.rows();
    }

    private long now() {
        return clock == null ? Long.MAX_VALUE : clock.millis();
    }

    @Override
    public Position save(long checkpoint) {
        finish(checkpoint);
        if (isDue()) {
            parts.roll(checkpoint);
        }
        return parts.position(checkpoint);
    }

    private boolean isDue() {
        boolean isOld = longest != null && parts.since() <= now() - longest.toMillis();
        return isOld || parts.rows() >= leastRows && (leastRows > 0 || longest == null);
    }

    private void finish(long number) {
        requireWhole();
        if (writer != null) {
            try {
                parts.attempt(writer::end);
                parts.finish(number, rowsOfPiece);
            } catch (DataException e) {
                failure = e;
                throw e;
            }
            writer = null;
            rowsOfPiece = 0;
        }
    }

    /** A checkpoint that came after the failure would be one without the rows of that part. */
    private void requireWhole() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void committed(long checkpoint) {
        parts.committed(checkpoint);
    }

    @Override
    public void end() {
        long behind = parts.last() + 1;
        finish(behind);
        if (goesOn) {
            parts.end(behind);
        } else {
            parts.endForGood(behind);
        }
    }

    @Override
    public void close() {
        writer = null;
        if (parts != null) {
            parts.close();
        }
    }

    @Override
    public String target() {
        return folder.toAbsolutePath().normalize().toString();
    }

    @Override
    public boolean isResumable() {
        return true;
    }
}
