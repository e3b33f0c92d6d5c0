package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.Columns;
import java.util.HashMap;
import java.util.Map;

/**
 * An operand that not every row needs, such as the right side of an and. It is computed for all rows, which is fastest; only
 * when a row has no answer is it computed again for the rows that need it.
 */
final class Guarded {
    private final BoundExpr expr;

    Guarded(BoundExpr expr) {
        this.expr = expr;
    }

    /** Which rows need the operand. */
    interface Need {
        boolean of(int row);
    }

    /** The operand's lane as {@link BoundExpr#operand} gives it; rows that do not need it may hold anything. */
    Lane operand(Columns in, Need need) {
        try {
            return expr.operand(in);
        } catch (RowFault fault) {
            return again(in, need);
        }
    }

    /** {@link #operand}, with a constant repeated for every row. */
    Lane whole(Columns in, Need need) {
        return expr instanceof Constant ? expr.compute(in) : operand(in, need);
    }

    boolean isConstant() {
        return expr instanceof Constant;
    }

    private Lane again(Columns in, Need need) {
        int[] rows = new int[in.rows()];
        int count = 0;
        for (int row = 0; row < in.rows(); row++) {
            if (need.of(row)) {
                rows[count++] = row;
            }
        }
        Lane all = expr.type().kind().lane();
        all.reset(in.rows());
        try {
            scatter(expr.compute(new Some(in, rows, count)), rows, all);
        } catch (RowFault fault) {
            throw fault.among(rows);
        }
        return all;
    }

    private static void scatter(Lane some, int[] rows, Lane all) {
        for (int i = 0; i < some.size(); i++) {
            int row = rows[i];
            if (some.isNull(i)) {
                all.setNull(row);
            } else if (all instanceof LongLane longs) {
                longs.values()[row] = ((LongLane) some).values()[i];
            } else if (all instanceof DoubleLane doubles) {
                doubles.values()[row] = ((DoubleLane) some).values()[i];
            } else if (all instanceof WideLane wide) {
                wide.high()[row] = ((WideLane) some).high()[i];
                wide.low()[row] = ((WideLane) some).low()[i];
            } else {
                TextLane text = (TextLane) some;
                ((TextLane) all).set(row, text.bytes(), text.starts()[i], text.lengths()[i]);
            }
        }
    }

    /** Some rows of other columns. */
    private static final class Some implements Columns {
        private final Columns all;
        private final int[] rows;
        private final int count;
        private final Map<Integer, Lane> lanes = new HashMap<>();

        Some(Columns all, int[] rows, int count) {
            this.all = all;
            this.rows = rows;
            this.count = count;
        }

        @Override
        public int rows() {
            return count;
        }

        @Override
        public Lane lane(int column) {
            return lanes.computeIfAbsent(column, this::gathered);
        }

        private Lane gathered(int column) {
            Lane lane = all.lane(column);
            Lane some = lane.fresh();
            lane.gather(rows, count, some);
            return some;
        }
    }
}
