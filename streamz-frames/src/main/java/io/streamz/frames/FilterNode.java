package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Keeps the rows for which a condition is true. */
final class FilterNode extends PlanNode {
    private final Expr condition;

    private FilterNode(PlanNode input, Expr condition) {
        super(input, input.schema(), "filter(" + condition + ")");
        this.condition = condition;
    }

    static FilterNode of(PlanNode input, Expr condition) {
        DataType type = condition.bind(input.schema(), input.path()).type();
        if (!type.equals(DataType.BOOL)) {
            throw new PlanException(
                    "type-mismatch",
                    input.path(),
                    "filter needs a condition, but " + condition + " is " + type,
                    "compare it with something, as in " + condition + " > 0");
        }
        return new FilterNode(input, condition);
    }

    Expr condition() {
        return condition;
    }

    @Override
    boolean takesReloads(int input) {
        return true;
    }

    @Override
    boolean inOrder() {
        return input().inOrder();
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>(wanted);
        reads.addAll(condition.columns());
        return reads;
    }

    @Override
    String state() {
        return "no state";
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        return new FilterOperator(
                schema(), path(), condition.bind(schema(), path()), schema().places(condition.columns()), rejects);
    }
}
