package io.streamz.frames.internal.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A stream that can be read once, such as standard input, behind the bytes that were taken from it to learn its columns. */
final class StreamInput implements Input {
    private final InputStream stream;
    private byte[] sample;
    private int used;

    StreamInput(InputStream stream) {
        this(stream, new byte[0]);
    }

    /**
     * @param sample the bytes that were taken before
     */
    StreamInput(InputStream stream, byte[] sample) {
        this.stream = stream;
        this.sample = sample;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (used < sample.length) {
            int count = Math.min(length, sample.length - used);
            System.arraycopy(sample, used, into, at, count);
            used += count;
            return count;
        }
        sample = new byte[0];
        used = 0;
        int count = stream.read(into, at, length);
        while (count > 0 && count < length && stream.available() > 0) {
            int more = stream.read(into, at + count, length - count);
            if (more <= 0) {
                break;
            }
            count += more;
        }
        return count;
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
