package io.streamz.frames.internal.csv;

import java.io.IOException;

/** Bytes from a file or a stream, one after the other. */
interface Input extends AutoCloseable {
    /** Reads up to {@code length} bytes and gives their number; 0 when there are none yet, -1 at the end. */
    int read(byte[] into, int at, int length) throws IOException;

    /** The bytes there are in all, or -1 where nobody knows. */
    long size() throws IOException;

    @Override
    void close();
}
