package io.streamz.core;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Emits, each time the interval is over, the list of what has come since; an empty one, too. */
final class TimedWindowOperator<T> implements Operator<T, List<T>>, CodedState {
    private final Duration interval;
    private final Held<T> held = new Held<>();
    private OperatorContext context;

    TimedWindowOperator(Duration interval) {
        this.interval = interval;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        context.timer(interval);
    }

    @Override
    public void onNext(T item, Output<? super List<T>> out) {
        held.add(item, context.ack());
    }

    @Override
    public void onTimer(long time, Output<? super List<T>> out) {
        context.timer(interval);
        held.emit(context, out);
    }

    @Override
    public void onEnd(Output<? super List<T>> out) {
        if (!held.isEmpty()) {
            held.emit(context, out);
        }
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
