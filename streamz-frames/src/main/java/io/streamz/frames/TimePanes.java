package io.streamz.frames;

import io.streamz.aggregations.Answers;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import io.streamz.aggregations.PaneGroups;
import io.streamz.aggregations.Watermark;
import java.util.function.IntConsumer;

/** Intervals of event time. */
record TimePanes(PaneGroups groups) implements PaneKernel {
    @Override
    public void add(
            int[] ids,
            int rows,
            LongLane times,
            long[] watermarks,
            Lane[] columns,
            IntConsumer late,
            Overflow overflow) {
        groups.add(ids, rows, times, watermarks, columns, late, overflow);
    }

    @Override
    public void end(Overflow overflow) {
        groups.advance(Watermark.END, overflow);
    }

    @Override
    public Answers answers() {
        return groups.answers();
    }

    @Override
    public int[] gone() {
        return groups.gone();
    }

    @Override
    public int goneCount() {
        return groups.goneCount();
    }

    @Override
    public boolean holds(int id) {
        return groups.holds(id);
    }

    @Override
    public boolean keysGo() {
        return true;
    }
}
