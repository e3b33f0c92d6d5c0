package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.TextLane;
import io.streamz.frames.internal.Columns;
import io.streamz.frames.internal.expr.BoundExpr;
import java.util.ArrayList;
import java.util.List;

/** What there is in each column: one row of aggregates of all of them, turned into a row for each. */
final class DescribeNode extends TableNode {
    private static final String COLUMN = "column";
    private static final List<String> NUMBERS = List.of("mean", "std", "min", "q25", "median", "q75", "max");

    private final List<String> keys;
    /** For each row of the table, of each row of aggregates, its cells. */
    private final List<List<Expr>> rows;

    private DescribeNode(AggregateNode aggregates, Schema schema, List<String> keys, List<List<Expr>> rows) {
        super(aggregates, schema, "describe()");
        this.keys = keys;
        this.rows = rows;
    }

    /**
     * Describes columns.
     *
     * @param keys those of the groups, none for all rows
     */
    static DescribeNode of(PlanNode input, List<String> keys, boolean dropNullKeys, List<Field> columns) {
        List<Agg> aggregates = new ArrayList<>();
        List<List<Expr>> rows = new ArrayList<>();
        for (Field column : columns) {
            List<Expr> cells = new ArrayList<>(keys.stream().map(Frames::col).toList());
            cells.add(Frames.lit(column.name()));
            for (Agg aggregate : aggregates(column)) {
                String name = "describe " + aggregates.size();
                aggregates.add(aggregate.as(name));
                boolean counts = cells.size() < keys.size() + 3;
                cells.add(counts ? Frames.col(name) : Frames.col(name).cast(DataType.FLOAT64));
            }
            while (cells.size() < keys.size() + 3 + NUMBERS.size()) {
                cells.add(Frames.lit(null).cast(DataType.FLOAT64));
            }
            rows.add(cells);
        }
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(input.schema().field(input.schema().indexOf(key))));
        fields.add(new Field(COLUMN, DataType.UTF8));
        fields.add(new Field("count", DataType.INT64));
        fields.add(new Field("nulls", DataType.INT64));
        NUMBERS.forEach(name -> fields.add(new Field(name, DataType.FLOAT64)));
        List<String> all = new ArrayList<>(keys);
        all.add(COLUMN);
        return new DescribeNode(
                AggregateNode.of(input, keys, aggregates, dropNullKeys), Schema.of(fields), List.copyOf(all), rows);
    }

    private static List<Agg> aggregates(Field column) {
        Expr values = Frames.col(column.name());
        List<Agg> all = new ArrayList<>(List.of(values.count(), values.aggregate("nullCount")));
        if (column.type().kind().isNumber()) {
            all.addAll(List.of(
                    values.mean(),
                    values.std(),
                    values.min(),
                    values.aggregate("quantile", 0.25),
                    values.median(),
                    values.aggregate("quantile", 0.75),
                    values.max()));
        }
        return all;
    }

    @Override
    List<String> keys() {
        return keys;
    }

    @Override
    String state() {
        return "no state";
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        return new Describe(this);
    }

    /** The kernels of all cells, row by row. */
    private BoundExpr[][] kernels() {
        return rows.stream()
                .map(cells -> cells.stream()
                        .map(cell -> cell.bind(input().schema(), input().path()))
                        .toArray(BoundExpr[]::new))
                .toArray(BoundExpr[][]::new);
    }

    /** A row of aggregates with the id n has the rows {@code n * rows} to {@code n * rows + rows - 1}. */
    private static final class Describe extends DerivedOperator {
        private final DescribeNode node;
        private final BoundExpr[][] kernels;
        private final BatchPool pool;
        private final int rows;

        Describe(DescribeNode node) {
            super(node);
            this.node = node;
            this.kernels = node.kernels();
            this.pool = new BatchPool(node.schema(), node.path());
            this.rows = kernels.length;
        }

        private void fill(BoundExpr[][] cells, Columns in, Lane[] out) {
            for (int column = 0; column < out.length; column++) {
                out[column].reset(in.rows() * rows);
                if (out[column] instanceof TextLane text) {
                    text.clearBytes();
                }
                for (int each = 0; each < rows; each++) {
                    Lane values = cells[each][column].evaluate(in);
                    for (int row = 0; row < in.rows(); row++) {
                        Lanes.copyCell(values, row, out[column], row * rows + each);
                    }
                }
            }
        }

        private int[] ids(int[] of) {
            int[] ids = new int[of.length * rows];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = of[i / rows] * rows + i % rows;
            }
            return ids;
        }

        @Override
        int[] idOrder() {
            return ids(super.idOrder());
        }

        @Override
        KeyedTable derived(KeyedTable other) {
            Lane[] lanes = Lanes.empty(node.schema());
            fill(node.kernels(), other.table(), lanes);
            Table table =
                    Table.of(node.schema(), other.table().epoch(), other.table().rows() * rows, lanes);
            return new KeyedTable(table, ids(other.ids()));
        }

        @Override
        RecordBatch changes(RecordBatch in, Deltas deltas) {
            RecordBatch out = pool.take();
            Lane[] lanes = out.fillAll();
            fill(kernels, in, lanes);
            Deltas own = out.changes(in.rows() * rows);
            for (int row = 0; row < own.size(); row++) {
                own.set(row, deltas.id(row / rows) * rows + row % rows, deltas.change(row / rows));
            }
            for (int column = node.keys.size(); column < lanes.length; column++) {
                for (int row = 0; row < own.deletes(); row++) {
                    lanes[column].setNull(row);
                }
            }
            out.filled(own.size());
            out.stamp(in.epoch());
            return out;
        }
    }
}
