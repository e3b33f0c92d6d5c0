package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Columns;

/** The negative and the absolute value of doubles. */
final class DoubleUnary extends BoundExpr {
    private final Op op;
    private final BoundExpr arg;
    private final DoubleLane out = new DoubleLane();

    DoubleUnary(Op op, BoundExpr arg) {
        super(DataType.FLOAT64);
        this.op = op;
        this.arg = arg;
    }

    @Override
    Lane compute(Columns in) {
        DoubleLane lane = (DoubleLane) arg.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.inherit(out, lane);
        double[] x = lane.values();
        double[] target = out.values();
        if (op == Op.NEG) {
            for (int i = 0; i < rows; i++) {
                target[i] = -x[i];
            }
        } else {
            for (int i = 0; i < rows; i++) {
                target[i] = Math.abs(x[i]);
            }
        }
        return out;
    }
}
