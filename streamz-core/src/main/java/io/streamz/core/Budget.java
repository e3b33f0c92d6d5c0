package io.streamz.core;

import java.util.List;

/**
 * What the nodes of a pipeline may hold together. An operator that says what it holds is the moment at which that is added up,
 * so that it costs nothing in between; with {@link OverBudget#SLOW} each root has a gate besides, which looks for every item.
 */
final class Budget implements Gate {
    private final String pipeline;
    private final long limit;
    private final OverBudget policy;
    private final List<Node<?, ?>> nodes;
    private final Room room = new Room();

    Budget(String pipeline, long limit, OverBudget policy, List<Node<?, ?>> nodes) {
        this.pipeline = pipeline;
        this.limit = limit;
        this.policy = policy;
        this.nodes = nodes;
    }

    /** The gate of roots, or null where nothing is slowed. */
    Gate gate() {
        return policy == OverBudget.SLOW ? this : null;
    }

    private long state() {
        return nodes.stream().mapToLong(node -> node.memory).sum();
    }

    private long queues() {
        return nodes.stream().mapToLong(Node::queuedBytes).sum();
    }

    /** The error that stops the pipeline, or null while it may go on. */
    DataException exceeded() {
        long state = state();
        long held = state + queues();
        if (held <= limit || policy == OverBudget.SLOW && state <= limit) {
            return null;
        }
        Node<?, ?> most = nodes.get(0);
        for (Node<?, ?> node : nodes) {
            most = node.memory + node.queuedBytes() > most.memory + most.queuedBytes() ? node : most;
        }
        String path = most.wiring.path();
        return new DataException(
                "over-budget",
                path,
                path + " holds " + ByteSize.text(most.memory + most.queuedBytes()) + " of the " + ByteSize.text(held)
                        + " that '" + pipeline + "' holds, more than its budget of " + ByteSize.text(limit),
                "give it more with memory(\"" + ByteSize.text(2 * limit)
                        + "\"), or ask for fewer keys or shorter windows");
    }

    /** While state alone is too much nothing is held back, so that the item comes at which the pipeline stops. */
    @Override
    public boolean isFull() {
        long state = state();
        return state <= limit && state + queues() > limit;
    }

    @Override
    public void await() {
        room.awaitWhile(this::isFull, pipeline);
    }

    /** Nobody waits any more. */
    void close() {
        room.close();
    }
}
