package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.Output;
import io.streamz.frames.internal.expr.BoundExpr;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Computes the columns that somebody reads. A kernel writes the same lane again for every batch; so each output batch has
 * kernels of its own, and what a receiver has retained stays as it is.
 */
final class ProjectOperator extends FrameOperator {
    private final BatchPool pool;
    private final int[][] reads;
    private final Wanted wanted;
    private final SoundRows sound;
    private final Supplier<BoundExpr[]> kernels;
    private final Consumer<RecordBatch> compute = this::compute;
    private final Lane[] computed;
    private RecordBatch result;

    /**
     * Makes one for a kind of projection.
     *
     * @param reads per computed column the columns of the input that it is made of, null for a column that is taken as it is
     * @param kernels makes, per computed column, its computation
     */
    ProjectOperator(
            BatchPool pool,
            int[][] reads,
            Wanted wanted,
            Function<Ledger, SoundRows> sound,
            Supplier<BoundExpr[]> kernels) {
        this.pool = pool;
        this.reads = reads;
        this.wanted = wanted;
        this.sound = sound.apply(ledger());
        this.kernels = kernels;
        this.computed = new Lane[reads.length];
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        ledger().in(in.rows());
        result = pool.take();
        RecordBatch tried = null;
        try {
            tried = sound.tried(in, compute);
            result.over(tried);
            for (int column = 0; column < reads.length; column++) {
                if (computed[column] != null) {
                    result.set(column, computed[column]);
                }
            }
            ledger().out(tried.rows());
            out.emit(result);
        } finally {
            sound.done(in, tried);
            result.close();
        }
    }

    private void compute(RecordBatch in) {
        BoundExpr[] expressions = result.kernels(kernels);
        for (int column = 0; column < reads.length; column++) {
            boolean made = reads[column] != null && wanted.needs(column) && in.has(reads[column]);
            computed[column] = made ? expressions[column].evaluate(in) : null;
        }
    }
}
