package io.streamz.frames;

import io.streamz.aggregations.DataType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Aggregates over the rows of a live table: right when they are replaced or go, for what they were is taken out again. */
final class RegroupNode extends TableNode {
    private final List<String> keys;
    private final List<Agg> aggregates;

    private RegroupNode(TableNode table, Schema schema, String label, List<String> keys, List<Agg> aggregates) {
        super(table, schema, label);
        this.keys = keys;
        this.aggregates = aggregates;
    }

    static RegroupNode of(TableNode table, List<String> keys, List<Agg> aggregates) {
        String label = AggregateNode.groups(keys, false) + "agg(" + AggregateNode.list(aggregates) + ")";
        Schema schema = AggregateNode.schema(table, keys, aggregates);
        return new RegroupNode(table, schema, label, List.copyOf(keys), List.copyOf(aggregates));
    }

    @Override
    List<String> keys() {
        return keys;
    }

    @Override
    String state() {
        return "a copy of the columns that are read, and state of one row per key";
    }

    /** The columns of the table that go in: what must be kept to be taken out again. */
    private int[] kept() {
        Set<String> names = new LinkedHashSet<>(keys);
        aggregates.forEach(aggregate -> names.addAll(aggregate.columns()));
        return input().schema().places(names);
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        Schema in = input().schema();
        int[] kept = kept();
        List<Field> fields = new ArrayList<>();
        for (int place : kept) {
            fields.add(in.field(place));
        }
        Schema schema = Schema.of(fields);
        Measures measures = new Measures(aggregates, schema, input().path());
        DataType[] types = keys.stream().map(key -> in.type(in.indexOf(key))).toArray(DataType[]::new);
        int[] keyColumns = keys.stream().mapToInt(schema::indexOf).toArray();
        return new RegroupOperator(
                this,
                new RowStore(in, kept),
                keyColumns,
                new GroupTable(schema(), types, keyColumns, false, measures),
                rejects);
    }
}
