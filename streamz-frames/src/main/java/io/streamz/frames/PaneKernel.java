package io.streamz.frames;

import io.streamz.aggregations.Answers;
import io.streamz.aggregations.KeyedState;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.util.function.IntConsumer;

/** Aggregates over intervals of time, or of rows. */
interface PaneKernel {
    int[] NONE = {};

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

    /** The state. */
    KeyedState groups();

    /** Whether keys go with what they have. */
    default boolean keysGo() {
        return false;
    }

    /** The keys that have nothing more since the last call; {@link #goneCount} count. */
    default int[] gone() {
        return NONE;
    }

    default int goneCount() {
        return 0;
    }

    /** Whether a key has something. */
    default boolean holds(int id) {
        return true;
    }
}
