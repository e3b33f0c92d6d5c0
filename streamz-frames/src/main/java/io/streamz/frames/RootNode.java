package io.streamz.frames;

import java.util.List;
import java.util.Set;

/** Where rows come in: a source or an input of records. It numbers the batches. */
final class RootNode extends PlanNode {
    /** When it is read again; null where it is read once. */
    private final Reload reload;

    RootNode(String name, Schema schema) {
        this(name, schema, null);
    }

    RootNode(String name, Schema schema, Reload reload) {
        super(List.of(), schema, name);
        this.reload = reload;
    }

    @Override
    boolean reloads() {
        return reload != null;
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        return wanted;
    }

    @Override
    String state() {
        return reload == null ? "no state" : "no state; read again " + reload;
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        return new RootOperator();
    }
}
