package io.streamz.frames;

import io.streamz.aggregations.Cumulative;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers over all rows so far. */
record CumulativeKernel(Cumulative cumulative) implements RowKernel {
    @Override
    public void add(int[] ids, int rows, LongLane times, Lane[] columns, Lane[] out, Overflow overflow) {
        cumulative.add(ids, rows, columns, out, overflow);
    }

    @Override
    public long bytes() {
        return cumulative.bytes();
    }

    @Override
    public void write(OutputStream target) throws IOException {
        cumulative.write(target);
    }

    @Override
    public void read(InputStream source) throws IOException {
        cumulative.read(source);
    }
}
