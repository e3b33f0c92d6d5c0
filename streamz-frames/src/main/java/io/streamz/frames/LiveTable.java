package io.streamz.frames;

import io.streamz.core.DataStream;
import java.util.Objects;

/**
 * A table whose rows are replaced, by key, as new rows come in. Groups stand in the order of their first appearance.
 * Immutable like a frame; nothing runs for it until something is attached.
 */
public final class LiveTable {
    private final Pipeline pipeline;
    private final AggregateNode node;

    LiveTable(Pipeline pipeline, AggregateNode node) {
        this.pipeline = pipeline;
        this.node = node;
    }

    /** The columns: keys, then aggregates. */
    public Schema schema() {
        return node.schema();
    }

    /** After each batch the rows of the keys that it touched, in the order in which it first touches them. The cost grows with the batch, not with the table. */
    public StreamFrame changes() {
        return new StreamFrame(pipeline, node);
    }

    /** {@link #changes()} as records, as {@link StreamFrame#records} makes them. */
    public <R> DataStream<R> changes(Class<R> type) {
        return changes().records(type);
    }

    /** After each batch the whole table, whether or not the batch changed it. */
    public DataStream<Table> snapshots() {
        return pipeline.snapshots(node);
    }

    /** A handle whose {@link View#now} gives the table as it stands. It costs the stream nothing until it is read. */
    public View view() {
        return pipeline.view(node);
    }

    /** Writes the table as it stands at the end of the input to a sink such as a file. */
    public void sink(FrameSink sink) {
        Objects.requireNonNull(sink, "sink");
        pipeline.atEnd(node, sink);
    }

    /** Prints the table at the end of the input, and on a terminal in place while it changes. */
    public void show() {
        pipeline.show(node);
    }

    /** What runs for this table: its steps, their state and what bounds it, the rows that went through. */
    public String explain() {
        return pipeline.explain(node);
    }

    AggregateNode node() {
        return node;
    }

    /** The plan's last step and its columns. */
    @Override
    public String toString() {
        return node.path() + " " + node.schema();
    }
}
