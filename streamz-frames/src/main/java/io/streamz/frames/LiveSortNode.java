package io.streamz.frames;

/** A live table in another order. Its changes are those of the table, in the order in which they come. */
final class LiveSortNode extends RowsOfTableNode {
    private final String[] by;

    private LiveSortNode(TableNode table, String[] by) {
        super(table, "sort(" + String.join(", ", by) + ")", "no state");
        this.by = by;
    }

    static LiveSortNode of(TableNode table, String... by) {
        Table.of(table.schema(), 0, 0, Lanes.empty(table.schema())).sort(by);
        return new LiveSortNode(table, by.clone());
    }

    String[] by() {
        return by;
    }

    /** Whether another schema has all columns that order. */
    boolean orders(Schema schema) {
        for (String key : by) {
            String name =
                    key.endsWith(" desc") ? key.substring(0, key.length() - 5).strip() : key;
            if (schema.indexOf(name.replace("`", "")) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean isMadeWhenAsked() {
        return true;
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        return new Sort(this);
    }

    private static final class Sort extends DerivedOperator {
        private final LiveSortNode node;

        Sort(LiveSortNode node) {
            super(node);
            this.node = node;
        }

        @Override
        KeyedTable derived(KeyedTable other) {
            return other.chosen(TableOrder.of(other.table(), TableOrder.total(node.schema(), node.by)));
        }

        @Override
        RecordBatch changes(RecordBatch in, Deltas deltas) {
            return in.retain();
        }
    }
}
