package io.streamz.frames;

import io.streamz.core.DataStream;
import io.streamz.core.PlanException;
import java.util.List;
import java.util.function.Function;

/**
 * The newest rows on the way to their aggregates: one current answer after each batch. {@code window(rows(n)).groupBy(k)} groups the
 * last n of all rows; a key whose last row left is gone, from the answer and from memory. {@code groupBy(k).window(rows(n))} keeps the last
 * n rows of each key. By time both are the same. Immutable.
 */
public final class WindowedFrame {
    private final Pipeline pipeline;
    private final PlanNode input;
    private final Latest window;
    private final List<String> keys;
    private final boolean dropNullKeys;
    private final boolean perKey;

    WindowedFrame(
            Pipeline pipeline, PlanNode input, Latest window, List<String> keys, boolean dropNullKeys, boolean perKey) {
        this.pipeline = pipeline;
        this.input = input;
        this.window = window;
        this.keys = keys;
        this.dropNullKeys = dropNullKeys;
        this.perKey = perKey;
    }

    /** Groups of the newest rows with equal keys; null is a key like any other. */
    public WindowedFrame groupBy(String... by) {
        if (!keys.isEmpty()) {
            throw new PlanException("keys", input.path(), "the rows are grouped already, by " + keys, "");
        }
        return new WindowedFrame(pipeline, input, window, GroupedFrame.keys(input, List.of(by)), dropNullKeys, false);
    }

    /** Leaves out rows with a null among their keys; they take places in the window all the same. */
    public WindowedFrame dropNullKeys() {
        return new WindowedFrame(pipeline, input, window, keys, true, perKey);
    }

    /**
     * One row per group, or one for all: the keys, then these aggregates of the newest rows.
     *
     * @throws PlanException when a column is not there, a type does not fit, or two columns get one name
     */
    public LiveTable agg(Agg... aggregates) {
        return agg(List.of(aggregates));
    }

    /** {@link #agg(Agg...)} from text, such as {@code count(), mean(price)}. */
    public LiveTable agg(String aggregates) {
        return agg(Agg.parse(aggregates));
    }

    /**
     * The rows of the window themselves, by arrival, after each batch with rows. A table is a copy: the cost of a batch grows
     * with the window, which is for what no aggregate answers.
     *
     * @throws PlanException when the rows are grouped
     */
    public DataStream<Table> full() {
        if (!keys.isEmpty()) {
            throw new PlanException(
                    "keys",
                    input.path(),
                    "full() is of the window over all rows",
                    "leave groupBy out, the keys are columns");
        }
        PlanNode rows = window.timed(input);
        return pipeline.content(rows, window);
    }

    /** A function of the rows of the window, after each batch with rows; see {@link #full}. */
    public <R> DataStream<R> apply(Function<? super Table, ? extends R> function) {
        return full().map(function);
    }

    private LiveTable agg(List<Agg> aggregates) {
        AggregateNode.checkSome(aggregates, input);
        PlanNode rows = window.timed(input);
        boolean ofEach = perKey && !window.byTime();
        if (ofEach && dropNullKeys) {
            rows = Grouping.of(pipeline, rows, keys, true).node();
        }
        return new LiveTable(pipeline, AggregateNode.of(rows, keys, aggregates, dropNullKeys, window, ofEach));
    }
}
