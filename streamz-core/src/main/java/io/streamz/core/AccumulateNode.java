package io.streamz.core;

import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Keeps a state that every item changes, and emits it. */
final class AccumulateNode<I, S> extends FunctionNode<I, S> {
    private final Supplier<? extends S> start;
    private final BiFunction<? super S, ? super I, ? extends S> function;
    private S total;

    AccumulateNode(
            Segment segment, Supplier<? extends S> start, BiFunction<? super S, ? super I, ? extends S> function) {
        super("accumulate", segment);
        this.start = start;
        this.function = function;
    }

    @Override
    void open() {
        total = start.get();
    }

    @Override
    void deliver(I item) {
        in++;
        S result;
        try {
            result = function.apply(total, item);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, () -> take(function.apply(total, item)));
            return;
        }
        take(result);
    }

    /** Not in a method that other nodes share: a call site of its own has a profile of its own. */
    private void take(S result) {
        total = result;
        over++;
        next.deliver(result);
    }

    @Override
    boolean hasState() {
        return true;
    }

    @Override
    int codecs() {
        return 1;
    }

    @Override
    void write(StateWriter out) throws IOException {
        saved.codec(0).write(total, out);
    }

    @Override
    @SuppressWarnings("unchecked") // the codec of this state
    void read(StateReader in, int version) throws IOException {
        total = (S) saved.codec(0).read(in, version);
    }

    @Override
    Shape shape() {
        return Shape.STATE;
    }
}
