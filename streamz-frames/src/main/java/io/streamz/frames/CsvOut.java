package io.streamz.frames;

import io.streamz.frames.internal.text.CsvWriter;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes rows as CSV with a header: null is empty, the empty string {@code ""}, floats have the fewest digits that read back
 * equal, timestamps are ISO 8601 with {@code Z}. Numbers, texts and times read back as the same values.
 *
 * <p>A file appears whole, with its last row, or not at all. A sink serves one frame; see {@link FileOut}.
 */
public final class CsvOut {
    private CsvOut() {}

    /** Writes a file, in place of one that is there. */
    public static FrameSink to(Path file) {
        return FileOut.to(file, new CsvWriter());
    }

    /** Writes a file, in place of one that is there. */
    public static FrameSink to(String file) {
        return to(Path.of(file));
    }

    /** Writes files {@code part-000000000001.csv} and so on into a folder of their own; see {@link FileOut#parts}. */
    public static Parts parts(Path folder) {
        return FileOut.parts(folder, "csv", CsvWriter::new);
    }

    /** Writes to a stream, which is flushed at the end and stays open. */
    public static FrameSink to(OutputStream stream) {
        return FileOut.to(stream, new CsvWriter());
    }

    /** See {@link #to(Path)}; with another character than the comma between fields, as in {@link Csv#separator}. */
    public static FrameSink to(Path file, char separator) {
        return FileOut.to(file, new CsvWriter(separator));
    }

    /** See {@link #to(OutputStream)} and {@link #to(Path, char)}. */
    public static FrameSink to(OutputStream stream, char separator) {
        return FileOut.to(stream, new CsvWriter(separator));
    }

    /** See {@link #parts(Path)} and {@link #to(Path, char)}; with tabs the names end in {@code .tsv}. */
    public static Parts parts(Path folder, char separator) {
        return FileOut.parts(folder, separator == '\t' ? "tsv" : "csv", () -> new CsvWriter(separator));
    }
}
