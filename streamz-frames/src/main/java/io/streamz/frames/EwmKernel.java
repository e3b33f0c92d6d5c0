package io.streamz.frames;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Ewm;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Exponentially weighted answers of one column. */
final class EwmKernel implements RowKernel {
    private final Ewm ewm;
    private DoubleLane[] answers = {};

    EwmKernel(Ewm ewm) {
        this.ewm = ewm;
    }

    @Override
    public void add(int[] ids, int rows, LongLane times, Lane[] columns, Lane[] out, Overflow overflow) {
        if (answers.length != out.length) {
            answers = new DoubleLane[out.length];
        }
        System.arraycopy(out, 0, answers, 0, out.length);
        ewm.add(ids, rows, times, columns[0], answers);
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
