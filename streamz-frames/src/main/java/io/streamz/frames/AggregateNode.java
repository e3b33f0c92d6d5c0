package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.frames.internal.expr.BoundAgg;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One row per key, or one row for all, with the aggregates of the rows so far. Its output batches are the rows that changed. */
final class AggregateNode extends TableNode {
    private final List<String> keys;
    private final List<Agg> aggregates;
    private final boolean dropNullKeys;

    private AggregateNode(
            PlanNode input,
            Schema schema,
            String label,
            List<String> keys,
            List<Agg> aggregates,
            boolean dropNullKeys) {
        super(input, schema, label);
        this.keys = keys;
        this.aggregates = aggregates;
        this.dropNullKeys = dropNullKeys;
    }

    /**
     * @param keys the columns that make a group, none for one group of all rows
     */
    static AggregateNode of(PlanNode input, List<String> keys, List<Agg> aggregates, boolean dropNullKeys) {
        List<Field> fields = new ArrayList<>();
        for (String key : keys) {
            fields.add(input.schema().field(input.schema().column(key, input.path())));
        }
        for (Agg aggregate : aggregates) {
            fields.add(aggregate.bind(input.schema(), input.path()).output());
        }
        String list = aggregates.stream().map(Agg::toString).collect(Collectors.joining(", "));
        String label = keys.isEmpty()
                ? "agg(" + list + ")"
                : "groupBy(" + String.join(", ", keys) + (dropNullKeys ? ", no null keys" : "") + ").agg(" + list + ")";
        return new AggregateNode(
                input, Schema.of(fields), label, List.copyOf(keys), List.copyOf(aggregates), dropNullKeys);
    }

    @Override
    List<String> keys() {
        return keys;
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>(keys);
        aggregates.forEach(aggregate -> reads.addAll(aggregate.columns()));
        return reads;
    }

    @Override
    String state() {
        return keys.isEmpty()
                ? "state of one row"
                : "state of one row per key: grows with the number of different " + String.join(", ", keys);
    }

    @Override
    AggregateOperator operator(Wanted wanted, Rejects rejects) {
        Schema in = input().schema();
        int[] columns = keys.stream().mapToInt(in::indexOf).toArray();
        BoundAgg[] bound = aggregates.stream()
                .map(aggregate -> aggregate.bind(in, input().path()))
                .toArray(BoundAgg[]::new);
        DataType[] types = keys.stream().map(key -> in.type(in.indexOf(key))).toArray(DataType[]::new);
        return new AggregateOperator(
                this,
                in.places(reads(Set.of())),
                columns,
                rejects,
                new GroupTable(schema(), types, dropNullKeys, bound));
    }
}
