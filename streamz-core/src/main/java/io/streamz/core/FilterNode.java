package io.streamz.core;

import java.util.function.Predicate;

final class FilterNode<T> extends FunctionNode<T, T> {
    private final Predicate<? super T> predicate;
    private long rejected;

    FilterNode(Segment segment, Predicate<? super T> predicate) {
        super("filter", segment);
        this.predicate = predicate;
    }

    @Override
    void deliver(T item) {
        in++;
        boolean passes;
        try {
            passes = predicate.test(item);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, () -> decide(predicate.test(item), item));
            return;
        }
        decide(passes, item);
    }

    /** Not in a method that other nodes share: a call site of its own has a profile of its own. */
    private void decide(boolean passes, T item) {
        if (passes) {
            over++;
            next.deliver(item);
        } else {
            rejected++;
        }
    }

    @Override
    long rejected() {
        return rejected;
    }
}
