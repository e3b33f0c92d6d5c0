package io.streamz.frames;

import io.streamz.aggregations.DataType;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Rows in the order of their event times, equal times by arrival: a row waits until the watermark reaches it. Where the
 * watermark is the newest time itself nothing waits, and a row before the newest is late.
 */
final class InOrderNode extends PlanNode {
    private final EventTime time;

    private InOrderNode(PlanNode input, EventTime time) {
        super(input, input.schema(), "inOrder(" + time.column() + ")");
        this.time = time;
    }

    /** The rows in order; as they are where they are in order already. */
    static PlanNode of(PlanNode input, EventTime time) {
        return input.inOrder() ? input : new InOrderNode(input, time);
    }

    @Override
    boolean inOrder() {
        return true;
    }

    /** Where rows wait they are kept whole, so that a step attached later finds all its columns in them. */
    @Override
    Set<String> reads(Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>(time.ordered() ? wanted : schema().names());
        reads.add(time.column());
        return reads;
    }

    @Override
    boolean tellsLate() {
        return true;
    }

    @Override
    String state() {
        return time.ordered()
                ? "no state: no row is out of order, a row before the newest is late"
                : "state of the rows that the watermark has not reached";
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        int place = schema().indexOf(time.column());
        if (time.ordered()) {
            return new NotLateOperator(schema(), path(), place);
        }
        DataType[] types = new DataType[schema().size()];
        for (int column = 0; column < types.length; column++) {
            types[column] = schema().type(column);
        }
        return new InOrderOperator(schema(), path(), place, types);
    }
}
