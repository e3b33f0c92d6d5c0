package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.frames.internal.files.PartFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Writes rows to the parts of a folder. */
final class PartsOut implements FrameSink {
    private final Path folder;
    private final String ending;
    private final Supplier<? extends RowsWriter> writers;
    private Schema schema;
    private PartFolder parts;
    private RowsWriter writer;

    /** Why a part could not be completed. What of it is on the disk is not known then; only a restart puts that right. */
    private DataException failure;

    PartsOut(Path folder, String ending, Supplier<? extends RowsWriter> writers) {
        this.folder = folder;
        this.ending = ending;
        this.writers = writers;
    }

    @Override
    public void open(Schema columns) throws IOException {
        resume(columns, Position.START);
    }

    @Override
    public void resume(Schema columns, Position saved) throws IOException {
        schema = columns;
        parts = new PartFolder(folder, ending);
        parts.resume(saved);
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        requireWhole();
        if (rows.rows() == 0) {
            return;
        }
        if (writer == null) {
            RowsWriter begun = writers.get();
            parts.attempt(() -> begun.begin(schema, parts.begin()));
            writer = begun;
        }
        parts.attempt(() -> writer.write(rows));
    }

    @Override
    public Position save(long checkpoint) {
        finish(checkpoint);
        return parts.position(checkpoint);
    }

    private void finish(long number) {
        requireWhole();
        if (writer != null) {
            try {
                parts.attempt(writer::end);
                parts.finish(number);
            } catch (DataException e) {
                failure = e;
                throw e;
            }
            writer = null;
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
        parts.show(checkpoint);
    }

    @Override
    public void end() {
        long last = parts.last() + 1;
        finish(last);
        parts.show(last);
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
