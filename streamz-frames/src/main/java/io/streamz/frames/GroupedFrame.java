package io.streamz.frames;

import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.Moving;
import io.streamz.frames.internal.expr.Sequence;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Groups of rows with equal keys, on the way to their aggregates. Immutable. */
public final class GroupedFrame {
    private final Pipeline pipeline;
    private final PlanNode input;
    private final List<String> keys;
    private final boolean dropNullKeys;

    GroupedFrame(Pipeline pipeline, PlanNode input, List<String> keys, boolean dropNullKeys) {
        this.pipeline = pipeline;
        this.input = input;
        this.keys = keys;
        this.dropNullKeys = dropNullKeys;
    }

    static GroupedFrame of(Pipeline pipeline, PlanNode input, List<String> keys) {
        return new GroupedFrame(pipeline, input, keys(input, keys), false);
    }

    /** The same names, when all are columns and none comes twice. */
    static List<String> keys(PlanNode input, List<String> keys) {
        if (keys.isEmpty()) {
            throw new PlanException(
                    "no-keys", input.path(), "groupBy needs at least one column", "agg without groupBy takes all rows");
        }
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            input.schema().column(key, input.path());
            if (!seen.add(key)) {
                throw new PlanException(
                        "duplicate-column", input.path(), "groupBy names column '" + key + "' twice", "name it once");
            }
        }
        return keys;
    }

    /** The newest rows of each key, by number: a current answer after each batch. By time, those of all keys. */
    public WindowedFrame window(Latest window) {
        return new WindowedFrame(pipeline, input, window, keys, dropNullKeys, true);
    }

    /** Intervals of rows, as {@code window(tumbling("1m").on("time"))}, with a final answer for each interval and key. */
    public PanedFrame window(PaneWindow window) {
        return new PanedFrame(pipeline, input, window, keys, dropNullKeys);
    }

    /** Leaves out rows with a null among their keys. */
    public GroupedFrame dropNullKeys() {
        return new GroupedFrame(pipeline, input, keys, true);
    }

    /** For each row answers over it and the {@code rows - 1} before it, of its key. */
    public RollingFrame rolling(long rows) {
        return new RollingFrame(rows(), Moving.Extent.rows(rows), null);
    }

    /** For each row answers over the stretch of event time up to it, of its key. */
    public RollingFrame rolling(Duration time) {
        return new RollingFrame(rows(), Moving.Extent.time(time), null);
    }

    /** {@link #rolling(Duration)} from text such as {@code 5m}. */
    public RollingFrame rolling(String time) {
        return rolling(Durations.parse(time, "rolling"));
    }

    /** For each row answers over all rows up to it, of its key. */
    public RollingFrame expanding() {
        return new RollingFrame(rows(), Moving.Extent.EXPANDING, null);
    }

    /** For each row exponentially weighted answers, as {@code ewm(span(20)).mean("price")}. */
    public EwmFrame ewm(Smoothing smoothing) {
        return new EwmFrame(rows(), Objects.requireNonNull(smoothing, "smoothing"), null);
    }

    /** The rows with the sum of each column up to them: {@code v_cumSum}. Without names of columns, of all that hold numbers. */
    public StreamFrame cumSum(String... columns) {
        return rows().with(Sequence.CUM_SUM, 0, null, null, columns);
    }

    public StreamFrame cumProd(String... columns) {
        return rows().with(Sequence.CUM_PROD, 0, null, null, columns);
    }

    public StreamFrame cumMin(String... columns) {
        return rows().with(Sequence.CUM_MIN, 0, null, null, columns);
    }

    public StreamFrame cumMax(String... columns) {
        return rows().with(Sequence.CUM_MAX, 0, null, null, columns);
    }

    /** The rows with the number of values of each column up to them, which is never null: {@code v_cumCount}. */
    public StreamFrame cumCount(String... columns) {
        return rows().with(Sequence.CUM_COUNT, 0, null, null, columns);
    }

    public StreamFrame cumMean(String... columns) {
        return rows().with(Sequence.CUM_MEAN, 0, null, null, columns);
    }

    /** The rows with each column as it was so many rows before: {@code v_shift_1}. Without names of columns, of all. */
    public StreamFrame shift(int rows, String... columns) {
        return rows().with(Sequence.SHIFT, Expr.positive("shift", rows), null, null, columns);
    }

    /** The rows with what has changed since the row before: {@code v_diff}. */
    public StreamFrame diff(String... columns) {
        return rows().with(Sequence.DIFF, 0, null, null, columns);
    }

    /** The rows with what has changed as a part of what was: {@code v_pctChange}. */
    public StreamFrame pctChange(String... columns) {
        return rows().with(Sequence.PCT_CHANGE, 0, null, null, columns);
    }

    /** The rows with each null as the last value before it: {@code v_ffill}. Without names of columns, of all. */
    public StreamFrame ffill(String... columns) {
        return rows().with(Sequence.FFILL, 0, null, null, columns);
    }

    private Grouping rows() {
        return Grouping.of(pipeline, input, keys, dropNullKeys);
    }

    /**
     * One row per group: the keys, then these aggregates in their order.
     *
     * @throws PlanException when a column is not there, a type does not fit, or two columns get one name
     */
    public LiveTable agg(Agg... aggregates) {
        return agg(List.of(aggregates));
    }

    /** {@link #agg(Agg...)} from text, such as {@code count(), sum(qty) as total, mean(price)}. */
    public LiveTable agg(String aggregates) {
        return agg(Agg.parse(aggregates));
    }

    private LiveTable agg(List<Agg> aggregates) {
        if (aggregates.isEmpty()) {
            throw new PlanException(
                    "no-aggregates", input.path(), "agg needs at least one aggregate", "count() counts the rows");
        }
        return new LiveTable(pipeline, AggregateNode.of(input, keys, aggregates, dropNullKeys));
    }
}
