package io.streamz.core;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes graphs in other languages. */
final class GraphFormats {
    private static final int WIDTH = 200;
    private static final int HEIGHT = 44;
    /** What fits into a box. */
    private static final int LETTERS = 26;

    private static final int GAP_X = 30;
    private static final int GAP_Y = 44;

    private GraphFormats() {}

    static String mermaid(Graph graph) {
        var text = new StringBuilder("flowchart TD\n");
        for (Graph.Vertex vertex : graph.nodes()) {
            text.append("  n")
                    .append(vertex.id())
                    .append("[\"")
                    .append(vertex.label().replace("\"", "#quot;"))
                    .append("\"]\n");
        }
        for (Graph.Arrow arrow : graph.edges()) {
            text.append("  n").append(arrow.from()).append(arrow.back() ? " -.->" : " -->");
            text.append(arrow.order() < 0 ? "" : "|" + arrow.order() + "|");
            text.append(" n").append(arrow.to()).append('\n');
        }
        return text.toString();
    }

    static String dot(Graph graph) {
        var text = new StringBuilder("digraph streamz {\n  rankdir=TB;\n");
        for (Graph.Vertex vertex : graph.nodes()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  n%d [label=\"%s\", shape=%s];%n",
                    vertex.id(),
                    vertex.label().replace("\\", "\\\\").replace("\"", "\\\""),
                    dotShape(vertex.kind())));
        }
        for (Graph.Arrow arrow : graph.edges()) {
            text.append("  n").append(arrow.from()).append(" -> n").append(arrow.to());
            text.append(arrow.back() ? " [style=dashed, constraint=false]" : "");
            text.append(arrow.order() < 0 ? "" : " [label=\"" + arrow.order() + "\"]")
                    .append(";\n");
        }
        return text.append("}\n").toString().replace("\r\n", "\n");
    }

    private static String dotShape(String kind) {
        return switch (kind) {
            case "source" -> "doubleoctagon";
            case "state" -> "box";
            case "group" -> "diamond";
            case "time" -> "octagon";
            case "join" -> "triangle";
            case "sink" -> "trapezium";
            default -> "ellipse";
        };
    }

    /** Rows by the length of the longest way to a node, columns in the order in which nodes were found. */
    static String svg(Graph graph) {
        Map<Integer, Integer> rows = rows(graph);
        var columns = new HashMap<Integer, Integer>();
        var used = new HashMap<Integer, Integer>();
        graph.nodes()
                .forEach(vertex -> columns.put(vertex.id(), used.merge(rows.get(vertex.id()), 1, Integer::sum) - 1));
        int across = used.values().stream().mapToInt(n -> n).max().orElse(1) * (WIDTH + GAP_X) + GAP_X;
        int down = (rows.values().stream().mapToInt(n -> n).max().orElse(0) + 1) * (HEIGHT + GAP_Y);
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">\n<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\""
                        + " markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\"/></marker></defs>\n",
                across,
                down));
        for (Graph.Arrow arrow : graph.edges()) {
            int x1 = x(columns.get(arrow.from())) + WIDTH / 2;
            int y1 = y(rows.get(arrow.from())) + HEIGHT;
            int x2 = x(columns.get(arrow.to())) + WIDTH / 2;
            int y2 = y(rows.get(arrow.to()));
            text.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %dL%d %d\" fill=\"none\" stroke=\"black\"%s marker-end=\"url(#tip)\"/>\n",
                    x1,
                    y1,
                    x2,
                    y2,
                    arrow.back() ? " stroke-dasharray=\"4\"" : ""));
            if (arrow.order() >= 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\">%d</text>\n",
                        (2 * x1 + x2) / 3 + 4, // nearer to where it begins: arrows that cross do so half-way
                        (2 * y1 + y2) / 3 + 4,
                        arrow.order()));
            }
        }
        for (Graph.Vertex vertex : graph.nodes()) {
            text.append(box(graph, vertex, x(columns.get(vertex.id())), y(rows.get(vertex.id()))));
        }
        if (isUnsampled(graph)) {
            text.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#666666\">no samples of busy time: see"
                            + " sampleBusyTime</text>\n",
                    GAP_X,
                    down - 6));
        }
        return text.append("</svg>\n").toString();
    }

    /** Whether items were counted, and no sample was ever taken: then no share of time does not mean that nothing was busy. */
    private static boolean isUnsampled(Graph graph) {
        List<Graph.Load> loads = graph.nodes().stream()
                .map(Graph.Vertex::load)
                .filter(load -> load != null)
                .toList();
        return loads.stream().anyMatch(load -> load.items() > 0)
                && loads.stream().allMatch(load -> load.busyNanos() == 0);
    }

    /** The whole label is shown where the pointer rests on the box. */
    private static String box(Graph graph, Graph.Vertex vertex, int x, int y) {
        String load = load(graph, vertex);
        int middle = x + WIDTH / 2;
        int line = y + HEIGHT / 2 + (load.isEmpty() ? 5 : -3);
        String below = load.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"11\">%s</text>%n",
                        middle,
                        line + 16,
                        load);
        return String.format(
                        Locale.ROOT,
                        """
                        <g><title>%s</title><rect x="%d" y="%d" width="%d" height="%d" rx="%d" fill="%s" stroke="black"/>
                        <text x="%d" y="%d" text-anchor="middle">%s</text>
                        %s</g>
                        """,
                        escape(vertex.label()),
                        x,
                        y,
                        WIDTH,
                        HEIGHT,
                        vertex.kind().equals("step") ? 18 : 4,
                        colour(vertex, graph.busyShare(vertex)),
                        middle,
                        line,
                        escape(shortened(vertex.name())),
                        below)
                .replace("\r\n", "\n");
    }

    /** From white to orange. */
    private static String colour(Graph.Vertex vertex, double busy) {
        if (busy == 0) {
            return vertex.kind().equals("sink") ? "#eeeeee" : "white";
        }
        return String.format(Locale.ROOT, "#ff%02x%02x", (int) (255 - 90 * busy), (int) (255 - 255 * busy));
    }

    private static String load(Graph graph, Graph.Vertex vertex) {
        Graph.Load load = vertex.load();
        if (load == null) {
            return vertex.detail().isEmpty() ? "" : escape(shortened(vertex.detail()));
        }
        double busy = graph.busyShare(vertex);
        return String.format(Locale.ROOT, "%,d in", load.items())
                + (busy == 0 ? "" : String.format(Locale.ROOT, ", %.0f %% busy", busy * 100))
                + (load.queued() == 0 ? "" : String.format(Locale.ROOT, ", %,d queued", load.queued()));
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LETTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LETTERS - 1)) + "\u2026";
    }

    private static Map<Integer, Integer> rows(Graph graph) {
        var rows = new HashMap<Integer, Integer>();
        graph.nodes().forEach(vertex -> rows.put(vertex.id(), 0));
        boolean moved = true;
        for (int round = 0; moved && round <= graph.nodes().size(); round++) {
            moved = false;
            for (Graph.Arrow arrow : graph.edges()) {
                int least = rows.get(arrow.from()) + 1;
                if (!arrow.back() && rows.get(arrow.to()) < least) {
                    rows.put(arrow.to(), least);
                    moved = true;
                }
            }
        }
        return rows;
    }

    private static int x(int column) {
        return GAP_X + column * (WIDTH + GAP_X);
    }

    private static int y(int row) {
        return GAP_Y / 2 + row * (HEIGHT + GAP_Y);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
