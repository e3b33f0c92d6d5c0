package io.streamz.frames;

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
    public Position save(long checkpoint) throws IOException {
        finish(checkpoint);
        return parts.position(checkpoint);
    }

    private void finish(long number) throws IOException {
        if (writer != null) {
            parts.attempt(writer::end);
            writer = null;
            parts.finish(number);
        }
    }

    @Override
    public void committed(long checkpoint) throws IOException {
        parts.show(checkpoint);
    }

    @Override
    public void end() throws IOException {
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
