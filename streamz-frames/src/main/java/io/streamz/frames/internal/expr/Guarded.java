package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Columns;

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
            SomeRows.scatter(expr.compute(new SomeRows(in, rows, count)), rows, all);
        } catch (RowFault fault) {
            throw fault.among(rows);
        }
        return all;
    }
}
