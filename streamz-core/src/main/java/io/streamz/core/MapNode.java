package io.streamz.core;

import java.util.function.Function;

final class MapNode<I, O> extends Node<I, O> {
    private final Function<? super I, ? extends O> function;

    MapNode(Segment segment, Function<? super I, ? extends O> function) {
        super("map", segment);
        this.function = function;
    }

    @Override
    void deliver(I item) {
        in++;
        segment.at = number;
        O result;
        try {
            result = function.apply(item);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, () -> emit(function.apply(item)));
            return;
        }
        out++;
        next.deliver(result); // not through emit: a call site of its own has a profile of its own
    }
}
