package io.streamz.frames;

import io.streamz.core.PlanException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Groups of rows with equal keys, on the way to their aggregates. Immutable. */
public final class GroupedFrame extends Reductions {
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

    private ExpiringFrame expiring() {
        return new ExpiringFrame(pipeline, input, keys, dropNullKeys, ExpiringNode.Limit.NONE);
    }

    /** Groups that leave so long after their last row, by event time: {@link ExpiringFrame#expireAfter(Duration)}. */
    public ExpiringFrame expireAfter(Duration time) {
        return expiring().expireAfter(time);
    }

    /** {@link #expireAfter(Duration)} from text such as {@code 1h}. */
    public ExpiringFrame expireAfter(String time) {
        return expiring().expireAfter(time);
    }

    /** At most so many groups: {@link ExpiringFrame#maxKeys}. */
    public ExpiringFrame maxKeys(long most) {
        return expiring().maxKeys(most);
    }

    @Override
    Pipeline pipeline() {
        return pipeline;
    }

    @Override
    PlanNode step() {
        return input;
    }

    @Override
    List<String> keys() {
        return keys;
    }

    @Override
    boolean dropsNullKeys() {
        return dropNullKeys;
    }

    @Override
    Grouping rows() {
        return Grouping.of(pipeline, input, keys, dropNullKeys);
    }

    /**
     * One row per group: the keys, then these aggregates in their order.
     *
     * @throws PlanException when a column is not there, a type does not fit, or two columns get one name
     */
    @Override
    public LiveTable agg(Agg... aggregates) {
        return agg(List.of(aggregates));
    }

    /** {@link #agg(Agg...)} from text, such as {@code count(), sum(qty) as total, mean(price)}. */
    public LiveTable agg(String aggregates) {
        return agg(Agg.parse(aggregates));
    }

    private LiveTable agg(List<Agg> aggregates) {
        AggregateNode.checkSome(aggregates, input);
        return new LiveTable(pipeline, AggregateNode.of(input, keys, aggregates, dropNullKeys));
    }
}
