package io.streamz.core;

import java.util.function.Function;

final class MapNode<I, O> extends FunctionNode<I, O> {
    private final Function<? super I, ? extends O> function;

    MapNode(Segment segment, Function<? super I, ? extends O> function) {
        super("map", segment);
        this.function = function;
    }

    @Override
    void deliver(I item) {
        in++;
        O result;
        try {
            result = function.apply(item);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, () -> handOn(function.apply(item)));
            return;
        }
        handOn(result);
    }

    /** Not in a method that other nodes share: a call site of its own has a profile of its own. */
    private void handOn(O result) {
        over++;
        next.deliver(result);
    }
}
