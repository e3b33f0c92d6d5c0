package io.streamz.core;

import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Keeps a state that every item changes, and emits it. */
final class AccumulateNode<I, S> extends Node<I, S> {
    private final Supplier<? extends S> start;
    private final BiFunction<? super S, ? super I, ? extends S> function;
    private S state;

    AccumulateNode(
            Segment segment, Supplier<? extends S> start, BiFunction<? super S, ? super I, ? extends S> function) {
        super("accumulate", segment);
        this.start = start;
        this.function = function;
    }

    @Override
    void open() {
        state = start.get();
    }

    @Override
    void deliver(I item) {
        in++;
        segment.at = number;
        S next;
        try {
            next = function.apply(state, item);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, () -> emit(state = function.apply(state, item)));
            return;
        }
        state = next;
        emit(next);
    }

    @Override
    Shape shape() {
        return Shape.STATE;
    }
}
