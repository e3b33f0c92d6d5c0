package io.streamz.frames;

import io.streamz.core.Output;
import java.util.Set;

/** The rows of a side output of a step, which are none of its answers. */
abstract sealed class SideNode extends PlanNode permits LateNode, EvictedNode {
    private final String side;

    SideNode(PlanNode step, Schema schema, String side) {
        super(step, schema, side);
        this.side = side;
    }

    /** The name of the output. */
    final String side() {
        return side;
    }

    /** None of the step's own answers. */
    @Override
    final Set<String> reads(Set<String> wanted) {
        return Set.of();
    }

    @Override
    final String state() {
        return "no state";
    }

    @Override
    final FrameOperator operator(Wanted wanted, Rejects rejects) {
        return new FrameOperator() {
            @Override
            void take(RecordBatch in, Output<? super RecordBatch> out) {
                ledger().in(in.rows());
                ledger().out(in.rows());
                out.emit(in);
            }
        };
    }
}
