package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.frames.internal.text.CsvWriter;
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
    private final FileOut out;

    private CsvOut(FileOut out) {
        this.out = out;
    }

    /** Writes a file, in place of one that is there. */
    public static CsvOut to(Path file) {
        return new CsvOut(FileOut.to(file, new CsvWriter()));
    }

    /** Writes a file, in place of one that is there. */
    public static CsvOut to(String file) {
        return to(Path.of(file));
    }

    /** Writes files {@code part-000000000001.csv} and so on into a folder of their own; see {@link FileOut#parts}. */
    public static CsvOut parts(Path folder) {
        return new CsvOut(FileOut.parts(folder, "csv", CsvWriter::new));
    }

    /** Writes to a stream, which is flushed at the end and stays open. */
    public static CsvOut to(OutputStream stream) {
        return new CsvOut(FileOut.to(stream, new CsvWriter()));
    }

    /**
     * Writes the header.
     *
     * @throws DataException when the file cannot be written
     */
    @Override
    public void open(Schema schema) throws IOException {
        out.open(schema);
    }

    /**
     * Writes rows.
     *
     * @throws DataException when the disk is full; then nothing is left behind
     */
    @Override
    public void write(RecordBatch rows) throws IOException {
        out.write(rows);
    }

    @Override
    public void end() throws IOException {
        out.end();
    }

    @Override
    public void close() {
        out.close();
    }

    @Override
    public String target() {
        return out.target();
    }

    @Override
    public boolean isResumable() {
        return out.isResumable();
    }

    @Override
    public void resume(Schema schema, Position saved) throws IOException {
        out.resume(schema, saved);
    }

    @Override
    public Position save(long checkpoint) throws IOException {
        return out.save(checkpoint);
    }

    @Override
    public void committed(long checkpoint) throws IOException {
        out.committed(checkpoint);
    }
}
