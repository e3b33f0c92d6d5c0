package io.streamz.frames;

import java.util.List;
import java.util.Set;

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

    @Override
    Set<String> reads(Set<String> wanted) {
        return reads(0, wanted);
    }

    /** All columns, for a table that is made of a table. */
    @Override
    Set<String> reads(int input, Set<String> wanted) {
        return Set.copyOf(inputs().get(input).schema().names());
    }

    /**
     * Whether its rows are made of the table before it whenever somebody asks for them, so that it needs the changes of that one only
     * where somebody listens to its own.
     */
    boolean isMadeWhenAsked() {
        return false;
    }

    /** Whether groups leave because they are old, or too many. */
    boolean evicts() {
        return false;
    }

    /** Answers have no event time. */
    @Override
    final EventTime eventTime() {
        return null;
    }

    @Override
    abstract TableOperator operator(Wanted wanted, Rejects rejects);
}
