package io.streamz.frames;

import io.streamz.aggregations.Answers;
import io.streamz.aggregations.CountGroups;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/** So many rows of a key. */
record RowPanes(CountGroups groups) implements PaneKernel {
    private static final int[] NONE = {};

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

    @Override
    public int[] gone() {
        return NONE;
    }

    @Override
    public int goneCount() {
        return 0;
    }

    @Override
    public boolean holds(int id) {
        return true;
    }

    @Override
    public boolean keysGo() {
        return false;
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
