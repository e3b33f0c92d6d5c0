package io.streamz.core;

import java.util.function.Predicate;

final class FilterNode<T> extends Node<T, T> {
    private final Predicate<? super T> predicate;

    FilterNode(Segment segment, Predicate<? super T> predicate) {
        super("filter", segment);
        this.predicate = predicate;
    }

    @Override
    void deliver(T item) {
        in++;
        segment.at = number;
        boolean passes;
        try {
            passes = predicate.test(item);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, () -> decide(predicate.test(item), item));
            return;
        }
        if (passes) {
            out++;
            next.deliver(item); // not through emit: a call site of its own has a profile of its own
        } else {
            dropped++;
        }
    }

    private void decide(boolean passes, T item) {
        if (passes) {
            emit(item);
        } else {
            dropped++;
        }
    }
}
