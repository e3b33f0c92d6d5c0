package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.frames.internal.Columns;

/** The negative and the absolute value of longs, and a power with a constant exponent that is not negative. */
final class LongUnary extends BoundExpr {
    private final Op op;
    private final BoundExpr arg;
    private final long exponent;
    private final Node node;
    private final LongLane out = new LongLane();

    LongUnary(DataType type, Op op, BoundExpr arg, long exponent, Node node) {
        super(type);
        this.op = op;
        this.arg = arg;
        this.exponent = exponent;
        this.node = node;
    }

    @Override
    Lane compute(Columns in) {
        LongLane x = (LongLane) arg.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.inherit(out, x);
        switch (op) {
            case NEG -> negatives(x.values(), rows);
            case ABS -> absolutes(x.values(), rows);
            default -> powers(x.values(), rows);
        }
        return out;
    }

    private void negatives(long[] x, int rows) {
        long[] target = out.values();
        long overflow = 0;
        for (int i = 0; i < rows; i++) {
            target[i] = -x[i];
            overflow |= x[i] & -x[i];
        }
        if (overflow < 0) {
            refuseLeast(x, rows);
        }
    }

    private void absolutes(long[] x, int rows) {
        long[] target = out.values();
        long overflow = 0;
        for (int i = 0; i < rows; i++) {
            target[i] = Math.abs(x[i]);
            overflow |= target[i];
        }
        if (overflow < 0) {
            refuseLeast(x, rows);
        }
    }

    private void refuseLeast(long[] x, int rows) {
        for (int row = 0; row < rows; row++) {
            if (x[row] == Long.MIN_VALUE && !out.isNull(row)) {
                throw Faults.overflow(node, type(), row, (op == Op.NEG ? "-" : "abs") + "(" + x[row] + ")");
            }
        }
    }

    private void powers(long[] x, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!out.isNull(row)) {
                out.values()[row] = power(x[row], row);
            }
        }
    }

    /** By repeated products; the bases 0, 1 and -1 never overflow and all others do before the 64th product. */
    private long power(long base, int row) {
        if (base == 0 || base == 1) {
            return exponent == 0 ? 1 : base;
        }
        if (base == -1) {
            return (exponent & 1) == 0 ? 1 : -1;
        }
        long result = 1;
        for (long left = exponent; left > 0; left--) {
            if (Math.multiplyHigh(result, base) != result * base >> 63) {
                throw Faults.overflow(node, type(), row, base + " ** " + exponent);
            }
            result *= base;
        }
        return result;
    }
}
