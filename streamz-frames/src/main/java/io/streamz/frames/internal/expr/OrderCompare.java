package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;

/** Compares row by row what has no loop of its own: texts, decimals, int64 with float64, times of two units. */
final class OrderCompare extends Binary {
    /** How the two sides are ordered. */
    enum Order {
        TEXT,
        WIDE,
        LONG_DOUBLE,
        SCALED_LONG
    }

    private final Order order;
    private final long leftFactor;
    private final long rightFactor;
    private final long accepted;
    private final LongLane out = new LongLane();

    /**
     * @param leftFactor for WIDE the power of ten, for SCALED_LONG the number, that the left side is multiplied with;
     *     one of the two factors changes nothing
     */
    OrderCompare(Op op, Order order, BoundExpr left, BoundExpr right, long leftFactor, long rightFactor) {
        super(DataType.BOOL, op, left, right);
        this.order = order;
        this.leftFactor = leftFactor;
        this.rightFactor = rightFactor;
        this.accepted = accepted(op);
    }

    /** One bit for each of less, equal, greater and unordered. */
    private static long accepted(Op op) {
        return switch (op) {
            case LT -> 0b0001;
            case EQ -> 0b0010;
            case LE -> 0b0011;
            case GT -> 0b0100;
            case GE -> 0b0110;
            default -> 0b1101;
        };
    }

    @Override
    Lane compute(Columns in) {
        Lane x = left.operand(in);
        Lane y = right.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.intersect(out, x, y);
        switch (order) {
            case TEXT -> texts((TextLane) x, (TextLane) y, rows);
            case WIDE -> wides((WideLane) x, (WideLane) y, rows);
            case LONG_DOUBLE -> mixed(((LongLane) x).values(), ((DoubleLane) y).values(), rows);
            case SCALED_LONG -> scaled(((LongLane) x).values(), ((LongLane) y).values(), rows);
        }
        return out;
    }

    private void put(int row, int compared) {
        out.values()[row] = accepted >>> compared + 1 & 1;
    }

    private void texts(TextLane x, TextLane y, int rows) {
        boolean sameness = op == Op.EQ || op == Op.NE;
        for (int row = 0; row < rows; row++) {
            if (!out.isNull(row)) {
                int a = row & leftMask;
                int b = row & rightMask;
                put(row, sameness ? same(x, a, y, b) : compare(x, a, y, b));
            }
        }
    }

    /** 0 where the bytes are the same, else 1. */
    private static int same(TextLane x, int a, TextLane y, int b) {
        int length = x.lengths()[a];
        if (length != y.lengths()[b]) {
            return 1;
        }
        int startA = x.starts()[a];
        int startB = y.starts()[b];
        return Arrays.equals(x.bytes(), startA, startA + length, y.bytes(), startB, startB + length) ? 0 : 1;
    }

    private static int compare(TextLane x, int a, TextLane y, int b) {
        int startA = x.starts()[a];
        int startB = y.starts()[b];
        return Integer.signum(Arrays.compareUnsigned(
                x.bytes(), startA, startA + x.lengths()[a], y.bytes(), startB, startB + y.lengths()[b]));
    }

    private void wides(WideLane x, WideLane y, int rows) {
        for (int row = 0; row < rows; row++) {
            if (!out.isNull(row)) {
                int a = row & leftMask;
                int b = row & rightMask;
                put(row, Wide.compare(x.high()[a], x.low()[a], (int) leftFactor, y.high()[b], y.low()[b], (int)
                        rightFactor));
            }
        }
    }

    private void mixed(long[] x, double[] y, int rows) {
        for (int row = 0; row < rows; row++) {
            put(row, compare(x[row & leftMask], y[row & rightMask]));
        }
    }

    /** Exactly: -1, 0, 1, or 2 against NaN. */
    static int compare(long x, double y) {
        if (Double.isNaN(y)) {
            return 2;
        }
        if (y >= 0x1p63) {
            return -1;
        }
        if (y < -0x1p63) {
            return 1;
        }
        long whole = (long) y;
        return x != whole ? Long.compare(x, whole) : Integer.signum(Double.compare(0.0, y - whole + 0.0));
    }

    private void scaled(long[] x, long[] y, int rows) {
        for (int row = 0; row < rows; row++) {
            long a = x[row & leftMask];
            long b = y[row & rightMask];
            put(row, leftFactor == 1 ? -compareScaled(b, rightFactor, a) : compareScaled(a, leftFactor, b));
        }
    }

    /** Compares {@code coarse * factor} with {@code fine}, exactly. */
    private static int compareScaled(long coarse, long factor, long fine) {
        int whole = Long.compare(coarse, Math.floorDiv(fine, factor));
        return whole != 0 ? whole : -Long.signum(Math.floorMod(fine, factor));
    }
}
