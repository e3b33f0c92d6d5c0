package io.streamz.frames;

import java.util.List;
import java.util.Set;

/** Where rows come in: a source or an input of records. It numbers the batches. */
final class RootNode extends PlanNode {
    RootNode(String name, Schema schema) {
        super(List.of(), schema, name);
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        return wanted;
    }

    @Override
    String state() {
        return "no state";
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        return new RootOperator();
    }
}
