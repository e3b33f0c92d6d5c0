package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.expr.BoundExpr;
import java.io.IOException;
import java.util.Arrays;

/** The rows of a live table for which a condition holds: they come and go as it does. */
final class LiveFilterNode extends RowsOfTableNode {
    private final Expr condition;

    private LiveFilterNode(TableNode table, Expr condition) {
        super(table, "filter(" + condition + ")", "one bit per row of the table");
        this.condition = condition;
    }

    static LiveFilterNode of(TableNode table, Expr condition) {
        DataType type = condition.bind(table.schema(), table.path()).type();
        if (!type.equals(DataType.BOOL)) {
            throw new PlanException(
                    "type-mismatch",
                    table.path(),
                    "filter needs a condition, but " + condition + " is " + type,
                    "compare it with something, as in " + condition + " > 0");
        }
        return new LiveFilterNode(table, condition);
    }

    @Override
    boolean isMadeWhenAsked() {
        return true;
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        return new Filter(this);
    }

    private static final class Filter extends DerivedOperator {
        private final LiveFilterNode node;
        private final BoundExpr condition;
        private final DeltaBuilder builder;
        private final KnownIds known = new KnownIds();

        Filter(LiveFilterNode node) {
            super(node);
            this.node = node;
            this.condition = node.condition.bind(node.schema(), node.path());
            this.builder = new DeltaBuilder(node);
        }

        @Override
        KeyedTable derived(KeyedTable other) {
            Table table = other.table();
            int[] rows = new int[table.rows()];
            int count = node.condition.bind(node.schema(), node.path()).select(table, rows);
            return other.chosen(Arrays.copyOf(rows, count));
        }

        @Override
        RecordBatch changes(RecordBatch in, Deltas deltas) {
            long[] holds = condition.mask(in);
            if (!known.started()) {
                int[] ids = keyed().ids();
                known.start(ids, ids.length);
            }
            builder.reset();
            for (int row = 0; row < in.rows(); row++) {
                int id = deltas.id(row);
                if (deltas.change(row) == Change.INSERT) {
                    // What is new to the other table is new to this one too, though it may have stood there before that
                    // was told.
                    known.gone(id);
                }
                boolean stands = deltas.change(row) != Change.DELETE && (holds[row >>> 6] >>> row & 1) != 0;
                if (stands) {
                    builder.stands(row, id, known.stands(id));
                } else if (known.gone(id)) {
                    builder.delete(row, id);
                }
            }
            return builder.build(in, in.epoch());
        }

        @Override
        long bytes() {
            return known.bytes() + builder.bytes();
        }

        @Override
        public void write(StateWriter state) throws IOException {
            known.write(state, idOrder());
        }

        @Override
        public void read(StateReader state, int version) throws IOException {
            known.read(state);
        }
    }
}
