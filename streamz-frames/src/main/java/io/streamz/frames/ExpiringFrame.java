package io.streamz.frames;

import io.streamz.core.PlanException;
import java.time.Duration;
import java.util.List;

/**
 * Groups of rows of which not all are kept, on the way to their aggregates. A key leaves when it has had no row for a time, or
 * when there are more keys than are allowed: the one whose last row lies back furthest. One that comes again starts anew.
 * {@link LiveTable#evicted} has the last row of each that left. Immutable.
 */
public final class ExpiringFrame {
    private final Pipeline pipeline;
    private final PlanNode input;
    private final List<String> keys;
    private final boolean dropNullKeys;
    private final ExpiringNode.Limit limit;

    ExpiringFrame(
            Pipeline pipeline, PlanNode input, List<String> keys, boolean dropNullKeys, ExpiringNode.Limit limit) {
        this.pipeline = pipeline;
        this.input = input;
        this.keys = keys;
        this.dropNullKeys = dropNullKeys;
        this.limit = limit;
    }

    private ExpiringFrame with(ExpiringNode.Limit other) {
        return new ExpiringFrame(pipeline, input, keys, dropNullKeys, other);
    }

    /**
     * A key leaves when the newest event time seen, of whatever row, is at least so long after the one that was newest with the
     * key's last row. No row is late here.
     */
    public ExpiringFrame expireAfter(Duration time) {
        return with(limit.patience(time));
    }

    /** {@link #expireAfter(Duration)} from text such as {@code 1h}. */
    public ExpiringFrame expireAfter(String time) {
        return expireAfter(Durations.parse(time, "expireAfter"));
    }

    /** There are at most so many keys: a new one beyond them makes the one leave whose last row lies back furthest. */
    public ExpiringFrame maxKeys(long most) {
        return with(limit.most(most, input.path()));
    }

    /**
     * One row per group that is kept: the keys, then these aggregates in their order.
     *
     * @throws PlanException when a column is not there, a type does not fit, two columns get one name, or no event time is declared
     *     that a key could grow old by
     */
    public LiveTable agg(Agg... aggregates) {
        return agg(List.of(aggregates));
    }

    /** {@link #agg(Agg...)} from text, such as {@code count(), sum(qty) as total}. */
    public LiveTable agg(String aggregates) {
        return agg(Agg.parse(aggregates));
    }

    private LiveTable agg(List<Agg> aggregates) {
        AggregateNode.checkSome(aggregates, input);
        return new LiveTable(pipeline, ExpiringNode.of(input, keys, aggregates, dropNullKeys, limit));
    }
}
