package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;

/** Quotient rounded down and remainder of longs; null for a divisor of zero. */
final class LongDivide extends Binary {
    private final Node node;
    private final LongLane out = new LongLane();

    LongDivide(DataType type, Op op, BoundExpr left, BoundExpr right, Node node) {
        super(type, op, left, right);
        this.node = node;
    }

    @Override
    Lane compute(Columns in) {
        LongLane x = (LongLane) left.operand(in);
        LongLane y = (LongLane) right.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.intersect(out, x, y);
        if (op == Op.MOD) {
            remainders(x.values(), y.values(), rows);
        } else {
            quotients(x.values(), y.values(), rows);
        }
        return out;
    }

    private void remainders(long[] x, long[] y, int rows) {
        long[] target = out.values();
        for (int i = 0; i < rows; i++) {
            long divisor = y[i & rightMask];
            if (divisor == 0) {
                out.setNull(i);
            } else {
                target[i] = Math.floorMod(x[i & leftMask], divisor);
            }
        }
    }

    private void quotients(long[] x, long[] y, int rows) {
        long[] target = out.values();
        for (int i = 0; i < rows; i++) {
            long dividend = x[i & leftMask];
            long divisor = y[i & rightMask];
            if (divisor == 0) {
                out.setNull(i);
            } else if (divisor == -1 && dividend == Long.MIN_VALUE && !out.isNull(i)) {
                throw Faults.overflow(node, type(), i, dividend + " // -1");
            } else {
                target[i] = Math.floorDiv(dividend, divisor);
            }
        }
    }
}
