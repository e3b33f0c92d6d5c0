package io.streamz.frames;

import io.streamz.core.Output;
import io.streamz.frames.internal.expr.BoundExpr;
import java.util.function.Supplier;

/**
 * Computes the columns that somebody reads. A kernel writes the same lane again for every batch; so each output batch has kernels of its own, and
 * what a receiver has retained stays as it is.
 */
final class ProjectOperator extends FrameOperator {
    private final BatchPool pool;
    private final int[] from;
    private final Wanted wanted;
    private final Supplier<BoundExpr[]> kernels;

    ProjectOperator(BatchPool pool, int[] from, Wanted wanted, Supplier<BoundExpr[]> kernels) {
        this.pool = pool;
        this.from = from;
        this.wanted = wanted;
        this.kernels = kernels;
    }

    @Override
    public void onNext(RecordBatch in, Output<? super RecordBatch> out) {
        RecordBatch result = pool.take();
        try {
            result.over(in);
            BoundExpr[] computed = result.kernels(kernels);
            for (int column = 0; column < from.length; column++) {
                if (from[column] == RecordBatch.OWN && wanted.needs(column)) {
                    result.set(column, computed[column].evaluate(in));
                }
            }
            ledger().in(in.rows());
            ledger().out(in.rows());
            out.emit(result);
        } finally {
            result.close();
        }
    }
}
