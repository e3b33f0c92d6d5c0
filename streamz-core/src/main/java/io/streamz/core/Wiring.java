package io.streamz.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The edges of one node, and how they are changed while the graph runs: always between two items of the segment, under its
 * lock, on lists that are copied, so that anybody may read them at any time.
 */
final class Wiring {
    private static final Object GROWING_TOGETHER = new Object();
    private static final AtomicLong CHANGES = new AtomicLong();

    private final Node<?, ?> node;
    volatile List<Edge> up = List.of();
    volatile List<Edge> down = List.of();
    private int depth;

    Wiring(Node<?, ?> node) {
        this.node = node;
    }

    // Changes.

    /** Connects a new node to one above it; the node must not be in use yet. */
    static void attach(Node<?, ?> from, Node<?, ?> to, int port, Inlet<?> inlet) {
        Edge edge = new Edge(from, to, port, inlet);
        if (from.behind != to.segment) {
            growTogether(from, to);
        }
        to.wiring.up = plus(to.wiring.up, edge);
        Segment.betweenItems(from, true, () -> from.wiring.addDown(edge));
    }

    /** Takes an edge away; what is on its way arrives, what is emitted after this does not. */
    static void detach(Edge edge) {
        edge.to().wiring.up = minus(edge.to().wiring.up, edge);
        Segment.betweenItems(edge.from(), true, () -> {
            Wiring wiring = edge.from().wiring;
            wiring.down = minus(wiring.down, edge);
            wiring.rewire();
        });
    }

    private void addDown(Edge edge) {
        if (edge.to().isOver()) {
            return;
        }
        down = plus(down, edge);
        sink(edge);
        rewire();
        if (node.state == Node.State.ENDED) {
            edge.inlet().end();
        }
    }

    /** Moves what is below an edge down, so that the depth of a node is the length of the longest way to it. */
    private static void sink(Edge first) {
        var open = new ArrayDeque<Edge>(List.of(first));
        Edge edge;
        while ((edge = open.poll()) != null) {
            Node<?, ?> below = edge.to();
            int least = edge.from().wiring.depth + 1;
            if (below.segment == edge.from().behind && below.wiring.depth < least) {
                below.wiring.depth = least;
                if (below.behind == below.segment) {
                    below.wiring.rewire();
                    open.addAll(below.down());
                }
            }
        }
    }

    /** Makes the inlet that items go to from what the list of edges says. */
    void rewire() {
        @SuppressWarnings({"unchecked", "rawtypes"}) // the types were checked where the graph was built
        Node<?, Object> typed = (Node) node;
        List<Inlet<Object>> inlets = new ArrayList<>();
        for (Edge edge : down) {
            inlets.add(way(edge));
        }
        typed.next = switch (inlets.size()) {
            case 0 -> Node.nowhere();
            case 1 -> inlets.get(0);
            default -> new Fan<>(node.behind, inlets);
        };
        changed();
    }

    /** Gates may have come or gone. */
    static void changed() {
        CHANGES.incrementAndGet();
    }

    @SuppressWarnings("unchecked") // the types were checked where the graph was built
    private Inlet<Object> way(Edge edge) {
        Inlet<Object> inlet = (Inlet<Object>) edge.inlet();
        Node<?, ?> to = edge.to();
        if (to.segment != node.behind) {
            return new Crossing<>(node.behind, to, inlet);
        }
        return to.wiring.depth % Hop.EVERY == 0 ? new Hop<>(node.behind, inlet) : inlet;
    }

    // Questions.

    /** The least watermark of all inputs that have not ended; that of the only input is what it says it is. */
    long leastWatermark(long time) {
        List<Edge> inputs = up;
        if (inputs.size() <= 1) {
            return time;
        }
        long least = Long.MAX_VALUE;
        for (Edge edge : inputs) {
            if (edge.from().state == Node.State.OPEN) {
                least = Math.min(least, edge.from().watermark);
            }
        }
        return least;
    }

    boolean allInputsEnded() {
        for (Edge edge : up) {
            if (edge.from().state == Node.State.NEW || edge.from().state == Node.State.OPEN) {
                return false;
            }
        }
        return true;
    }

    /** How many changes there have been to any graph. */
    static long changes() {
        return CHANGES.get();
    }

    /** The bounded places that an item emitted here may come to before it meets another thread, or null. */
    Gate findRim() {
        var found = new ArrayList<Gate>();
        Gate barrier = node.behind.host().barrier(node);
        if (barrier != null) {
            found.add(barrier);
        }
        var seen = new HashSet<Edge>();
        var open = new ArrayDeque<>(down);
        Gate budget = node instanceof RootNode ? node.behind.host().gate() : null;
        if (budget != null) {
            found.add(budget);
        }
        Edge edge;
        while ((edge = open.poll()) != null) {
            if (seen.add(edge)) {
                Gate gate = edge.to().gate(edge);
                if (gate != null) {
                    found.add(gate);
                }
                if (edge.to().behind == edge.to().segment) {
                    open.addAll(edge.to().down());
                }
            }
        }
        return Rim.of(found.toArray(new Gate[0]));
    }

    /** Whether what the node emits may come to the other one, by whatever way. */
    boolean reaches(Node<?, ?> other) {
        var seen = new HashSet<Node<?, ?>>();
        var open = new ArrayDeque<Node<?, ?>>(List.of(node));
        Node<?, ?> next;
        while ((next = open.poll()) != null) {
            if (next == other) {
                return true;
            }
            if (seen.add(next)) {
                next.down().forEach(edge -> open.add(edge.to()));
                open.addAll(next.sides.values());
            }
        }
        return false;
    }

    /** Whether anything that items can come to still wants them. */
    boolean hasListener() {
        var seen = new HashSet<Node<?, ?>>();
        var open = new ArrayDeque<Node<?, ?>>(List.of(node));
        Node<?, ?> next;
        while ((next = open.poll()) != null) {
            if (seen.add(next)) {
                if (!next.isOver() && (next.shape() == Shape.SINK || next.isBoundary())) {
                    return true;
                }
                next.down().forEach(edge -> open.add(edge.to()));
                open.addAll(next.sides.values());
            }
        }
        return false;
    }

    /** Something below these roots was cut off: tells those that nobody else listens to. */
    static void tellUnheard(Set<Node<?, ?>> roots) {
        for (Node<?, ?> root : roots) {
            Segment.betweenItems(root, true, () -> {
                if (!root.wiring.hasListener()) {
                    root.behind.host().unheard(root);
                }
            });
        }
    }

    /** All nodes without inputs from which items can come here. */
    Set<Node<?, ?>> roots() {
        var roots = new HashSet<Node<?, ?>>();
        var seen = new HashSet<Node<?, ?>>();
        var open = new ArrayDeque<Node<?, ?>>(List.of(node));
        Node<?, ?> next;
        while ((next = open.poll()) != null) {
            if (seen.add(next)) {
                if (next instanceof SideNode<?> side) {
                    open.add(side.owner);
                } else if (next.up().isEmpty()) {
                    roots.add(next);
                }
                next.up().forEach(edge -> open.add(edge.from()));
            }
        }
        return roots;
    }

    /** The way from the root: the first input of the first input and so on. */
    String path() {
        var names = new ArrayDeque<String>();
        var seen = new HashSet<Node<?, ?>>();
        for (Node<?, ?> at = node; at != null && seen.add(at); ) {
            names.addFirst(at.name);
            List<Edge> inputs = at.up();
            at = inputs.isEmpty() ? null : inputs.get(0).from();
        }
        return String.join(" > ", names);
    }

    // Growing together.

    /**
     * Lets two graphs that had nothing to do with each other have one lock. Only a graph that begins at a root and is not
     * running at this moment moves; where that is not so, the edge stays a {@link Crossing}, which is right but slower.
     */
    private static void growTogether(Node<?, ?> from, Node<?, ?> to) {
        synchronized (GROWING_TOGETHER) {
            Segment here = to.segment;
            Segment there = from.behind;
            if (here.mayMoveInto(there)) {
                here.moveInto(there);
            } else if (there.mayMoveInto(here)) {
                there.moveInto(here);
            }
        }
    }

    private static <T> List<T> plus(List<T> list, T one) {
        var copy = new ArrayList<>(list);
        copy.add(one);
        return List.copyOf(copy);
    }

    private static <T> List<T> minus(List<T> list, T one) {
        var copy = new ArrayList<>(list);
        copy.remove(one);
        return List.copyOf(copy);
    }
}
