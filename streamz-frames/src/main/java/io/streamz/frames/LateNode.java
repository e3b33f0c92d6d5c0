package io.streamz.frames;

import io.streamz.core.PlanException;

/** The rows that a step found late, as they came to it: what it takes in is asked for when this is attached. */
final class LateNode extends SideNode {
    /** The side output of a step that tells late rows. */
    static final String LATE = "late";

    private LateNode(PlanNode step) {
        super(step, step.input().schema(), LATE);
    }

    /** The late rows of the last step up to here that judges rows by their time. */
    static LateNode of(PlanNode node) {
        for (PlanNode step = node; step != null; step = step.input()) {
            if (step.tellsLate()) {
                return new LateNode(step);
            }
        }
        throw new PlanException(
                "no-late-rows",
                node.path(),
                "no step of " + node.path() + " finds rows late",
                "late() stands behind a window, or a step that goes by time");
    }

    @Override
    EventTime eventTime() {
        return input().input().eventTime();
    }
}
