package io.streamz.frames;

import io.streamz.core.Output;

/**
 * The running form of a live table. What nobody listens to is not made: {@link #want} says what somebody listens to.
 *
 * <p>One that has taken a batch in, or lets rows go at a watermark or the end, calls {@link #give} with the rows that changed.
 */
abstract class TableOperator extends FrameOperator {
    /** The rows that changed: what comes out. */
    static final String CHANGES = "changes";

    /** The side output of the numbers of batches with rows. */
    static final String CHANGED = "changed";

    /** The side output of whole tables, one after each batch. */
    static final String SNAPSHOTS = "snapshots";

    /** The side output of the last rows of groups that left because they are old, or too many. */
    static final String EVICTED = "evicted";

    private volatile boolean changesWanted;
    private volatile boolean snapshotsWanted;
    private volatile boolean changedWanted;
    private volatile boolean evictedWanted;

    /**
     * Names what it cannot begin without.
     *
     * @param reads columns of the input
     */
    TableOperator(int[] reads) {
        super(reads);
    }

    /** Makes one of the outputs from the next batch on. */
    final void want(String output) {
        switch (output) {
            case CHANGES -> changesWanted = true;
            case SNAPSHOTS -> snapshotsWanted = true;
            case CHANGED -> changedWanted = true;
            case EVICTED -> evictedWanted = true;
            default -> throw new IllegalArgumentException(output);
        }
    }

    /** Whether somebody listens to any of the outputs. */
    final boolean isHeard() {
        return changesWanted || snapshotsWanted || changedWanted || evictedWanted;
    }

    final boolean changesWanted() {
        return changesWanted;
    }

    final boolean evictedWanted() {
        return evictedWanted;
    }

    /**
     * Hands on what a batch has done, and closes the changes.
     *
     * @param changes the rows that changed with their {@link Deltas}; null where nobody wants them
     * @param changed whether the batch had rows
     */
    final void give(RecordBatch changes, long epoch, boolean changed, Output<? super RecordBatch> out) {
        if (changes != null) {
            try {
                changes.moment(moment());
                out.emit(changes);
            } finally {
                changes.close();
            }
        }
        if (snapshotsWanted) {
            out.<Table>side(SNAPSHOTS).emit(table());
        }
        if (changedWanted && changed) {
            out.<Long>side(CHANGED).emit(epoch);
        }
    }

    /** The whole table as it stands after the last batch; to be called by any thread. */
    final Table table() {
        return keyed().table();
    }

    /** The whole table with the ids of its rows, as it stands after the last batch; to be called by any thread. */
    abstract KeyedTable keyed();

    /**
     * The table as its changes have told of it: behind a trigger not all has been told that stands. To be called between two batches by
     * the thread that brings them.
     */
    KeyedTable told() {
        return keyed();
    }

    /**
     * All ids there are, in the order of arrival, of the table that gives them: the same for all tables that are made of it row
     * by row. Where state is written, ids are written as places in this list; after it is read they are those places.
     */
    int[] idOrder() {
        return keyed().ids();
    }
}
