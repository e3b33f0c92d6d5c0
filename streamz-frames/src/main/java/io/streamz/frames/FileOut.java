package io.streamz.frames;

import io.streamz.core.PlanException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Sinks that write rows to a file, a stream or a folder of parts, in any format. A file appears whole, with its last row, or not at
 * all; so does each part. Where the disk is full or a file cannot be written, they throw a {@link io.streamz.core.DataException} that
 * names it, and leave nothing behind. Each serves one frame.
 *
 * <p>In a pipeline with checkpoints files and parts have each row exactly once, also after a kill. Until it is whole, a file
 * grows under the hidden name {@code .NAME.pending} beside its place, and a restart cuts it to what the checkpoint knows; a format
 * that cannot be continued ({@link RowsWriter#isResumable}) writes parts.
 */
public final class FileOut {
    private FileOut() {}

    /** Writes a file, in place of one that is there. */
    public static FrameSink to(Path file, RowsWriter writer) {
        return new WholeFileOut(file, writer);
    }

    /** Writes to a stream, which is flushed at the end and stays open. */
    public static FrameSink to(OutputStream stream, RowsWriter writer) {
        return new StreamOut(stream, writer);
    }

    /**
     * Writes files {@code part-000000000001.ENDING} and so on into a folder, which is made where it is not there: one for each
     * checkpoint that has rows, named by its number, and one for the rest at the end; larger ones on request ({@link Parts#rows},
     * {@link Parts#every}). Nobody else may write there.
     *
     * @param ending of the names, such as {@code csv}: letters and digits
     * @param writers makes a writer for each part
     */
    public static Parts parts(Path folder, String ending, Supplier<? extends RowsWriter> writers) {
        return parts(folder, ending, writers, null);
    }

    /**
     * See {@link #parts(Path, String, Supplier)}.
     *
     * @param reader reads what the writers write, for parts of several checkpoints in a format that is not
     *     {@linkplain RowsWriter#isResumable continued}; null where there are none
     */
    public static Parts parts(Path folder, String ending, Supplier<? extends RowsWriter> writers, FileFormat reader) {
        if (!ending.matches("[A-Za-z0-9]+(\\.[A-Za-z0-9]+)*")) {
            throw new PlanException(
                    "bad-ending", folder.toString(), "'" + ending + "' ends no name of a file", "say csv");
        }
        return Parts.of(folder, ending, writers, reader);
    }
}
