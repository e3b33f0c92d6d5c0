package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.frames.internal.expr.BoundExpr;
import java.util.function.Consumer;

/** Keeps the rows for which a condition is true. */
final class FilterOperator extends KeepingOperator {
    private final BoundExpr condition;
    private final Rejects rejects;
    private final Consumer<DataException> reject;
    private int rejected;

    FilterOperator(Schema schema, String path, BoundExpr condition, int[] reads, Rejects rejects) {
        super(schema, path, reads);
        this.condition = condition;
        this.rejects = rejects;
        this.reject = rejects.of(path, null).andThen(error -> rejected++);
    }

    @Override
    int select(RecordBatch in, int[] into) {
        rejected = 0;
        return rejects.fail() ? condition.select(in, into) : condition.select(in, into, reject);
    }

    @Override
    int rejected() {
        return rejected;
    }

    @Override
    int answered(RecordBatch in) {
        return condition.answered(in);
    }
}
