package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Writes rows to a file, a stream or a folder of parts, in any format. A file appears whole, with its last row, or not at all;
 * so does each part. An instance serves one sink.
 *
 * <p>In a pipeline with checkpoints files and parts have each row exactly once, also after a kill: until it is whole, a file
 * grows under the hidden name {@code .NAME.pending} beside its place, and a restart cuts it to what the checkpoint knows.
 */
public final class FileOut implements FrameSink {
    private final FrameSink out;

    private FileOut(FrameSink out) {
        this.out = out;
    }

    /** Writes a file, in place of one that is there. */
    public static FileOut to(Path file, RowsWriter writer) {
        return new FileOut(new WholeFileOut(file, writer));
    }

    /** Writes to a stream, which is flushed at the end and stays open. */
    public static FileOut to(OutputStream stream, RowsWriter writer) {
        return new FileOut(new StreamOut(stream, writer));
    }

    /**
     * Writes files {@code part-000000000001.ENDING} and so on into a folder, which is made where it is not there: one for each
     * checkpoint that has rows, named by its number, and one for the rest at the end. Nobody else may write there.
     *
     * @param ending of the names, such as {@code csv}: letters and digits
     * @param writers makes a writer for each part
     */
    public static FileOut parts(Path folder, String ending, Supplier<? extends RowsWriter> writers) {
        if (!ending.matches("[A-Za-z0-9]+(\\.[A-Za-z0-9]+)*")) {
            throw new PlanException(
                    "bad-ending", folder.toString(), "'" + ending + "' ends no name of a file", "say csv");
        }
        return new FileOut(new PartsOut(folder, ending, writers));
    }

    /**
     * Writes what stands before the rows.
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
