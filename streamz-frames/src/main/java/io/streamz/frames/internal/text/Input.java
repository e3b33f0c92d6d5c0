package io.streamz.frames.internal.text;

import java.io.IOException;

/** Bytes from a file or a stream, one after the other. */
interface Input extends AutoCloseable {
    /** Reads up to {@code length} bytes and gives their number; 0 when there are none yet, -1 at the end. */
    int read(byte[] into, int at, int length) throws IOException;

    /** Whether what a read gives is all there is for now, so that asking for more at once would be in vain. */
    default boolean isPiecewise() {
        return false;
    }

    /** Waits until {@link #read} has something to say, where that may take time. */
    default void await() {}

    /** Sets what to call when there is something after there was nothing, where that may take time. */
    default void onReady(Runnable signal) {}

    /** The bytes there are in all, or -1 where nobody knows. */
    long size() throws IOException;

    @Override
    void close();
}
