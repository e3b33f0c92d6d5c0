package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;

/** Compares longs of one meaning and unit. A constant stands to the right. */
final class LongCompare extends Binary {
    private final LongLane out = new LongLane();

    LongCompare(Op op, BoundExpr left, BoundExpr right) {
        super(DataType.BOOL, op, left, right);
    }

    @Override
    Lane compute(Columns in) {
        LongLane x = (LongLane) left.operand(in);
        LongLane y = (LongLane) right.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.intersect(out, x, y);
        if (leftMask != rightMask) {
            laneConstant(op, x.values(), y.values()[0], out.values(), rows);
        } else if (op == Op.GT || op == Op.GE) {
            lanes(op.mirrored(), y.values(), x.values(), out.values(), rows);
        } else {
            lanes(op, x.values(), y.values(), out.values(), rows);
        }
        return out;
    }

    private static void lanes(Op op, long[] x, long[] y, long[] out, int rows) {
        switch (op) {
            case EQ -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] == y[i] ? 1 : 0;
                }
            }
            case NE -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] != y[i] ? 1 : 0;
                }
            }
            case LT -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] < y[i] ? 1 : 0;
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] <= y[i] ? 1 : 0;
                }
            }
        }
    }

    private static void laneConstant(Op op, long[] x, long c, long[] out, int rows) {
        switch (op) {
            case EQ -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] == c ? 1 : 0;
                }
            }
            case NE -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] != c ? 1 : 0;
                }
            }
            case LT -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] < c ? 1 : 0;
                }
            }
            case LE -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] <= c ? 1 : 0;
                }
            }
            case GT -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] > c ? 1 : 0;
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] >= c ? 1 : 0;
                }
            }
        }
    }
}
