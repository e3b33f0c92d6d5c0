package io.streamz.frames;

import java.io.IOException;

/**
 * Where rows go: a file, a connection. Called by one thread at a time: {@code open}, then {@code write} for each batch, then
 * {@code end} when the input has ended, then {@code close}, always and once.
 */
public interface FrameSink {
    /** Called once, before anything else. */
    void open(Schema schema) throws IOException;

    /** Takes some rows, which are lent until the call returns. */
    void write(RecordBatch rows) throws IOException;

    /** The bytes of what it holds of the rows that came; asked after each batch. */
    default long bytes() {
        return 0;
    }

    /** All rows have come: makes what was written complete. */
    void end() throws IOException;

    /** Gives everything back; what has not ended stays incomplete or vanishes. */
    void close();
}
