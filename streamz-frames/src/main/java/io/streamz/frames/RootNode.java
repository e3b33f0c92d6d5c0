package io.streamz.frames;

import java.util.List;
import java.util.Set;

/** Where rows come in: a source or an input of records. It numbers the batches. */
final class RootNode extends PlanNode {
    /** When it is read again; null where it is read once. */
    private final Reload reload;

    private final boolean replays;

    /** An input: its rows come once. */
    RootNode(String name, Schema schema) {
        super(List.of(), schema, name);
        this.reload = null;
        this.replays = false;
    }

    /** A source. */
    RootNode(String name, FrameSource source) {
        super(List.of(), source.schema(), name);
        this.reload = source instanceof ReloadingSource again ? again.reload() : null;
        this.replays = source.replays();
    }

    /** Whether another reader gives the same rows once more. */
    boolean replays() {
        return replays;
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
