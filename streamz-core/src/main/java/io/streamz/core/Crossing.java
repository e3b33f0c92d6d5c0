package io.streamz.core;

import java.util.function.Consumer;

/**
 * An edge into another segment that is no queue of the user's: a branch that rejoins behind a boundary. The item becomes
 * mail and is handled by the same thread as soon as it has left its own segment.
 */
final class Crossing<T> extends Inlet<T> {
    private final Segment from;
    private final Node<?, ?> owner;
    private final Inlet<T> target;
    private final Consumer<T> delivery;

    Crossing(Segment from, Node<?, ?> owner, Inlet<T> target) {
        this.from = from;
        this.owner = owner;
        this.target = target;
        this.delivery = target::deliver;
    }

    @Override
    void deliver(T item) {
        Visit.current().post(new Mail<>(owner, false, item, from.ack(), delivery));
    }

    @Override
    void watermark(long time) {
        Visit.current().post(new Mail<>(owner, false, null, from.ack(), nothing -> target.watermark(time)));
    }

    @Override
    void end() {
        Visit.current().post(new Mail<>(owner, false, null, from.ack(), nothing -> target.end()));
    }
}
