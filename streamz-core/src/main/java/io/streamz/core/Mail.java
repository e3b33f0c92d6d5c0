package io.streamz.core;

import java.util.function.Consumer;

/**
 * An item on its way to a segment that its thread could not enter at once: emitted from inside a callback, or crossing over
 * from another segment. It holds its ack and a share of the item until it is handled.
 */
final class Mail<T> {
    private final Node<?, ?> node;
    private final boolean behind;
    private final T item;
    private final Ack ack;
    private final Consumer<T> delivery;
    private Host host;

    /** Mail for the segment of the node's input or, if {@code behind}, of its output. */
    Mail(Node<?, ?> node, boolean behind, T item, Ack ack, Consumer<T> delivery) {
        this.node = node;
        this.behind = behind;
        this.item = Shared.keep(item);
        this.ack = ack;
        this.delivery = delivery;
        ack.retain();
    }

    /** Tells the host that it has left one segment and has not come to the other. */
    void posted() {
        host = address().host();
        host.mail(1);
    }

    /** The other way round. */
    void arrived() {
        host.mail(-1);
    }

    Segment address() {
        return behind ? node.behind : node.segment;
    }

    /** Handles the item, under the lock of its segment. */
    void open(Segment segment) {
        try {
            segment.handle(delivery, item, ack);
        } finally {
            Shared.drop(item);
            ack.release();
        }
    }
}
