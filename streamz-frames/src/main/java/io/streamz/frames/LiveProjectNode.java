package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.expr.BoundExpr;
import io.streamz.frames.internal.expr.Node;
import java.util.ArrayList;
import java.util.List;

/** Other columns for the rows of a live table. */
final class LiveProjectNode extends TableNode {
    private final List<Expr> columns;
    private final List<String> keys;

    private LiveProjectNode(TableNode table, Schema schema, String label, List<Expr> columns, List<String> keys) {
        super(table, schema, label);
        this.columns = columns;
        this.keys = keys;
    }

    /** Makes one of a name and an expression for each column. Keys stay keys as long as their column is there. */
    static LiveProjectNode of(TableNode table, String label, List<String> names, List<Expr> columns) {
        List<Field> fields = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            Expr made = columns.get(column);
            fields.add(new Field(
                    names.get(column), made.bind(table.schema(), table.path()).type()));
            if (made.node() instanceof Node.Column bare && table.keys().contains(bare.name())) {
                keys.add(names.get(column));
            }
        }
        return new LiveProjectNode(table, Schema.of(fields), label, List.copyOf(columns), keys);
    }

    @Override
    List<String> keys() {
        return keys;
    }

    @Override
    boolean isMadeWhenAsked() {
        return true;
    }

    @Override
    String state() {
        return "no state";
    }

    private BoundExpr[] kernels() {
        return columns.stream()
                .map(column -> column.bind(input().schema(), input().path()))
                .toArray(BoundExpr[]::new);
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        return new Project(this);
    }

    private static final class Project extends DerivedOperator {
        private final LiveProjectNode node;
        private final BoundExpr[] kernels;
        private final BatchPool pool;

        Project(LiveProjectNode node) {
            super(node);
            this.node = node;
            this.kernels = node.kernels();
            this.pool = new BatchPool(node.schema(), node.path());
        }

        @Override
        KeyedTable derived(KeyedTable other) {
            BoundExpr[] fresh = node.kernels();
            Lane[] lanes = new Lane[fresh.length];
            for (int column = 0; column < lanes.length; column++) {
                lanes[column] = fresh[column].evaluate(other.table());
            }
            Table table = other.table();
            return new KeyedTable(Table.of(node.schema(), table.epoch(), table.rows(), lanes), other.ids());
        }

        @Override
        RecordBatch changes(RecordBatch in, Deltas deltas) {
            RecordBatch out = pool.take();
            Deltas same = out.changes(in.rows());
            for (int row = 0; row < in.rows(); row++) {
                same.set(row, deltas.id(row), deltas.change(row));
            }
            for (int column = 0; column < kernels.length; column++) {
                Lane made = out.fill(column);
                Lanes.copy(kernels[column].evaluate(in), made);
                boolean key = node.keys.contains(node.schema().field(column).name());
                for (int row = 0; row < deltas.deletes() && !key; row++) {
                    made.setNull(row);
                }
            }
            out.filled(in.rows());
            out.stamp(in.epoch());
            return out;
        }
    }
}
