package io.streamz.frames;

import io.streamz.aggregations.Answers;
import io.streamz.aggregations.CountGroups;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.util.function.IntConsumer;

/** So many rows of a key. */
record RowPanes(CountGroups groups) implements PaneKernel {
    @Override
    public void add(
            int[] ids,
            int rows,
            LongLane times,
            long[] watermarks,
            Lane[] columns,
            IntConsumer late,
            Overflow overflow) {
        groups.add(ids, rows, columns, overflow);
    }

    @Override
    public void end(Overflow overflow) {
        groups.end(overflow);
    }

    @Override
    public Answers answers() {
        return groups.answers();
    }
}
