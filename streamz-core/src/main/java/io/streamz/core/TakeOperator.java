package io.streamz.core;

import java.io.IOException;
import java.util.function.Predicate;

/** Lets items through as long as a predicate holds; with or without the first one for which it does not. */
final class TakeOperator<T> implements Operator<T, T> {
    private final Predicate<? super T> predicate;
    private final boolean withLast;
    private OperatorContext context;
    private boolean over;

    TakeOperator(Predicate<? super T> predicate, boolean withLast) {
        this.predicate = predicate;
        this.withLast = withLast;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
    }

    @Override
    public void onNext(T item, Output<? super T> out) {
        boolean holds = predicate.test(item);
        if (!holds) {
            over = true;
            context.stop();
        }
        if (holds || withLast) {
            out.emit(item);
        }
    }

    @Override
    public void write(StateWriter out) throws IOException {
        out.writeBoolean(over);
    }

    @Override
    public void read(StateReader in, int version) throws IOException {
        over = in.readBoolean();
        if (over) {
            context.stop();
        }
    }
}
