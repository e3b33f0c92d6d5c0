package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.List;

/**
 * Rows in intervals on the way to their aggregates: one row for each interval and key, once, when the interval is final. Its columns
 * are {@code window_start} and {@code window_end}, the keys, the aggregates. Intervals come by their ends, sessions of equal end by their
 * first rows. Immutable.
 */
public final class PanedFrame {
    private final Pipeline pipeline;
    private final PlanNode input;
    private final PaneWindow window;
    private final List<String> keys;
    private final boolean dropNullKeys;

    PanedFrame(Pipeline pipeline, PlanNode input, PaneWindow window, List<String> keys, boolean dropNullKeys) {
        this.pipeline = pipeline;
        this.input = input;
        this.window = window;
        this.keys = keys;
        this.dropNullKeys = dropNullKeys;
    }

    /** Groups of rows with equal keys; null is a key like any other. */
    public PanedFrame groupBy(String... by) {
        if (!keys.isEmpty()) {
            throw new PlanException("keys", input.path(), "the rows are grouped already, by " + keys, "");
        }
        return new PanedFrame(pipeline, input, window, GroupedFrame.keys(input, List.of(by)), dropNullKeys);
    }

    /** Leaves out rows with a null among their keys. */
    public PanedFrame dropNullKeys() {
        return new PanedFrame(pipeline, input, window, keys, true);
    }

    /**
     * The answers, as rows that are appended; {@link StreamFrame#late()} of them gives the late rows.
     *
     * @throws PlanException when a column is not there, a type does not fit, or two columns get one name
     */
    public StreamFrame agg(Agg... aggregates) {
        return agg(List.of(aggregates));
    }

    /** {@link #agg(Agg...)} from text, such as {@code count(), mean(price)}. */
    public StreamFrame agg(String aggregates) {
        return agg(Agg.parse(aggregates));
    }

    private StreamFrame agg(List<Agg> aggregates) {
        AggregateNode.checkSome(aggregates, input);
        PlanNode rows = window.timed(input);
        rows = Grouping.of(pipeline, rows, keys, dropNullKeys && !keys.isEmpty())
                .node();
        return new StreamFrame(pipeline, PaneNode.of(rows, window, keys, aggregates));
    }
}
