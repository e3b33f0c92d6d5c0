package io.streamz.frames;

import io.streamz.core.PlanException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One row per key of those that are not too old, and not too many. */
final class ExpiringNode extends TableNode {
    private final List<String> keys;
    private final List<Agg> aggregates;
    private final boolean dropNullKeys;
    private final Limit limit;

    /**
     * What makes a key leave.
     *
     * @param patience how long it stays after its last row; null for ever
     * @param most how many keys there are at most
     */
    record Limit(Duration patience, long most) {
        static final Limit NONE = new Limit(null, Long.MAX_VALUE);

        Limit patience(Duration time) {
            return new Limit(Durations.positive(time, "expireAfter"), most);
        }

        Limit most(long keys, String path) {
            if (keys < 1) {
                throw new PlanException("bound", path, "maxKeys(" + keys + ") keeps no key", "use 1 or more");
            }
            return new Limit(patience, keys);
        }

        @Override
        public String toString() {
            String time = patience == null ? "" : "expireAfter(" + Durations.text(patience) + ").";
            return time + (most == Long.MAX_VALUE ? "" : "maxKeys(" + most + ").");
        }
    }

    private ExpiringNode(
            PlanNode input, Schema schema, List<String> keys, List<Agg> aggregates, boolean dropNullKeys, Limit limit) {
        super(
                input,
                schema,
                AggregateNode.groups(keys, dropNullKeys) + limit + "agg(" + AggregateNode.list(aggregates) + ")");
        this.keys = keys;
        this.aggregates = aggregates;
        this.dropNullKeys = dropNullKeys;
        this.limit = limit;
    }

    static ExpiringNode of(PlanNode input, List<String> keys, List<Agg> aggregates, boolean dropNullKeys, Limit limit) {
        if (limit.patience() != null) {
            Durations.units(limit.patience(), EventTime.of(input, "expireAfter").type(), input.path());
        }
        return new ExpiringNode(
                input,
                AggregateNode.schema(input, keys, aggregates),
                List.copyOf(keys),
                List.copyOf(aggregates),
                dropNullKeys,
                limit);
    }

    @Override
    boolean evicts() {
        return true;
    }

    @Override
    List<String> keys() {
        return keys;
    }

    @Override
    Set<String> reads(int input, Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>(keys);
        aggregates.forEach(aggregate -> reads.addAll(aggregate.columns()));
        if (limit.patience() != null) {
            reads.add(input().eventTime().column());
        }
        return reads;
    }

    @Override
    String state() {
        String number = limit.most() == Long.MAX_VALUE ? "the keys" : "at most " + limit.most() + " keys";
        return "state of one row per key, for " + number
                + (limit.patience() == null ? "" : " with a row in the last " + Durations.text(limit.patience()));
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        Schema in = input().schema();
        boolean timed = limit.patience() != null;
        ExpiringTable groups = ExpiringTable.of(
                schema(),
                KeyIds.of(in, keys, dropNullKeys),
                new Measures(aggregates, in, input().path()),
                limit.most(),
                timed ? Durations.units(limit.patience(), input().eventTime().type(), input().path()) : Long.MAX_VALUE,
                timed ? in.indexOf(input().eventTime().column()) : -1);
        return new AggregateOperator(this, in.places(reads(Set.of())), rejects, groups);
    }
}
