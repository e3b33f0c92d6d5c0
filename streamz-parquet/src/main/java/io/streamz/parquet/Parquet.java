package io.streamz.parquet;

import io.streamz.frames.FileOut;
import io.streamz.frames.FrameSink;
import io.streamz.frames.Parts;
import io.streamz.frames.WholeFiles;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Parquet files as frames, and frames as Parquet files.
 *
 * <p>Only the columns that something reads are read. Types: signed and unsigned integers (an unsigned column widens to the next
 * signed type, of 64 bits to decimal(20,0)), float16, float32 and float64, bool, text, JSON and UUID as utf8, other bytes as
 * binary, date, time and timestamp in their unit (those that are adjusted to UTC have the zone UTC; int96 is in nanoseconds),
 * decimals of up to 38 digits. A nested column is an error that names it, unless other columns are
 * {@linkplain WholeFiles#columns chosen}.
 *
 * <pre>{@code
 * pipeline.read(Parquet.read("flights.parquet")).groupBy("origin").agg("count(), mean(delay)").show();
 * pipeline.read(Parquet.tail("landing")).sink(Parquet.to("all.parquet"));
 * }</pre>
 */
public final class Parquet {
    private Parquet() {}

    /** The rows of a file, of the {@code *.parquet} files of a folder, or of those whose names match a pattern. */
    public static WholeFiles read(Path path) {
        return WholeFiles.read(path, ParquetFormat.INSTANCE);
    }

    /** See {@link #read(Path)}. */
    public static WholeFiles read(String path) {
        return read(Path.of(path));
    }

    /**
     * The rows of the files that are there and of those that come, each file once, when it is whole: a file without its footer
     * is waited for.
     */
    public static WholeFiles tail(Path path) {
        return WholeFiles.tail(path, ParquetFormat.INSTANCE);
    }

    /** See {@link #tail(Path)}. */
    public static WholeFiles tail(String path) {
        return tail(Path.of(path));
    }

    /** Writes a file, packed by zstd, which appears whole in place of one that is there. */
    public static FrameSink to(Path file) {
        return FileOut.to(file, new ParquetRowsWriter());
    }

    /** See {@link #to(Path)}. */
    public static FrameSink to(String file) {
        return to(Path.of(file));
    }

    /**
     * Writes files {@code part-000000000001.parquet} and so on into a folder of their own, each row once also after a kill; see
     * {@link FileOut#parts}.
     */
    public static Parts parts(Path folder) {
        return FileOut.parts(folder, "parquet", ParquetRowsWriter::new, ParquetFormat.INSTANCE);
    }

    /** Writes to a stream, which is flushed at the end and stays open. */
    public static FrameSink to(OutputStream stream) {
        return FileOut.to(stream, new ParquetRowsWriter());
    }
}
