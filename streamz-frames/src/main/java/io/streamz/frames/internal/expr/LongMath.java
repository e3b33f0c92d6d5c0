package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;

/**
 * Sum, difference and product of longs. The loops only gather whether any row overflowed; then a second walk finds the
 * first row that did and is not null.
 */
final class LongMath extends Binary {
    private final Node node;
    private final LongLane out = new LongLane();

    LongMath(DataType type, Op op, BoundExpr left, BoundExpr right, Node node) {
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
        long overflow;
        if (leftMask == rightMask) {
            overflow = lanes(op, x.values(), y.values(), out.values(), rows);
        } else if (rightMask == 0) {
            overflow = laneConstant(op, x.values(), y.values()[0], out.values(), rows);
        } else {
            overflow = constantLane(op, x.values()[0], y.values(), out.values(), rows);
        }
        if (overflow < 0) {
            refuse(x.values(), y.values(), rows);
        }
        return out;
    }

    private static long lanes(Op op, long[] x, long[] y, long[] out, int rows) {
        long overflow = 0;
        switch (op) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    long sum = x[i] + y[i];
                    overflow |= (x[i] ^ sum) & (y[i] ^ sum);
                    out[i] = sum;
                }
            }
            case SUB -> {
                for (int i = 0; i < rows; i++) {
                    long difference = x[i] - y[i];
                    overflow |= (x[i] ^ y[i]) & (x[i] ^ difference);
                    out[i] = difference;
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    long product = x[i] * y[i];
                    overflow |= notZero(Math.multiplyHigh(x[i], y[i]) ^ product >> 63);
                    out[i] = product;
                }
            }
        }
        return overflow;
    }

    private static long laneConstant(Op op, long[] x, long c, long[] out, int rows) {
        long overflow = 0;
        switch (op) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    long sum = x[i] + c;
                    overflow |= (x[i] ^ sum) & (c ^ sum);
                    out[i] = sum;
                }
            }
            case SUB -> {
                for (int i = 0; i < rows; i++) {
                    long difference = x[i] - c;
                    overflow |= (x[i] ^ c) & (x[i] ^ difference);
                    out[i] = difference;
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    long product = x[i] * c;
                    overflow |= notZero(Math.multiplyHigh(x[i], c) ^ product >> 63);
                    out[i] = product;
                }
            }
        }
        return overflow;
    }

    private static long constantLane(Op op, long c, long[] y, long[] out, int rows) {
        if (op != Op.SUB) {
            return laneConstant(op, y, c, out, rows);
        }
        long overflow = 0;
        for (int i = 0; i < rows; i++) {
            long difference = c - y[i];
            overflow |= (c ^ y[i]) & (c ^ difference);
            out[i] = difference;
        }
        return overflow;
    }

    /** Negative for everything but zero. */
    private static long notZero(long x) {
        return x | -x;
    }

    private void refuse(long[] x, long[] y, int rows) {
        for (int row = 0; row < rows; row++) {
            long a = x[row & leftMask];
            long b = y[row & rightMask];
            if (!out.isNull(row) && overflows(a, b)) {
                throw Faults.overflow(node, type(), row, a + " " + op.text() + " " + b);
            }
        }
    }

    private boolean overflows(long a, long b) {
        return switch (op) {
            case ADD -> ((a ^ a + b) & (b ^ a + b)) < 0;
            case SUB -> ((a ^ b) & (a ^ a - b)) < 0;
            default -> Math.multiplyHigh(a, b) != a * b >> 63;
        };
    }
}
