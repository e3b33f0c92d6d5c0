package io.streamz.core;

import java.util.Set;
import java.util.function.Function;

/** Emits the newest of all inputs when one of the triggering inputs has an item, once all have one. */
final class CombineLatestNode<R> extends Ports<R> {
    private final Set<Integer> triggers;

    /** No triggers means that every input triggers. */
    CombineLatestNode(Segment segment, Set<Integer> triggers, Function<Object[], ? extends R> combiner) {
        super("combineLatest", segment, combiner);
        this.triggers = triggers;
    }

    @Override
    void arrived(Port port, Object item) {
        Kept before = port.last;
        port.last = hold(item);
        if (before != null) {
            before.letGo();
        }
        boolean fires = triggers.isEmpty() || triggers.contains(ports.indexOf(port));
        if (fires && ports.stream().noneMatch(other -> other.last == null)) {
            combine(
                    ports.stream().map(other -> other.last.item()).toArray(),
                    ports.stream().map(other -> other.last.ack()).toList());
        }
    }
}
