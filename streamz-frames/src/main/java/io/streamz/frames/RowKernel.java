package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Overflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers each row from its own rows before it. */
interface RowKernel {
    /**
     * Takes the rows of a batch.
     *
     * @param ids the key of each row; null where all rows are one
     * @param times the event times, in order; null where they do not matter
     * @param columns the kernel's columns
     * @param out a lane for each of its answers, whose whole contents become the answers
     * @param overflow told each answer that does not fit its type
     */
    void add(int[] ids, int rows, LongLane times, Lane[] columns, Lane[] out, Overflow overflow);

    long bytes();

    void write(OutputStream target) throws IOException;

    void read(InputStream source) throws IOException;
}
