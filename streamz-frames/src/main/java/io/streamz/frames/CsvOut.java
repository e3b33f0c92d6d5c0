package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.frames.internal.csv.CsvFile;
import io.streamz.frames.internal.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes rows as CSV with a header: null is empty, the empty string {@code ""}, floats have the fewest digits that read back
 * equal, timestamps are ISO 8601 with {@code Z}. Numbers, texts and times read back as the same values.
 *
 * <p>A file appears whole, with its last row, or not at all. An instance serves one sink.
 */
public final class CsvOut implements FrameSink {
    private final Path file;
    private final OutputStream stream;

    private Schema schema;
    private CsvFile pending;
    private CsvWriter writer;

    private CsvOut(Path file, OutputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /** Writes a file, in place of one that is there. */
    public static CsvOut to(Path file) {
        return new CsvOut(file, null);
    }

    /** Writes a file, in place of one that is there. */
    public static CsvOut to(String file) {
        return to(Path.of(file));
    }

    /** Writes to a stream, which is flushed at the end and stays open. */
    public static CsvOut to(OutputStream stream) {
        return new CsvOut(null, stream);
    }

    /**
     * Writes the header.
     *
     * @throws DataException when the file cannot be written
     */
    @Override
    public void open(Schema columns) throws IOException {
        schema = columns;
        if (file != null) {
            pending = new CsvFile(file);
            pending.header(schema);
        } else {
            writer = new CsvWriter(stream);
            writer.header(schema);
        }
    }

    /**
     * Writes rows.
     *
     * @throws DataException when the disk is full; then nothing is left behind
     */
    @Override
    public void write(RecordBatch rows) throws IOException {
        if (file != null) {
            pending.rows(schema, rows);
        } else {
            writer.rows(schema, rows);
        }
    }

    @Override
    public void end() throws IOException {
        if (file != null) {
            pending.commit();
        } else {
            stream.flush();
        }
    }

    @Override
    public void close() {
        if (pending != null) {
            pending.close();
        }
    }
}
