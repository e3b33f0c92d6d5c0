package io.streamz.frames;

import io.streamz.core.Output;

/** Hands the late rows of a batch on by the side output {@link LateNode#LATE}, where somebody listens. */
final class LateRows {
    private final BatchPool pool;
    private volatile boolean wanted;
    private int[] rows = {};
    private int count;

    LateRows(Schema schema, String path) {
        pool = new BatchPool(schema, path + " > late", TableOrder.firstRows(schema.size()));
    }

    void want() {
        wanted = true;
    }

    void begin(int most) {
        count = 0;
        if (rows.length < most) {
            rows = new int[Math.max(most, rows.length * 2)];
        }
    }

    /** A row of the batch is late; rows are told in their order. */
    void add(int row) {
        rows[count++] = row;
    }

    int count() {
        return count;
    }

    /** Emits them. */
    void tell(RecordBatch in, Output<? super RecordBatch> out) {
        if (!wanted || count == 0) {
            return;
        }
        RecordBatch late = pool.take();
        try {
            late.over(in);
            System.arraycopy(rows, 0, late.selection(in.rows()), 0, count);
            late.select(count);
            out.<RecordBatch>side(LateNode.LATE).emit(late);
        } finally {
            late.close();
        }
    }
}
