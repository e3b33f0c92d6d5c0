package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** State by key, whatever is done with it: the keys that are held, the bytes they take, and how they are written and read. */
public sealed interface KeyedState permits CountGroups, ExpiringGroups, MovingGroups, PaneGroups {
    /** The number of keys held. */
    int size();

    /**
     * The keys held, in an order that does not depend on how rows were cut into batches.
     *
     * @param reuse an array to write them to; a longer one is made where it does not hold {@link #size()} ids
     */
    int[] liveIds(int[] reuse);

    /** The bytes of memory that the state takes. */
    long bytes();

    /** Writes the state, keys in the order of {@link #liveIds}: the same bytes however rows were cut. */
    void write(OutputStream target) throws IOException;

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    void read(InputStream source) throws IOException;
}
