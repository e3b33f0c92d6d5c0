package io.streamz.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A picture of a graph at one moment: all nodes that are connected with the one it was asked of, by whatever way.
 *
 * @param nodes every node once; roots first
 * @param edges the connections
 */
public record Graph(List<Vertex> nodes, List<Arrow> edges) {

    /**
     * A node.
     *
     * @param id its number
     * @param name its name
     * @param detail what it was given, such as the size of a buffer, or empty
     * @param kind what kind of node it is: source, step, state, group, time, join or sink
     * @param load what goes through it, or null where that is not known
     */
    public record Vertex(int id, String name, String detail, String kind, Load load) {
        /** A node of which it is not known what goes through. */
        public Vertex(int id, String name, String detail, String kind) {
            this(id, name, detail, kind, null);
        }

        /** The name and, if there is one, the detail. */
        public String label() {
            return detail.isEmpty() ? name : name + ": " + detail;
        }
    }

    /**
     * What goes through a node.
     *
     * @param items the rows, or items, that came in
     * @param queued how many wait in it
     * @param busyNanos how long its code ran, by samples; 0 unless {@link Pipeline#sampleBusyTime} was called
     */
    public record Load(long items, long queued, long busyNanos) {}

    /** The part of the time that the code of all nodes of the picture took which a node took, from 0 to 1; 0 where nothing was sampled. */
    public double busyShare(Vertex vertex) {
        long all = nodes.stream()
                .filter(node -> node.load() != null)
                .mapToLong(node -> node.load().busyNanos())
                .sum();
        return all == 0 || vertex.load() == null ? 0 : (double) vertex.load().busyNanos() / all;
    }

    /**
     * A connection.
     *
     * @param from the number of the node above
     * @param to the number of the node below
     * @param order the place among the branches of the node above, from 0, in which they are served; -1 for the only branch
     * @param back whether it is a feedback
     */
    public record Arrow(int from, int to, int order, boolean back) {}

    /** Copies the lists. */
    public Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    static Graph around(Node<?, ?> start) {
        Set<Node<?, ?>> found = new LinkedHashSet<>();
        start.wiring.roots().stream().sorted((a, b) -> a.number - b.number).forEach(root -> below(root, found));
        below(start, found);
        var vertices = new ArrayList<Vertex>();
        var arrows = new ArrayList<Arrow>();
        for (Node<?, ?> node : found) {
            NodeMetrics metrics = node.metrics();
            // What is emitted from outside is not counted as coming from a node; all of it goes on.
            long items = node.shape() == Shape.SOURCE ? metrics.out() : metrics.in();
            vertices.add(new Vertex(
                    node.number,
                    node.name,
                    node.detail(),
                    node.shape().name().toLowerCase(java.util.Locale.ROOT),
                    new Load(items, metrics.queued(), metrics.busyNanos())));
            List<Node<?, ?>> branches = new ArrayList<>();
            node.down().forEach(edge -> branches.add(edge.to()));
            branches.addAll(node.sides.values());
            for (int i = 0; i < branches.size(); i++) {
                arrows.add(new Arrow(node.number, branches.get(i).number, branches.size() == 1 ? -1 : i, false));
            }
            if (node.back != null) {
                arrows.add(new Arrow(node.number, node.back.number, -1, true));
            }
        }
        return new Graph(vertices, arrows);
    }

    /** Everything connected, in the order in which it is found going down. */
    private static void below(Node<?, ?> start, Set<Node<?, ?>> found) {
        var open = new ArrayDeque<Node<?, ?>>(List.of(start));
        Node<?, ?> node;
        while ((node = open.poll()) != null) {
            if (found.add(node)) {
                node.down().forEach(edge -> open.add(edge.to()));
                open.addAll(node.sides.values());
                node.up().forEach(edge -> open.add(edge.from()));
            }
        }
    }

    /** One line per node, indented by its depth; a node with several inputs is drawn below the first and named by the others. */
    public String text() {
        var lines = new ArrayList<String>();
        var drawn = new LinkedHashSet<Integer>();
        for (Vertex vertex : nodes) {
            if (edges.stream().noneMatch(edge -> edge.to() == vertex.id() && !edge.back())) {
                text(vertex, 0, drawn, lines);
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void text(Vertex first, int firstDepth, Set<Integer> drawn, List<String> lines) {
        record Open(Vertex vertex, int depth) {}
        var open = new ArrayDeque<Open>(List.of(new Open(first, firstDepth)));
        while (!open.isEmpty()) {
            Open at = open.pop();
            boolean again = !drawn.add(at.vertex.id());
            lines.add("  ".repeat(at.depth) + at.vertex.label() + (again ? " (see above)" : back(at.vertex)));
            List<Arrow> out = again
                    ? List.of()
                    : edges.stream()
                            .filter(edge -> edge.from() == at.vertex.id() && !edge.back())
                            .toList();
            for (int i = out.size() - 1; i >= 0; i--) {
                open.push(new Open(vertex(out.get(i).to()), at.depth + 1));
            }
        }
    }

    private String back(Vertex vertex) {
        return edges.stream()
                .filter(edge -> edge.from() == vertex.id() && edge.back())
                .map(edge -> " -> back to " + vertex(edge.to()).label())
                .collect(Collectors.joining());
    }

    Vertex vertex(int id) {
        return nodes.stream().filter(vertex -> vertex.id() == id).findFirst().orElseThrow();
    }

    /** The picture in the Mermaid language. */
    public String mermaid() {
        return GraphFormats.mermaid(this);
    }

    /** The picture in the language of Graphviz. */
    public String dot() {
        return GraphFormats.dot(this);
    }

    /** The picture as SVG: under each name what went through, the share of the time it took, what waits; the busier the darker. */
    public String svg() {
        return GraphFormats.svg(this);
    }
}
