package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;
import java.util.List;

/**
 * One of several values of one type: with conditions the value of the first that holds, or the last value; without
 * conditions the first value that is not null.
 */
final class Choice extends BoundExpr {
    private final BoundExpr[] conditions;
    private final BoundExpr[] values;
    private final Lane[] lanes;
    private final Lane out;
    private int[] chosen = {};

    Choice(DataType type, List<BoundExpr> conditions, List<BoundExpr> values) {
        super(type);
        this.conditions = conditions.toArray(BoundExpr[]::new);
        this.values = values.toArray(BoundExpr[]::new);
        this.lanes = new Lane[values.size()];
        this.out = type().kind().lane();
    }

    @Override
    public Lane evaluate(Columns in) {
        int rows = in.rows();
        if (chosen.length < rows) {
            chosen = new int[rows];
        }
        for (int i = 0; i < values.length; i++) {
            lanes[i] = values[i].operand(in);
        }
        Arrays.fill(chosen, 0, rows, values.length - 1);
        if (conditions.length == 0) {
            firstNotNull(rows);
        } else {
            firstThatHolds(in, rows);
        }
        out.reset(rows);
        copy(rows);
        return out;
    }

    private int place(int branch, int row) {
        return values[branch] instanceof Constant ? 0 : row;
    }

    private void firstNotNull(int rows) {
        for (int branch = values.length - 2; branch >= 0; branch--) {
            for (int row = 0; row < rows; row++) {
                if (!lanes[branch].isNull(place(branch, row))) {
                    chosen[row] = branch;
                }
            }
        }
    }

    private void firstThatHolds(Columns in, int rows) {
        for (int branch = conditions.length - 1; branch >= 0; branch--) {
            LongLane condition = (LongLane) conditions[branch].evaluate(in);
            for (int row = 0; row < rows; row++) {
                if (!condition.isNull(row) && condition.values()[row] == 1) {
                    chosen[row] = branch;
                }
            }
        }
    }

    private void copy(int rows) {
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        for (int row = 0; row < rows; row++) {
            int place = place(chosen[row], row);
            Lane from = lanes[chosen[row]];
            if (from.isNull(place)) {
                out.setNull(row);
            } else if (out instanceof LongLane longs) {
                longs.values()[row] = ((LongLane) from).values()[place];
            } else if (out instanceof DoubleLane doubles) {
                doubles.values()[row] = ((DoubleLane) from).values()[place];
            } else if (out instanceof WideLane wide) {
                wide.high()[row] = ((WideLane) from).high()[place];
                wide.low()[row] = ((WideLane) from).low()[place];
            } else {
                TextLane text = (TextLane) from;
                ((TextLane) out).set(row, text.bytes(), text.starts()[place], text.lengths()[place]);
            }
        }
    }
}
