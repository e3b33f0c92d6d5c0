package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import io.streamz.aggregations.Rolling;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Rolling answers. */
record RollingKernel(Rolling rolling) implements RowKernel {
    @Override
    public void add(int[] ids, int rows, LongLane times, Lane[] columns, Lane[] out, Overflow overflow) {
        rolling.add(ids, rows, times, columns, out, overflow);
    }

    @Override
    public long bytes() {
        return rolling.bytes();
    }

    @Override
    public void write(OutputStream target) throws IOException {
        rolling.write(target);
    }

    @Override
    public void read(InputStream source) throws IOException {
        rolling.read(source);
    }
}
