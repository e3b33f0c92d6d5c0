package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The state of a live table: its groups under their ids, and the answers of any ids as lanes. One thread at a time. */
interface Groups {
    /**
     * Computes what goes in. State is not touched, so that a data error in an expression leaves it as it is.
     *
     * @param reject who is told of a row that has no value, which is null then; null lets the error out
     */
    void evaluate(Columns rows, Consumer<DataException> reject);

    /** How many rows have all that goes in before the first one that has not. */
    int answered(Columns rows);

    /**
     * Takes in the rows that were evaluated.
     *
     * @param late told the rows that came too late and change nothing
     */
    void add(Columns rows, IntConsumer late);

    /** The groups that the last rows changed, {@link #touchedCount} of them, negative where none; null for the only one there is. */
    int[] touched();

    int touchedCount();

    /** The groups that have no row any more since the last rows; their keys are known until {@link #settle}. */
    int[] gone();

    int goneCount();

    /** How often a group left with the last rows; one that came again and left again counts twice. */
    default int evicted() {
        return 0;
    }

    /** Writes the last rows of the groups that left, in the order in which they did; to be called before {@link #settle}. */
    default void evicted(Lane[] out, Overflows overflows) {}

    /** Lets go of the keys that are gone. */
    void settle();

    /** The number of groups that live; one where all rows are one group. */
    int size();

    /** All ids that live are below this. */
    int top();

    /** The live ids in order of first appearance; to be read until the next call. */
    int[] liveIds();

    /** Writes the rows of these ids to lanes of the table's columns; whatever for an id that does not live. */
    void rows(int[] wanted, int count, Lane[] out, Overflows overflows);

    long bytes();

    void write(StateWriter out) throws IOException;

    void read(StateReader in) throws IOException;

    /** Told of each answer that does not fit its type; its cell is null already. */
    interface Overflows {
        void at(int column, int id, String what);
    }
}
