package io.streamz.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** Cuts the bytes of a file at a delimiter. It keeps the bytes behind the last delimiter, and its position is there. */
final class TextFileSource implements Source<String> {
    private static final int READ = 65536;
    private static final int LONGEST = 1 << 24;

    private final Path file;
    private final byte[] delimiter;
    private final boolean follow;
    private final Duration interval;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ);
    private boolean fromEnd;
    private FileChannel channel;
    private byte[] rest = {};
    private long offset;

    TextFileSource(Path file, String delimiter, boolean follow, boolean fromEnd, Duration interval) {
        this.file = Objects.requireNonNull(file, "file");
        this.delimiter = delimiter.getBytes(StandardCharsets.UTF_8);
        this.follow = follow;
        this.fromEnd = fromEnd;
        this.interval = interval;
        if (this.delimiter.length == 0) {
            throw new PlanException("delimiter", file.toString(), "a delimiter has at least one character", "");
        }
    }

    @Override
    public Progress poll(Output<? super String> out) throws IOException {
        if (!open()) {
            return Progress.idle(interval);
        }
        if (follow && channel.size() < offset + rest.length) {
            offset = 0; // truncated: what is there now is new
            rest = new byte[0];
        }
        int read = channel.read(buffer.clear(), offset + rest.length);
        if (read > 0) {
            take(buffer.array(), read, out);
            return Progress.EMITTED;
        }
        if (follow) {
            return Progress.idle(interval);
        }
        if (rest.length > 0) {
            out.emit(new String(rest, StandardCharsets.UTF_8));
            offset += rest.length;
            rest = new byte[0];
        }
        return Progress.END;
    }

    /** Opens the file; while it is followed it may not be there yet. */
    private boolean open() throws IOException {
        if (channel == null) {
            try {
                channel = FileChannel.open(file, StandardOpenOption.READ);
            } catch (NoSuchFileException e) {
                if (follow) {
                    return false;
                }
                throw new DataException("no-file", file.toString(), "no file " + file, "", e);
            }
            offset = fromEnd ? channel.size() : offset;
            fromEnd = false;
        }
        return true;
    }

    private void take(byte[] read, int count, Output<? super String> out) {
        byte[] all = Arrays.copyOf(rest, rest.length + count);
        System.arraycopy(read, 0, all, rest.length, count);
        int begin = 0;
        int at = Math.max(0, rest.length - delimiter.length + 1);
        while (at <= all.length - delimiter.length) {
            if (Arrays.equals(all, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                out.emit(new String(all, begin, at - begin, StandardCharsets.UTF_8));
                at += delimiter.length;
                begin = at;
            } else {
                at++;
            }
        }
        offset += begin;
        rest = Arrays.copyOfRange(all, begin, all.length);
        if (rest.length > LONGEST) {
            throw new DataException(
                    "line-too-long",
                    file + " at byte " + offset,
                    "more than 16 MiB without a delimiter in " + file,
                    "");
        }
    }

    @Override
    public Position position() {
        return Position.START.with("offset", offset);
    }

    @Override
    public void restore(Position position) {
        offset = position.has("offset") ? position.number("offset") : 0;
        fromEnd = false;
        rest = new byte[0];
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new DataException("file-close", file.toString(), "cannot close " + file + ": " + e, "", e);
            }
        }
    }
}
