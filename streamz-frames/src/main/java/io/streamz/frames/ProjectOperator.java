package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.frames.internal.expr.BoundExpr;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Computes the columns that somebody reads. A kernel writes the same lane again for every batch; so each output batch has
 * kernels of its own, and what a receiver has retained stays as it is.
 */
final class ProjectOperator extends FrameOperator {
    private final BatchPool pool;
    private final int[][] reads;
    private final Wanted wanted;
    private final Rejects rejects;
    private final List<Consumer<DataException>> reject;
    private final Supplier<BoundExpr[]> kernels;

    /**
     * Makes one for a kind of projection.
     *
     * @param reads per computed column the columns of the input that it is made of, null for a column that is taken as it is
     * @param reject per column who is told of a row without a value
     * @param kernels makes, per computed column, its computation
     */
    ProjectOperator(
            BatchPool pool,
            int[][] reads,
            Wanted wanted,
            Rejects rejects,
            List<Consumer<DataException>> reject,
            Supplier<BoundExpr[]> kernels) {
        this.pool = pool;
        this.reads = reads;
        this.wanted = wanted;
        this.rejects = rejects;
        this.reject = reject;
        this.kernels = kernels;
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        RecordBatch result = pool.take();
        try {
            result.over(in);
            BoundExpr[] computed = result.kernels(kernels);
            for (int column = 0; column < reads.length; column++) {
                if (isComputed(column, in)) {
                    result.set(column, values(computed[column], in, column));
                }
            }
            ledger().in(in.rows());
            ledger().out(in.rows());
            out.emit(result);
        } finally {
            result.close();
        }
    }

    private boolean isComputed(int column, RecordBatch in) {
        return reads[column] != null && wanted.needs(column) && in.has(reads[column]);
    }

    @Override
    int answered(RecordBatch in) {
        BoundExpr[] computed = kernels.get();
        return IntStream.range(0, reads.length)
                .filter(column -> isComputed(column, in))
                .map(column -> computed[column].answered(in))
                .min()
                .orElse(in.rows());
    }

    private Lane values(BoundExpr expression, RecordBatch in, int column) {
        return rejects.fail() ? expression.evaluate(in) : expression.evaluate(in, reject.get(column));
    }
}
