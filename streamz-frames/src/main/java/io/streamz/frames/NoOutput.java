package io.streamz.frames;

import java.util.function.Function;

/** Finds the step behind which no row comes, and says why in one sentence. */
final class NoOutput {
    private final Function<PlanNode, FrameOperator> running;

    private NoOutput(Function<PlanNode, FrameOperator> running) {
        this.running = running;
    }

    /**
     * Says it.
     *
     * @param running the running form of a step, or null where it does not run
     */
    static String of(PlanNode node, Function<PlanNode, FrameOperator> running) {
        String why = new NoOutput(running).why(node);
        FrameOperator last = running.apply(node);
        return why == null ? rows(last.given()) + " out of " + node.label() + " so far" : why;
    }

    /** Null where rows come out. */
    private String why(PlanNode node) {
        for (PlanNode input : node.inputs()) {
            String why = why(input);
            if (why != null) {
                return why;
            }
        }
        FrameOperator operator = running.apply(node);
        if (operator == null) {
            return node.label() + " does not run: attach a sink or a view, and start the pipeline";
        }
        if (operator.given() > 0) {
            return null;
        }
        long taken = operator.ledger().taken();
        if (taken == 0) {
            return "no row has come to " + node.path() + " yet";
        }
        return here(node, operator, taken);
    }

    private static String here(PlanNode node, FrameOperator operator, long taken) {
        if (operator.ledger().lateOnes() == taken) {
            return node.label() + " has found " + rows(taken) + " late and none in time" + watermark(node, operator)
                    + "; outOfOrder lets rows come in that are further behind";
        }
        if (operator.waiting() > 0) {
            return node.label() + " holds " + rows(operator.waiting()) + " until the watermark reaches them"
                    + watermark(node, operator);
        }
        if (node instanceof PaneNode pane) {
            return node.label() + " holds " + rows(taken) + " in open windows"
                    + (pane.window().byTime()
                            ? ", which answer when the watermark passes their end" + watermark(node, operator)
                            : ", which answer when they are full");
        }
        return node.label() + " has taken " + rows(taken) + " and let none through";
    }

    private static String rows(long count) {
        return count + (count == 1 ? " row" : " rows");
    }

    private static String watermark(PlanNode node, FrameOperator operator) {
        EventTime time = node.input().eventTime();
        return time == null || operator.watermark() == Long.MIN_VALUE
                ? ""
                : "; it stands at " + EventTimeNode.shown(time, operator.watermark());
    }
}
