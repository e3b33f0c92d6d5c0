package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.frames.internal.files.PendingFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes rows to a file or a stream in any format. A file appears whole, with its last row, or not at all. An instance serves
 * one sink.
 */
public final class FileOut implements FrameSink {
    private final Path file;
    private final OutputStream stream;
    private final RowsWriter writer;

    private PendingFile pending;

    private FileOut(Path file, OutputStream stream, RowsWriter writer) {
        this.file = file;
        this.stream = stream;
        this.writer = writer;
    }

    /** Writes a file, in place of one that is there. */
    public static FileOut to(Path file, RowsWriter writer) {
        return new FileOut(file, null, writer);
    }

    /** Writes to a stream, which is flushed at the end and stays open. */
    public static FileOut to(OutputStream stream, RowsWriter writer) {
        return new FileOut(null, stream, writer);
    }

    /**
     * Writes what stands before the rows.
     *
     * @throws DataException when the file cannot be written
     */
    @Override
    public void open(Schema schema) throws IOException {
        if (file == null) {
            writer.begin(schema, stream);
            return;
        }
        pending = new PendingFile(file);
        pending.attempt(() -> writer.begin(schema, pending.out()));
    }

    /**
     * Writes rows.
     *
     * @throws DataException when the disk is full; then nothing is left behind
     */
    @Override
    public void write(RecordBatch rows) throws IOException {
        if (file == null) {
            writer.write(rows);
        } else {
            pending.attempt(() -> writer.write(rows));
        }
    }

    @Override
    public void end() throws IOException {
        if (file == null) {
            writer.end();
            stream.flush();
        } else {
            pending.attempt(writer::end);
            pending.commit();
        }
    }

    @Override
    public void close() {
        if (pending != null) {
            pending.close();
        }
    }
}
