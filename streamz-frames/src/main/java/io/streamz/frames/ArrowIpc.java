package io.streamz.frames;

import io.streamz.frames.internal.ipc.IpcFormat;
import io.streamz.frames.internal.ipc.IpcWriter;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Files and streams of Arrow IPC (also known as Feather 2), read and written, without a flag of the JVM and without memory
 * outside of the heap: lanes are made from the bytes of the file.
 *
 * <p>Types: bool, integers (an unsigned one widens to the next signed type; those of 64 bits are refused), float16, float32 and
 * float64, utf8, binary, date, time, timestamp and duration in their unit, decimals of up to 38 digits; null columns are utf8.
 * Dictionaries are looked up. Bodies may be packed by LZ4 or by zstd, which needs {@code com.github.luben:zstd-jni}. A nested
 * column is an error that names it, unless other columns are {@linkplain WholeFiles#columns chosen}.
 *
 * <p>A stream that is followed is read when its end mark has come.
 */
public final class ArrowIpc {
    private ArrowIpc() {}

    /** The rows of a file, of the {@code *.arrow}, {@code *.arrows} and {@code *.feather} files of a folder, or of a pattern. */
    public static WholeFiles read(Path path) {
        return WholeFiles.read(path, IpcFormat.INSTANCE);
    }

    /** See {@link #read(Path)}. */
    public static WholeFiles read(String path) {
        return read(Path.of(path));
    }

    /** The rows of the files that are there and of those that come, each file once, when it is whole. */
    public static WholeFiles tail(Path path) {
        return WholeFiles.tail(path, IpcFormat.INSTANCE);
    }

    /** See {@link #tail(Path)}. */
    public static WholeFiles tail(String path) {
        return tail(Path.of(path));
    }

    /** Writes a file, which appears whole in place of one that is there. */
    public static FrameSink to(Path file) {
        return FileOut.to(file, IpcWriter.file());
    }

    /** See {@link #to(Path)}. */
    public static FrameSink to(String file) {
        return to(Path.of(file));
    }

    /**
     * Writes files {@code part-000000000001.arrow} and so on into a folder of their own, each row once also after a kill; see
     * {@link FileOut#parts}.
     */
    public static Parts parts(Path folder) {
        return FileOut.parts(folder, "arrow", IpcWriter::file, IpcFormat.INSTANCE);
    }

    /** Writes the form of files to a stream, which is flushed at the end and stays open. */
    public static FrameSink file(OutputStream stream) {
        return FileOut.to(stream, IpcWriter.file());
    }

    /** Writes the form of streams to a stream, which is flushed at the end and stays open. */
    public static FrameSink to(OutputStream stream) {
        return FileOut.to(stream, IpcWriter.stream());
    }
}
