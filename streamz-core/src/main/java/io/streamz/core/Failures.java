package io.streamz.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;

/** What happens when the code of a node has thrown: the node's policy, and the way a failure takes. */
final class Failures {
    static final String FAILURES = "failures";
    static final String DEAD_LETTERS = "dead letters";

    private Failures() {}

    /** A node's own code on one item, to be tried again. */
    @FunctionalInterface
    interface Attempt {
        void run() throws Throwable;
    }

    /** A node threw on something that cannot be tried again. */
    static void of(Node<?, ?> node, Object item, Throwable cause) {
        of(node, item, cause, null);
    }

    /** A node threw on an item; {@code again}, if not null, does the same work once more. */
    static void of(Node<?, ?> node, Object item, Throwable cause, Attempt again) {
        OnError policy = node.onError;
        if (policy.kind == OnError.Kind.RETRY) {
            Throwable last = again == null ? cause : retry(node, policy, cause, again);
            if (last != null) {
                settle(node, policy.last, item, last);
            }
        } else {
            settle(node, policy, item, cause);
        }
    }

    /** The last failure, or null when an attempt went well. */
    private static Throwable retry(Node<?, ?> node, OnError policy, Throwable first, Attempt again) {
        Throwable last = first;
        Duration wait = policy.backOff;
        for (int i = 0; i < policy.attempts && !(last instanceof InterruptedException); i++) {
            try {
                node.segment.host().sleep(wait);
                again.run();
                return null;
            } catch (Throwable next) {
                last = next;
            }
            wait = wait.multipliedBy(2);
        }
        return last;
    }

    private static void settle(Node<?, ?> node, OnError policy, Object item, Throwable cause) {
        node.gaveUp();
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        switch (policy.kind) {
            case SKIP -> node.dropped++;
            case VALUE -> emitValue(node, policy.value);
            case DEAD_LETTER -> {
                Node<?, ?> letters = node.sides.get(DEAD_LETTERS);
                if (letters == null) {
                    fail(node, item, cause);
                } else {
                    hand(letters, new Failure(node.wiring.path(), item, cause));
                }
            }
            default -> fail(node, item, cause);
        }
    }

    @SuppressWarnings("unchecked") // OnError.value says that the type is the user's business
    private static void emitValue(Node<?, ?> node, Object value) {
        ((Node<?, Object>) node).emit(value);
    }

    private static void fail(Node<?, ?> node, Object item, Throwable cause) {
        StreamzException failure = wrap(node, item, cause);
        Visit.current().segment.ack().fail(failure);
        Node<?, ?> listener = listener(node);
        if (listener == null) {
            Visit.current().failed(failure);
        } else {
            hand(listener, new Failure(node.wiring.path(), item, cause));
        }
    }

    /** Data errors and wrong plans are said as they are; anything else is a failure of the node. */
    private static StreamzException wrap(Node<?, ?> node, Object item, Throwable cause) {
        if (cause instanceof StreamzException known) {
            return known;
        }
        String path = node.wiring.path();
        String on = item == null ? "" : " on " + brief(item);
        return new StreamException("node-failed", path, path + " failed" + on + ": " + cause, "", cause);
    }

    private static String brief(Object item) {
        String text;
        try {
            text = String.valueOf(item);
        } catch (RuntimeException e) {
            text = item.getClass().getName();
        }
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    /** The nearest place upstream that listens to failures; what fails in such a place has no listener. */
    private static Node<?, ?> listener(Node<?, ?> failed) {
        var seen = new HashSet<Node<?, ?>>();
        var open = new ArrayDeque<Node<?, ?>>(List.of(failed));
        Node<?, ?> node;
        while ((node = open.poll()) != null) {
            if (seen.add(node)) {
                if (node instanceof SideNode<?> side && side.port.equals(FAILURES)) {
                    return null;
                }
                Node<?, ?> listener = node.sides.get(FAILURES);
                if (listener != null) {
                    return listener;
                }
                node.up().forEach(edge -> open.add(edge.from()));
                if (node instanceof SideNode<?> side) {
                    open.add(side.owner);
                }
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // the side is one of failures
    private static void hand(Node<?, ?> side, Failure failure) {
        var target = (Node<?, Failure>) side;
        if (target.behind == Visit.current().segment) {
            target.emit(failure);
        } else {
            Visit.current()
                    .post(new Mail<>(
                            target, true, failure, Visit.current().segment.ack(), target::emit));
        }
    }
}
