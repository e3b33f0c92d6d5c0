package io.streamz.frames;

import io.streamz.aggregations.Fill;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One column with its nulls filled. */
record FillKernel(Fill fill) implements RowKernel {
    @Override
    public void add(int[] ids, int rows, LongLane times, Lane[] columns, Lane[] out, Overflow overflow) {
        fill.add(ids, rows, columns[0], out[0]);
    }

    @Override
    public long bytes() {
        return fill.bytes();
    }

    @Override
    public void write(OutputStream target) throws IOException {
        fill.write(target);
    }

    @Override
    public void read(InputStream source) throws IOException {
        fill.read(source);
    }
}
