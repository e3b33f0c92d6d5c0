package io.streamz.frames;

import io.streamz.core.Output;
import io.streamz.frames.internal.expr.BoundExpr;
import java.util.function.Consumer;

/** Hands a batch on with a selection of the rows that pass; columns are gathered only when somebody reads them. */
final class FilterOperator extends FrameOperator {
    private final BatchPool pool;
    private final SoundRows sound;
    private final Consumer<RecordBatch> select;
    private RecordBatch kept;
    private int count;

    FilterOperator(Schema schema, String path, BoundExpr condition, int[] reads, Rejects rejects) {
        super(reads);
        this.pool = new BatchPool(schema, path, TableOrder.firstRows(schema.size()));
        this.sound = new SoundRows(schema, path, reads, rejects, ledger());
        this.select = in -> count = condition.select(in, kept.selection(in.rows()));
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        ledger().in(in.rows());
        kept = pool.take();
        RecordBatch tried = null;
        try {
            tried = sound.tried(in, select);
            kept.over(tried);
            if (count < tried.rows()) {
                kept.select(count);
            }
            ledger().out(count);
            ledger().filtered(tried.rows() - count);
            out.emit(kept);
        } finally {
            sound.done(in, tried);
            kept.close();
        }
    }
}
