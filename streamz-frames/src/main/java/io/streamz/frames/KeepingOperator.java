package io.streamz.frames;

import io.streamz.core.Output;

/** Hands a batch on with a selection of the rows that stay; columns are gathered only when somebody reads them. */
abstract class KeepingOperator extends FrameOperator {
    private final BatchPool pool;

    KeepingOperator(Schema schema, String path, int[] reads) {
        super(reads);
        this.pool = new BatchPool(schema, path, TableOrder.firstRows(schema.size()));
    }

    @Override
    final void take(RecordBatch in, Output<? super RecordBatch> out) {
        int rows = in.rows();
        RecordBatch kept = pool.take();
        try {
            kept.over(in);
            int count = select(in, kept.selection(rows));
            if (count < rows) {
                kept.select(count);
            }
            int rejected = rejected();
            ledger().in(rows);
            ledger().out(count);
            ledger().rejected(rejected);
            ledger().filtered(rows - count - rejected);
            out.emit(kept);
        } finally {
            kept.close();
        }
        taken();
    }

    /** Writes the rows that stay, in order; returns their number. */
    abstract int select(RecordBatch in, int[] into);

    /** How many of the last batch's rows were rejected. */
    int rejected() {
        return 0;
    }

    /** The batch has been handed on. */
    void taken() {}
}
