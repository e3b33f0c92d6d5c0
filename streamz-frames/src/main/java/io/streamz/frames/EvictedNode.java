package io.streamz.frames;

import io.streamz.core.PlanException;

/** The last rows of the groups that left a table because they were old, or too many. */
final class EvictedNode extends SideNode {
    private EvictedNode(TableNode table) {
        super(table, table.schema(), TableOperator.EVICTED);
    }

    /** Those of the last step up to here whose groups leave. */
    static EvictedNode of(TableNode table) {
        for (PlanNode step = table; step != null; step = step.input()) {
            if (step instanceof TableNode groups && groups.evicts()) {
                return new EvictedNode(groups);
            }
        }
        throw new PlanException(
                "no-evicted-rows",
                table.path(),
                "no group of " + table.path() + " leaves because it is old, or because there are too many",
                "evicted() stands behind groupBy(...).expireAfter(\"1h\").agg(...), or maxKeys(...)");
    }

    @Override
    EventTime eventTime() {
        return null;
    }
}
