package io.streamz.core;

import java.util.Objects;

/** A sink that is attached to a stream. */
public final class Sink implements AutoCloseable {
    final Node<?, ?> node;

    Sink(Node<?, ?> node) {
        this.node = node;
    }

    /** Gives the sink another name, for errors, pictures and metrics. */
    public Sink named(String name) {
        node.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Says what happens when the receiver throws. */
    public Sink onError(OnError policy) {
        node.onError = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** Takes the sink off its stream, between two items; the rest of the graph goes on. No effect the second time. */
    @Override
    public void close() {
        node.destroy();
    }

    @Override
    public String toString() {
        return node.wiring.path();
    }
}
