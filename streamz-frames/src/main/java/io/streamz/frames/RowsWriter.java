package io.streamz.frames;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes rows in some format into a stream of bytes: what {@link FileOut} asks of a format. Called by one thread at a time:
 * {@code begin}, then {@code write} for each batch, then {@code end} when all have come. It never closes the stream.
 */
public interface RowsWriter {
    /** Writes what stands before the rows. */
    void begin(Schema schema, OutputStream out) throws IOException;

    /** Writes some rows, which are lent until the call returns. */
    void write(RecordBatch rows) throws IOException;

    /** Writes what stands behind the rows, and all that is still held. */
    void end() throws IOException;

    /** Whether what {@link #write} has written is all in the stream when it returns, so that another writer can go on behind it. */
    default boolean isResumable() {
        return false;
    }

    /** Goes on behind what another writer has begun; in place of {@link #begin}. */
    default void resume(Schema schema, OutputStream out) throws IOException {
        throw new UnsupportedOperationException("this format cannot be continued");
    }
}
