package io.streamz.frames.internal.text;

import java.util.List;

/** Finds the rows and fields of a format in bytes; it keeps no state from one call to the next. */
interface RowScan {
    /**
     * Notes the whole rows of {@code from..to} in the block, and rows that cannot be taken in the list.
     *
     * @param last where the last row of the input ends when no line feed ends it (one was put there in its place), else -1
     */
    void scan(byte[] bytes, int from, int to, int last, Block block, List<Fault> faults);
}
