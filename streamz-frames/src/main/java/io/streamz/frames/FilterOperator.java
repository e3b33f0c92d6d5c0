package io.streamz.frames;

import io.streamz.core.Output;
import io.streamz.frames.internal.expr.BoundExpr;

/** Hands a batch on with a selection of the rows that pass; columns are gathered only when somebody reads them. */
final class FilterOperator extends FrameOperator {
    private final BoundExpr condition;
    private final BatchPool pool;

    FilterOperator(Schema schema, String path, BoundExpr condition) {
        this.condition = condition;
        this.pool = new BatchPool(schema, path, TableOrder.firstRows(schema.size()));
    }

    @Override
    public void onNext(RecordBatch in, Output<? super RecordBatch> out) {
        int rows = in.rows();
        RecordBatch kept = pool.take();
        try {
            kept.over(in);
            int count = condition.select(in, kept.selection(rows));
            if (count < rows) {
                kept.select(count);
            }
            ledger().in(rows);
            ledger().out(count);
            ledger().filtered(rows - count);
            out.emit(kept);
        } finally {
            kept.close();
        }
    }
}
