package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
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
    /** Null where all rows count. */
    private final Latest window;

    private final boolean ofEachKey;

    private AggregateNode(
            PlanNode input,
            Schema schema,
            String label,
            List<String> keys,
            List<Agg> aggregates,
            boolean dropNullKeys,
            Latest window,
            boolean ofEachKey) {
        super(input, schema, label);
        this.keys = keys;
        this.aggregates = aggregates;
        this.dropNullKeys = dropNullKeys;
        this.window = window;
        this.ofEachKey = ofEachKey;
    }

    /**
     * Over all rows.
     *
     * @param keys the columns that make a group, none for one group of all rows
     */
    static AggregateNode of(PlanNode input, List<String> keys, List<Agg> aggregates, boolean dropNullKeys) {
        return of(input, keys, aggregates, dropNullKeys, null, false);
    }

    /**
     * Over the newest rows.
     *
     * @param window which these are
     * @param ofEachKey whether these are the newest of each key
     */
    static AggregateNode of(
            PlanNode input,
            List<String> keys,
            List<Agg> aggregates,
            boolean dropNullKeys,
            Latest window,
            boolean ofEachKey) {
        String groups = groups(keys, dropNullKeys);
        String rows = window == null ? "" : "window(" + window + ").";
        return new AggregateNode(
                input,
                schema(input, keys, aggregates),
                (ofEachKey ? groups + rows : rows + groups) + "agg(" + list(aggregates) + ")",
                List.copyOf(keys),
                List.copyOf(aggregates),
                dropNullKeys,
                window,
                ofEachKey);
    }

    /** Keys and answers: the columns of a table of groups. */
    static Schema schema(PlanNode input, List<String> keys, List<Agg> aggregates) {
        List<Field> fields = new ArrayList<>();
        for (String key : keys) {
            fields.add(input.schema().field(input.schema().column(key, input.path())));
        }
        for (Agg aggregate : aggregates) {
            fields.add(aggregate.bind(input.schema(), input.path()).output());
        }
        return Schema.of(fields);
    }

    static String list(List<Agg> aggregates) {
        return aggregates.stream().map(Agg::toString).collect(Collectors.joining(", "));
    }

    static void checkSome(List<Agg> aggregates, PlanNode input) {
        if (aggregates.isEmpty()) {
            throw new PlanException(
                    "no-aggregates", input.path(), "agg needs at least one aggregate", "count() counts the rows");
        }
    }

    /** The groups in words, with the dot behind them; nothing where all rows are one. */
    static String groups(List<String> keys, boolean dropNullKeys) {
        return keys.isEmpty()
                ? ""
                : "groupBy(" + String.join(", ", keys) + (dropNullKeys ? ", no null keys" : "") + ").";
    }

    /** Refuses to begin with earlier answers where they do not say enough of the rows that they were made of. */
    void checkGoesOn() {
        for (Agg aggregate : aggregates) {
            BoundAgg bound = aggregate.bind(input().schema(), input().path());
            boolean says = bound.aggregation().goesOnFromAnswers(bound.types());
            if (window != null || bound.minCount() > 0 || !says) {
                throw new PlanException(
                        "answers-say-too-little",
                        input().path(),
                        "startFrom: the rows behind " + aggregate + " of " + (window == null ? "all rows" : "a window")
                                + " cannot be told from its answer",
                        "begin with a state: startFrom(view.state()) of a view of the earlier table");
            }
        }
    }

    /** Whether a row changes nothing but the answer of its own key. */
    boolean isOfEachKey() {
        return window == null || ofEachKey;
    }

    @Override
    boolean tellsLate() {
        return window != null && window.byTime();
    }

    @Override
    List<String> keys() {
        return keys;
    }

    @Override
    Set<String> reads(int input, Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>(keys);
        aggregates.forEach(aggregate -> reads.addAll(aggregate.columns()));
        if (tellsLate()) {
            reads.add(input().eventTime().column());
        }
        return reads;
    }

    @Override
    String state() {
        if (window != null) {
            String rows = window.byTime()
                    ? "state of the rows within " + window
                    : "state of the last " + window.rows() + " rows";
            return ofEachKey
                    ? rows + " of each key: grows with the number of different " + String.join(", ", keys)
                    : rows;
        }
        return keys.isEmpty()
                ? "state of one row"
                : "state of one row per key: grows with the number of different " + String.join(", ", keys);
    }

    @Override
    AggregateOperator operator(Wanted wanted, Rejects rejects) {
        Schema in = input().schema();
        int[] columns = keys.stream().mapToInt(in::indexOf).toArray();
        DataType[] types = keys.stream().map(key -> in.type(in.indexOf(key))).toArray(DataType[]::new);
        return new AggregateOperator(this, in.places(reads(Set.of())), rejects, groups(types, columns));
    }

    private Groups groups(DataType[] types, int[] columns) {
        Schema in = input().schema();
        Measures measures = new Measures(aggregates, in, input().path());
        if (window == null) {
            return new GroupTable(schema(), types, columns, dropNullKeys, measures);
        }
        if (ofEachKey) {
            return new LastRowsTable(schema(), new KeyIds(types, columns), measures, aggregates, window.rows());
        }
        int time = window.byTime() ? in.indexOf(input().eventTime().column()) : -1;
        return MovingTable.of(
                schema(), new KeyIds(types, columns, dropNullKeys), measures, window.window(input()), time);
    }
}
