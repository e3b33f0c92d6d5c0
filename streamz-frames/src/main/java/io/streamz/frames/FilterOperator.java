package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.frames.internal.expr.BoundExpr;
import java.util.function.Consumer;

/** Hands a batch on with a selection of the rows that pass; columns are gathered only when somebody reads them. */
final class FilterOperator extends FrameOperator {
    private final BoundExpr condition;
    private final BatchPool pool;
    private final Rejects rejects;
    private final Consumer<DataException> reject;
    private int rejected;

    FilterOperator(Schema schema, String path, BoundExpr condition, int[] reads, Rejects rejects) {
        super(reads);
        this.condition = condition;
        this.pool = new BatchPool(schema, path, TableOrder.firstRows(schema.size()));
        this.rejects = rejects;
        this.reject = rejects.of(path, null).andThen(error -> rejected++);
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        int rows = in.rows();
        rejected = 0;
        RecordBatch kept = pool.take();
        try {
            kept.over(in);
            int count = select(in, kept.selection(rows));
            if (count < rows) {
                kept.select(count);
            }
            ledger().in(rows);
            ledger().out(count);
            ledger().rejected(rejected);
            ledger().filtered(rows - count - rejected);
            out.emit(kept);
        } finally {
            kept.close();
        }
    }

    @Override
    int answered(RecordBatch in) {
        return condition.answered(in);
    }

    private int select(RecordBatch in, int[] into) {
        return rejects.fail() ? condition.select(in, into) : condition.select(in, into, reject);
    }
}
