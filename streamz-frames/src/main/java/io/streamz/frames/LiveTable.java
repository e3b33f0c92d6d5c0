package io.streamz.frames;

import io.streamz.core.DataStream;
import io.streamz.core.PlanException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A table whose rows are replaced, by key, as new rows come in. Groups stand in the order of their first appearance.
 * Immutable like a frame; nothing runs for it until something is attached.
 */
public final class LiveTable extends LiveSteps {
    private final Pipeline pipeline;
    private final TableNode node;

    LiveTable(Pipeline pipeline, TableNode node) {
        super(pipeline, node);
        this.pipeline = pipeline;
        this.node = node;
    }

    /** The columns: keys, then aggregates. */
    public Schema schema() {
        return node.schema();
    }

    /**
     * After each batch the rows of the keys that it touched, in the order in which it first touches them. The cost grows with
     * the batch, not with the table. A key that has no row any more is told of only where {@link ChangeColumn#OP} is asked
     * for.
     */
    public StreamFrame changes() {
        return changes(new ChangeColumn[0]);
    }

    /** {@link #changes()} with what they say beside the table's columns: {@code op} and {@code epoch} before them, old values behind. */
    public StreamFrame changes(ChangeColumn... extras) {
        return new StreamFrame(pipeline, ChangesNode.of(node, Arrays.asList(extras)));
    }

    /** {@link #changes(ChangeColumn...)} as records: a component {@code op} is a String. */
    public <R> DataStream<R> changes(Class<R> type, ChangeColumn... extras) {
        return changes(extras).records(type);
    }

    /**
     * This table of groups with earlier answers to begin with: what comes is added to them, and their keys stand first. The columns
     * of this table are taken from them by name.
     *
     * @param earlier such as {@code view.now()} of an earlier run
     * @throws PlanException when an aggregate cannot go on from its answer: count, sum, min, max, last, firstNonNull, any and all
     *     can, a mean needs {@link #startFrom(byte[])}; or when a column is not there, or of another type
     */
    public LiveTable startFrom(Table earlier) {
        return new LiveTable(pipeline, StartNode.of(node, Objects.requireNonNull(earlier, "earlier")));
    }

    /**
     * This table of groups with what an equal one had kept to begin with: every answer goes on exactly.
     *
     * @param state what {@link View#state} gave
     * @throws PlanException when it is the state of another table
     * @throws io.streamz.core.DataException when it is no state, or damaged
     */
    public LiveTable startFrom(byte[] state) {
        return new LiveTable(pipeline, StartNode.of(node, state));
    }

    /** The rows that were late for a window by time. */
    public StreamFrame late() {
        return new StreamFrame(pipeline, LateNode.of(node));
    }

    /**
     * The last row of each group that left because it was old or because there were too many, in the order in which they left:
     * those of {@code groupBy(...).expireAfter(...)} or {@code maxKeys(...)}. What is kept at the end is not among them.
     *
     * @throws PlanException when groups do not leave
     */
    public StreamFrame evicted() {
        return new StreamFrame(pipeline, EvictedNode.of(node));
    }

    /** After each batch the whole table, whether or not the batch changed it. */
    public DataStream<Table> snapshots() {
        return pipeline.snapshots(node);
    }

    /** A handle whose {@link View#now} gives the table as it stands. It costs the stream nothing until it is read. */
    public View view() {
        return pipeline.view(node);
    }

    /** What the table can be drawn as. */
    public Plots plot() {
        return view().plot();
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

    /** The steps that lead here, one a line, in the words that build them. */
    public String steps() {
        return node.steps();
    }

    /** What runs for this table: its steps, their state and what bounds it, the rows that went through. */
    public String explain() {
        return pipeline.explain(node);
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** Why the table is empty, in one sentence. */
    public String whyNoOutput() {
        return pipeline.whyNoOutput(node);
    }

    TableNode node() {
        return node;
    }

    /** The plan's last step and its columns. */
    @Override
    public String toString() {
        return node.path() + " " + node.schema();
    }
}
