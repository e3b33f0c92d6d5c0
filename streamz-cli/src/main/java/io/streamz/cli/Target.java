package io.streamz.cli;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where the answer goes: standard output, or a file that appears when the answer is whole. A device or a pipe is written as
 * it is, since nothing could take its place.
 */
final class Target extends FilterOutputStream {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Path part;

    private Target(OutputStream out, Path file, Path part) {
        super(new BufferedOutputStream(out, BUFFER));
        this.file = file;
        this.part = part;
    }

    static Target stream(OutputStream out) {
        return new Target(out, null, null);
    }

    static Target file(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Target(new FileOutputStream(file.toFile()), file, null);
        }
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path part = real.resolveSibling("." + real.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        return new Target(new FileOutputStream(part.toFile()), real, part);
    }

    /** Hands whole arrays on, which the inherited method does byte by byte. */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    /** The answer is whole. */
    void commit() throws IOException {
        out.flush();
        if (file != null) {
            out.close();
        }
        if (part != null) {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Ends the target; what was not committed to a file goes. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            try {
                out.close();
            } finally {
                if (part != null) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    @Override
    public String toString() {
        return file == null ? "standard output" : file.toString();
    }
}
