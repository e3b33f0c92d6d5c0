package io.streamz.frames;

import java.util.List;

/** Groups of the rows of a live table, on the way to their aggregates. Immutable. */
public final class RegroupedTable {
    private final Pipeline pipeline;
    private final TableNode table;
    private final List<String> keys;

    RegroupedTable(Pipeline pipeline, TableNode table, List<String> keys) {
        this.pipeline = pipeline;
        this.table = table;
        this.keys = keys;
        keys.forEach(key -> table.schema().column(key, table.path()));
    }

    /** One row per group that has rows: the keys, then these aggregates. */
    public LiveTable agg(Agg... aggregates) {
        return agg(List.of(aggregates));
    }

    /** {@link #agg(Agg...)} from text. */
    public LiveTable agg(String aggregates) {
        return agg(Agg.parse(aggregates));
    }

    private LiveTable agg(List<Agg> aggregates) {
        AggregateNode.checkSome(aggregates, table);
        return new LiveTable(pipeline, RegroupNode.of(table, keys, aggregates));
    }
}
