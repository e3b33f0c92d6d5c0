package io.streamz.core;

import java.util.function.BinaryOperator;

/** Folds without a start. The first item may be null, so a flag tells whether it has come. */
final class ReduceOperator<T> implements Operator<T, T> {
    private final BinaryOperator<T> function;
    private boolean started;
    private T total;

    ReduceOperator(BinaryOperator<T> function) {
        this.function = function;
    }

    @Override
    public void onNext(T item, Output<? super T> out) {
        total = started ? function.apply(total, item) : item;
        started = true;
        out.emit(total);
    }
}
