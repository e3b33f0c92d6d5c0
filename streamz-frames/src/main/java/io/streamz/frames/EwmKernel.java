package io.streamz.frames;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Ewm;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Exponentially weighted answers of one column. */
record EwmKernel(Ewm ewm) implements RowKernel {
    @Override
    public void add(int[] ids, int rows, LongLane times, Lane[] columns, Lane[] out, Overflow overflow) {
        ewm.add(ids, rows, times, columns[0], Arrays.copyOf(out, out.length, DoubleLane[].class));
    }

    @Override
    public long bytes() {
        return ewm.bytes();
    }

    @Override
    public void write(OutputStream target) throws IOException {
        ewm.write(target);
    }

    @Override
    public void read(InputStream source) throws IOException {
        ewm.read(source);
    }
}
