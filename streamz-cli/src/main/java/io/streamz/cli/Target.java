package io.streamz.cli;

import io.streamz.core.DataException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the answer goes: standard output, or a file that appears when the answer is whole. A device or a pipe is written as
 * it is, since nothing could take its place.
 */
final class Target extends FilterOutputStream {
    private static final int BUFFER = 1 << 16;
    private static final String PART = ".part";

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
        try {
            return open(file);
        } catch (IOException e) {
            throw named(file.toString(), e);
        }
    }

    private static Target open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Target(Files.newOutputStream(file, StandardOpenOption.WRITE), file, null);
        }
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (!Files.isDirectory(real.getParent())) {
            throw new IOException("there is no folder " + real.getParent());
        }
        clear(real);
        Path part = real.resolveSibling(
                "." + real.getFileName() + "." + ProcessHandle.current().pid() + PART);
        return new Target(Files.newOutputStream(part), real, part);
    }

    /** Deletes what killed runs have left of the same file. */
    private static void clear(Path file) throws IOException {
        String begin = "." + file.getFileName() + ".";
        Pattern left = Pattern.compile(Pattern.quote(begin) + "(\\d{1,18})" + Pattern.quote(PART));
        try (Stream<Path> all = Files.list(file.getParent())) {
            for (Path each : all.toList()) {
                Matcher name = left.matcher(each.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    /** Hands whole arrays on, which the inherited method does byte by byte. */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw named(name(), e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw named(name(), e);
        }
    }

    /** The answer is whole. */
    void commit() throws IOException {
        flush();
        if (part == null) {
            return;
        }
        try {
            force();
            out.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw named(name(), e);
        }
    }

    /** A name that points at bytes which never reached the disk would be worse than no file. */
    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Ends the target; what was not committed to a file goes. */
    @Override
    public void close() throws IOException {
        if (file == null) {
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            // Closing writes what is left; where that matters, the commit has written it before and has said what
            // failed.
        } finally {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        }
    }

    private String name() {
        return file == null ? "standard output" : file.toString();
    }

    /** An error of data, which no step on the way to the user calls its own. */
    private static DataException named(String name, IOException e) {
        String reason = e.getMessage();
        if (e instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (e instanceof FileSystemException files && files.getReason() != null) {
            reason = files.getReason();
        }
        return new DataException("cannot-write", name, "cannot write " + name + ": " + reason, "", e);
    }
}
