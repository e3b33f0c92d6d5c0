package io.streamz.frames;

/** Finds the step behind which no row comes, and says why in one sentence. */
final class NoOutput {
    private NoOutput() {}

    /** Says it. */
    static String of(PlanStep step) {
        String why = why(step);
        return why == null ? rows(step.given()) + " out of " + step.node().label() + " so far" : why;
    }

    /** Null where rows come out. */
    private static String why(PlanStep step) {
        for (PlanStep input : step.inputs()) {
            String why = why(input);
            if (why != null) {
                return why;
            }
        }
        PlanNode node = step.node();
        FrameOperator operator = step.operator();
        if (operator == null) {
            return node.label() + " does not run: attach a sink or a view, and start the pipeline";
        }
        if (step.isOnlyLookedAt()) {
            return step.given() > 0 ? null : node.label() + " lets no row through as the table stands";
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
