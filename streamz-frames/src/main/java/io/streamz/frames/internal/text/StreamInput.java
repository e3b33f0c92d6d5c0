package io.streamz.frames.internal.text;

import io.streamz.core.ReadAhead;
import java.io.IOException;

/** A stream that can be read once, such as standard input, behind the bytes that were taken from it to learn its columns. */
final class StreamInput implements Input {
    private final ReadAhead stream;
    private byte[] sample = {};
    private int used;

    StreamInput(ReadAhead stream) {
        this.stream = stream;
    }

    /** Puts bytes that were read back before those that come. */
    void giveBack(byte[] bytes) {
        sample = bytes;
        used = 0;
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
        return stream.read(into, at, length);
    }

    @Override
    public boolean isPiecewise() {
        return true;
    }

    /** An interrupt ends the waiting: it is kept, and what has come so far is all that {@link #read} gives now. */
    @Override
    public void await() {
        if (used < sample.length) {
            return;
        }
        try {
            stream.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onReady(Runnable signal) {
        stream.onReady(signal);
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public void close() {
        stream.close();
    }
}
