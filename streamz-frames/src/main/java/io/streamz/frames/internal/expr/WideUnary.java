package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.Columns;

/** The negative and the absolute value of decimals; with at most 38 digits they always fit. */
final class WideUnary extends BoundExpr {
    private final Op op;
    private final BoundExpr arg;
    private final WideLane out = new WideLane();

    WideUnary(DataType type, Op op, BoundExpr arg) {
        super(type);
        this.op = op;
        this.arg = arg;
    }

    @Override
    Lane compute(Columns in) {
        WideLane x = (WideLane) arg.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.inherit(out, x);
        for (int row = 0; row < rows; row++) {
            long high = x.high()[row];
            long low = x.low()[row];
            boolean turn = op == Op.NEG || high < 0;
            out.low()[row] = turn ? -low : low;
            out.high()[row] = turn ? ~high + (low == 0 ? 1 : 0) : high;
        }
        return out;
    }
}
