package io.streamz.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Emits every item of the first input once, with the newest of the others; it waits until all others have one. */
final class ZipLatestNode<R> extends Ports<R> {
    private final int most;

    ZipLatestNode(Segment segment, int most, Function<Object[], ? extends R> combiner) {
        super("zipLatest", segment, combiner);
        this.most = most;
    }

    @Override
    void arrived(Port port, Object item) {
        Port first = ports.get(0);
        if (port == first) {
            if (first.waiting.size() >= most) {
                Failures.of(this, item, new IllegalStateException(most + " items wait for the first of another input"));
                return;
            }
            first.waiting.add(hold(item));
        } else {
            Kept before = port.last;
            port.last = hold(item);
            if (before != null) {
                before.letGo();
            }
        }
        removed();
    }

    @Override
    void removed() {
        List<Port> others = ports.subList(1, ports.size());
        if (others.stream().anyMatch(other -> other.last == null)) {
            return;
        }
        Kept head;
        while ((head = ports.get(0).waiting.poll()) != null) {
            room.made();
            var items = new ArrayList<>(List.of(head));
            others.forEach(other -> items.add(other.last));
            combine(
                    items.stream().map(Kept::item).toArray(),
                    items.stream().map(Kept::ack).toList());
            head.letGo();
        }
    }

    @Override
    Gate gate(Edge edge) {
        return edge.inlet() == ports.get(0) ? gate(edge, most) : null;
    }
}
