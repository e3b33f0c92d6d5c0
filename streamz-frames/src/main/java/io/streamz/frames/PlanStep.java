package io.streamz.frames;

import io.streamz.core.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step of a plan for those who look at it.
 *
 * @param running what runs for it; null where nothing does
 */
record PlanStep(PlanNode node, Running running, RunningPlan plan) {
    static PlanStep of(PlanNode node, RunningPlan plan) {
        return new PlanStep(node, plan.of(node), plan);
    }

    /** The steps before it: those that run for it, which need not be those that run for others. */
    List<PlanStep> inputs() {
        return running == null
                ? node.inputs().stream().map(input -> of(input, plan)).toList()
                : running.inputs().stream()
                        .map(input -> new PlanStep(input.node(), input, plan))
                        .toList();
    }

    /** Null where it does not run. */
    FrameOperator operator() {
        return running == null ? null : running.operator();
    }

    boolean isOnlyLookedAt() {
        return running != null && running.isOnlyLookedAt();
    }

    /** The rows that have come out, or that stand in a table that is only looked at. */
    long given() {
        return isOnlyLookedAt() ? running.table().rows() : operator().given();
    }

    /** What went through it. */
    private String rows() {
        return isOnlyLookedAt()
                ? "made when it is looked at"
                : operator().ledger().toString();
    }

    /** It and those before it, with what went through them. */
    Graph graph() {
        List<Graph.Vertex> vertices = new ArrayList<>();
        List<Graph.Arrow> arrows = new ArrayList<>();
        draw(new LinkedHashMap<>(), vertices, arrows);
        return new Graph(vertices, arrows);
    }

    private int draw(Map<PlanStep, Integer> ids, List<Graph.Vertex> vertices, List<Graph.Arrow> arrows) {
        Integer known = ids.get(this);
        if (known != null) {
            return known;
        }
        List<Integer> above = new ArrayList<>();
        for (PlanStep input : inputs()) {
            above.add(input.draw(ids, vertices, arrows));
        }
        int id = ids.size();
        ids.put(this, id);
        FrameOperator operator = operator();
        String detail = operator == null ? "" : rows();
        StepMetrics metrics = running == null ? null : running.metrics();
        String kind = above.isEmpty() ? "source" : above.size() > 1 ? "join" : "step";
        Graph.Load load = metrics == null ? null : new Graph.Load(metrics.in(), metrics.queued(), metrics.busyNanos());
        vertices.add(new Graph.Vertex(id, node.label(), detail, kind, load));
        for (int order = 0; order < above.size(); order++) {
            arrows.add(new Graph.Arrow(above.get(order), id, -1, false));
        }
        return id;
    }

    /** It and those before it, one line each: the label, the state and what bounds it, its bytes, its rows. */
    String explain() {
        StringBuilder text = new StringBuilder();
        explain(text);
        return text.toString();
    }

    private int explain(StringBuilder text) {
        int depth = 0;
        for (PlanStep input : inputs()) {
            depth = Math.max(depth, input.explain(text) + 1);
        }
        text.append("  ".repeat(depth)).append(node.label()).append("  [").append(node.state());
        FrameOperator operator = operator();
        if (operator != null) {
            if (operator.bytes() > 0) {
                text.append(", ").append(operator.bytes()).append(" bytes");
            }
            if (operator.first() > 1) {
                text.append("; from batch ").append(operator.first()).append(" on");
            }
            text.append("; ").append(rows());
            if (node.eventTime() != null && operator.watermark() != Long.MIN_VALUE) {
                text.append("; watermark ").append(EventTimeNode.shown(node.eventTime(), operator.watermark()));
            }
        }
        text.append("]\n");
        return depth;
    }
}
