package io.streamz.frames;

import io.streamz.aggregations.Answers;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/** Aggregates over intervals of time, or of rows. */
interface PaneKernel {
    /**
     * Takes the rows of a batch.
     *
     * @param watermarks the watermark before each row and after the last; null where rows are counted
     */
    void add(
            int[] ids,
            int rows,
            LongLane times,
            long[] watermarks,
            Lane[] columns,
            IntConsumer late,
            Overflow overflow);

    /** Gives all that is there. */
    void end(Overflow overflow);

    /** What the last call gave. */
    Answers answers();

    /** The keys that have nothing more since the last call; {@link #goneCount} count. */
    int[] gone();

    int goneCount();

    /** Whether a key has something. */
    boolean holds(int id);

    /** Whether keys go with what they have. */
    boolean keysGo();

    int[] liveIds(int[] reuse);

    int size();

    long bytes();

    void write(OutputStream target) throws IOException;

    void read(InputStream source) throws IOException;
}
