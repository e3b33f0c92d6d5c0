package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rows with the largest or smallest values of a column, of all or in each group. Rows that are given are told apart by their rank. */
final class TopNode extends TableNode {
    private static final String RANK = "rank";

    private final List<String> groups;
    private final boolean dropNullKeys;
    private final int most;
    private final String column;
    private final boolean largest;

    private TopNode(
            PlanNode input,
            Schema schema,
            List<String> groups,
            boolean dropNullKeys,
            int most,
            String column,
            boolean largest) {
        super(input, schema, label(groups, dropNullKeys, most, column, largest));
        this.groups = groups;
        this.dropNullKeys = dropNullKeys;
        this.most = most;
        this.column = column;
        this.largest = largest;
    }

    private static String label(List<String> groups, boolean dropNullKeys, int most, String column, boolean largest) {
        return AggregateNode.groups(groups, dropNullKeys) + (largest ? "nLargest(" : "nSmallest(") + most + ", "
                + column + ")";
    }

    static TopNode of(
            PlanNode input, List<String> groups, boolean dropNullKeys, int most, String column, boolean largest) {
        String word = largest ? "nLargest" : "nSmallest";
        if (most < 1) {
            throw new PlanException(
                    "no-rows",
                    input.path(),
                    word + "(" + most + ", ...) keeps no rows",
                    "say " + word + "(10, \"" + column + "\")");
        }
        input.schema().column(column, input.path());
        if (input.schema().indexOf(RANK) >= 0) {
            throw new PlanException(
                    "duplicate-column",
                    input.path(),
                    word + " gives rows a column '" + RANK + "', and there is one already",
                    "rename(\"" + RANK + "\", \"" + RANK + "_before\") first");
        }
        List<Field> fields = new ArrayList<>();
        groups.forEach(key -> fields.add(input.schema().field(input.schema().column(key, input.path()))));
        fields.add(new Field(RANK, DataType.INT64));
        input.schema().fields().stream()
                .filter(field -> !groups.contains(field.name()))
                .forEach(fields::add);
        return new TopNode(input, Schema.of(fields), List.copyOf(groups), dropNullKeys, most, column, largest);
    }

    @Override
    List<String> keys() {
        List<String> keys = new ArrayList<>(groups);
        keys.add(RANK);
        return keys;
    }

    @Override
    String state() {
        String rows = "state of " + most + " rows";
        return groups.isEmpty()
                ? rows
                : rows + " of each key: grows with the number of different " + String.join(", ", groups);
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        Schema in = input().schema();
        TopTable top = new TopTable(
                in, schema(), KeyIds.of(in, groups, dropNullKeys), groups.size(), most, in.indexOf(column), largest);
        return new AggregateOperator(this, in.places(reads(Set.of())), rejects, top);
    }
}
