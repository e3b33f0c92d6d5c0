package io.streamz.frames;

import io.streamz.aggregations.DataType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The changes of a live table as rows that are appended. */
final class ChangesNode extends PlanNode {
    static final String OP = "op";
    static final String EPOCH = "epoch";
    static final String OLD = "old_";

    private final TableNode table;
    private final Set<ChangeColumn> extras;

    private ChangesNode(TableNode table, Schema schema, Set<ChangeColumn> extras) {
        super(table, schema, extras.stream().map(ChangesNode::word).collect(Collectors.joining(", ", "changes(", ")")));
        this.table = table;
        this.extras = extras;
    }

    private static String word(ChangeColumn extra) {
        return extra.name().toLowerCase(Locale.ROOT);
    }

    static ChangesNode of(TableNode table, Collection<ChangeColumn> columns) {
        Set<ChangeColumn> extras = EnumSet.noneOf(ChangeColumn.class);
        extras.addAll(columns);
        List<Field> fields = new ArrayList<>();
        if (extras.contains(ChangeColumn.OP)) {
            fields.add(new Field(OP, DataType.UTF8));
        }
        if (extras.contains(ChangeColumn.EPOCH)) {
            fields.add(new Field(EPOCH, DataType.INT64));
        }
        fields.addAll(table.schema().fields());
        if (extras.contains(ChangeColumn.OLD)) {
            for (Field field : table.schema().fields()) {
                if (!table.keys().contains(field.name())) {
                    fields.add(new Field(OLD + field.name(), field.type()));
                }
            }
        }
        return new ChangesNode(table, Schema.of(fields), extras);
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        return new LinkedHashSet<>(table.schema().names());
    }

    @Override
    String state() {
        return extras.contains(ChangeColumn.OLD) ? "a copy of the table" : "no state";
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        int before = (extras.contains(ChangeColumn.OP) ? 1 : 0) + (extras.contains(ChangeColumn.EPOCH) ? 1 : 0);
        int[] from = RecordBatch.owned(schema().size());
        for (int column = 0; column < table.schema().size(); column++) {
            from[before + column] = column;
        }
        int[] olds = table.schema().fields().stream()
                .filter(field -> !table.keys().contains(field.name()))
                .mapToInt(field -> table.schema().indexOf(field.name()))
                .toArray();
        return new ChangesOperator(
                new BatchPool(schema(), path(), from),
                TableOrder.firstRows(table.schema().size()),
                extras,
                extras.contains(ChangeColumn.OLD) ? new RowStore(table.schema(), olds) : null);
    }
}
