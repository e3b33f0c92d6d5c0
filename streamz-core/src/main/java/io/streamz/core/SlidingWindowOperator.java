package io.streamz.core;

import java.io.IOException;
import java.util.List;

/** Emits the last n items each time one comes. */
final class SlidingWindowOperator<T> implements Operator<T, List<T>>, CodedState {
    private final int rows;
    private final boolean partial;
    private final Held<T> held = new Held<>();
    private OperatorContext context;

    SlidingWindowOperator(int rows, boolean partial) {
        this.rows = rows;
        this.partial = partial;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
    }

    @Override
    public void onNext(T item, Output<? super List<T>> out) {
        held.add(item, context.ack());
        if (partial || held.size() == rows) {
            held.emitKeeping(context, out);
        }
        if (held.size() == rows) {
            held.remove(0);
        }
    }

    @Override
    public void onEnd(Output<? super List<T>> out) {
        held.clear();
    }

    @Override
    public void write(Codec<Object> codec, StateWriter out) throws IOException {
        held.write(codec, out);
    }

    @Override
    public void read(Codec<Object> codec, StateReader in, int version) throws IOException {
        held.read(codec, in, version);
    }

    @Override
    public void close() {
        held.clear();
    }
}
