package io.streamz.frames;

import io.streamz.aggregations.Answers;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import io.streamz.aggregations.PaneGroups;
import io.streamz.aggregations.Watermark;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    @Override
    public int[] liveIds(int[] reuse) {
        return groups.liveIds(reuse);
    }

    @Override
    public int size() {
        return groups.size();
    }

    @Override
    public long bytes() {
        return groups.bytes();
    }

    @Override
    public void write(OutputStream target) throws IOException {
        groups.write(target);
    }

    @Override
    public void read(InputStream source) throws IOException {
        groups.read(source);
    }
}
