package io.streamz.core;

import java.util.List;
import java.util.function.Function;

/** Emits one item of one of each input, first with first, second with second. */
final class ZipNode<R> extends Ports<R> {
    private final int most;

    ZipNode(Segment segment, int most, Function<Object[], ? extends R> combiner) {
        super("zip", segment, combiner);
        this.most = most;
    }

    @Override
    void arrived(Port port, Object item) {
        if (port.waiting.size() >= most) {
            Failures.of(this, item, new IllegalStateException("an input is " + most + " items ahead of another one"));
            return;
        }
        port.waiting.add(hold(item));
        removed();
    }

    @Override
    void removed() {
        while (!ports.isEmpty() && ports.stream().noneMatch(port -> port.waiting.isEmpty())) {
            List<Kept> heads = ports.stream().map(port -> port.waiting.poll()).toList();
            room.made();
            combine(
                    heads.stream().map(Kept::item).toArray(),
                    heads.stream().map(Kept::ack).toList());
            heads.forEach(Kept::letGo);
        }
    }

    @Override
    Gate gate(Edge edge) {
        return gate(edge, most);
    }
}
