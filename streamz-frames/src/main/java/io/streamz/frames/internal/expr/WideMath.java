package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.Columns;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Exact arithmetic of decimals within 38 digits. But for products the operands have one scale. Sums of 128 bits and products
 * of 64 bits need no objects; the rest goes by BigInteger.
 */
final class WideMath extends Binary {
    private final Node node;
    private final WideLane out = new WideLane();

    WideMath(DataType type, Op op, BoundExpr left, BoundExpr right, Node node) {
        super(type, op, left, right);
        this.node = node;
    }

    @Override
    Lane compute(Columns in) {
        WideLane x = (WideLane) left.operand(in);
        WideLane y = (WideLane) right.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.intersect(out, x, y);
        for (int row = 0; row < rows; row++) {
            if (!out.isNull(row)) {
                compute(x, row & leftMask, y, row & rightMask, row);
            }
        }
        return out;
    }

    private void compute(WideLane x, int a, WideLane y, int b, int row) {
        long highA = x.high()[a];
        long lowA = x.low()[a];
        long highB = y.high()[b];
        long lowB = y.low()[b];
        if (Wide.isLong(highA, lowA) && Wide.isLong(highB, lowB)) {
            small(lowA, lowB, row);
        } else {
            big(Wide.big(highA, lowA), Wide.big(highB, lowB), row);
        }
    }

    private void small(long a, long b, int row) {
        switch (op) {
            case ADD -> sum(a, b, row);
            // Long.MIN_VALUE has no negative of 64 bits.
            case SUB -> {
                if (b == Long.MIN_VALUE) {
                    big(BigInteger.valueOf(a), BigInteger.valueOf(b), row);
                } else {
                    sum(a, -b, row);
                }
            }
            case MUL -> {
                out.high()[row] = Math.multiplyHigh(a, b);
                out.low()[row] = a * b;
            }
            default -> divide(a, b, row);
        }
    }

    private void sum(long a, long b, int row) {
        long low = a + b;
        boolean overflow = ((a ^ low) & (b ^ low)) < 0;
        out.low()[row] = low;
        out.high()[row] = overflow ? ~(low >> 63) : low >> 63;
    }

    private void divide(long a, long b, int row) {
        if (b == 0) {
            out.setNull(row);
        } else if (a == Long.MIN_VALUE && b == -1) {
            big(BigInteger.valueOf(a), BigInteger.valueOf(b), row);
        } else {
            Wide.set(out, row, op == Op.MOD ? Math.floorMod(a, b) : Math.floorDiv(a, b));
        }
    }

    private void big(BigInteger a, BigInteger b, int row) {
        if ((op == Op.FLOOR_DIV || op == Op.MOD) && b.signum() == 0) {
            out.setNull(row);
            return;
        }
        BigInteger result = switch (op) {
            case ADD -> a.add(b);
            case SUB -> a.subtract(b);
            case MUL -> a.multiply(b);
            default -> floor(a, b);
        };
        if (!Wide.fits(result)) {
            throw Faults.overflow(node, type(), row, shown(a, left) + " " + op.text() + " " + shown(b, right));
        }
        Wide.set(out, row, result);
    }

    private BigInteger floor(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        boolean up = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        if (op == Op.MOD) {
            return up ? parts[1].add(b) : parts[1];
        }
        return up ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static String shown(BigInteger unscaled, BoundExpr side) {
        return new BigDecimal(unscaled, side.type().scale()).toPlainString();
    }
}
