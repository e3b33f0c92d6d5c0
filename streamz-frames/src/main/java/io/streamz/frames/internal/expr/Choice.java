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
    private static final int NONE = -1;

    private final Guarded[] conditions;
    private final Guarded[] values;
    private final Lane[] lanes;
    private final Lane out;
    private final Guarded.Need open = this::isOpen;
    private final Guarded.Need[] taken;
    private int[] chosen = {};

    Choice(DataType type, List<BoundExpr> conditions, List<BoundExpr> values) {
        super(type);
        this.conditions = conditions.stream().map(Guarded::new).toArray(Guarded[]::new);
        this.values = values.stream().map(Guarded::new).toArray(Guarded[]::new);
        this.lanes = new Lane[values.size()];
        this.taken = new Guarded.Need[values.size()];
        for (int branch = 0; branch < taken.length; branch++) {
            int wanted = branch;
            taken[branch] = row -> chosen[row] == wanted;
        }
        this.out = type().kind().lane();
    }

    @Override
    Lane compute(Columns in) {
        int rows = in.rows();
        if (chosen.length < rows) {
            chosen = new int[rows];
        }
        Arrays.fill(chosen, 0, rows, NONE);
        if (conditions.length == 0) {
            firstNotNull(in, rows);
        } else {
            firstThatHolds(in, rows);
        }
        out.reset(rows);
        copy(rows);
        return out;
    }

    private boolean isOpen(int row) {
        return chosen[row] == NONE;
    }

    private int place(int branch, int row) {
        return values[branch].isConstant() ? 0 : row;
    }

    private void firstNotNull(Columns in, int rows) {
        for (int branch = 0; branch < values.length; branch++) {
            Lane lane = values[branch].operand(in, open);
            lanes[branch] = lane;
            boolean last = branch == values.length - 1;
            for (int row = 0; row < rows; row++) {
                if (chosen[row] == NONE && (last || !lane.isNull(place(branch, row)))) {
                    chosen[row] = branch;
                }
            }
        }
    }

    private void firstThatHolds(Columns in, int rows) {
        for (int branch = 0; branch < conditions.length; branch++) {
            LongLane condition = (LongLane) conditions[branch].whole(in, open);
            for (int row = 0; row < rows; row++) {
                if (chosen[row] == NONE && !condition.isNull(row) && condition.values()[row] == 1) {
                    chosen[row] = branch;
                }
            }
        }
        for (int row = 0; row < rows; row++) {
            chosen[row] = chosen[row] == NONE ? values.length - 1 : chosen[row];
        }
        for (int branch = 0; branch < values.length; branch++) {
            lanes[branch] = values[branch].operand(in, taken[branch]);
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
