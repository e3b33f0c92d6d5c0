package io.streamz.aggregations;

import java.io.IOException;

/** Which state a row belongs to, and which panes close when the watermark moves on: the part of {@link PaneGroups} that knows time. */
abstract class PaneStore {
    final PaneGroups groups;

    PaneStore(PaneGroups groups) {
        this.groups = groups;
    }

    /** The state that takes a row of a key; negative where the row is late. */
    abstract int state(int key, long time, long number, long closed);

    /** Gives all panes that end at or before {@code closed}, by end, and lets go of them. */
    abstract void close(long closed);

    /** Gives what changed since row {@code since}, counted over all rows, in panes that are open. */
    abstract void update(long since);

    abstract long bytes();

    abstract void write(int[] keyNumbers, int[] live, int count, StateOut out) throws IOException;

    abstract void read(StateIn in, int keys) throws IOException;
}
