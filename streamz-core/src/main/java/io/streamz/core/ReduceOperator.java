package io.streamz.core;

import java.io.IOException;
import java.util.function.BinaryOperator;

/** Folds without a start. The first item may be null, so a flag tells whether it has come. */
final class ReduceOperator<T> implements Operator<T, T>, CodedState {
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

    @Override
    public void write(Codec<Object> codec, StateWriter out) throws IOException {
        out.writeBoolean(started);
        if (started) {
            codec.write(total, out);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the codec of this state
    public void read(Codec<Object> codec, StateReader in, int version) throws IOException {
        started = in.readBoolean();
        total = started ? (T) codec.read(in, version) : null;
    }
}
