package io.streamz.frames;

import java.util.List;

/** A step whose rows are replaced, by key. Its output batches are the rows that changed, with their {@link Deltas}. */
abstract non-sealed class TableNode extends PlanNode {
    TableNode(PlanNode input, Schema schema, String label) {
        super(input, schema, label);
    }

    TableNode(List<PlanNode> inputs, Schema schema, String label) {
        super(inputs, schema, label);
    }

    /** The columns that tell the rows apart; none where there is one row. */
    abstract List<String> keys();

    /** Answers have no event time. */
    @Override
    final EventTime eventTime() {
        return null;
    }

    @Override
    abstract TableOperator operator(Wanted wanted, Rejects rejects);
}
