package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.WideLane;
import io.streamz.frames.internal.Columns;
import java.math.BigInteger;

/** Conversions that operators ask for: numbers to float64 or to a decimal of larger scale, times to a finer unit. */
final class Widen extends BoundExpr {
    private final BoundExpr arg;
    private final Node node;
    private final long factor;
    private final int digits;
    private final Lane out;

    private Widen(DataType type, BoundExpr arg, long factor, int digits, Node node) {
        super(type);
        this.arg = arg;
        this.factor = factor;
        this.digits = digits;
        this.node = node;
        this.out = type.kind().lane();
    }

    static BoundExpr toDouble(BoundExpr arg, Node node) {
        boolean there = arg.type().kind() == Kind.FLOAT;
        return there ? arg : new Widen(DataType.FLOAT64, arg, 1, arg.type().scale(), node);
    }

    /** An integer or decimal as decimal(38, scale), whose scale is not below the operand's. */
    static BoundExpr toDecimal(BoundExpr arg, int scale, Node node) {
        boolean there = arg.type().kind() == Kind.DECIMAL && arg.type().scale() == scale;
        return there
                ? arg
                : new Widen(
                        DataType.decimal(38, scale), arg, 1, scale - arg.type().scale(), node);
    }

    /** Times in units that are so many times finer. */
    static BoundExpr scaled(BoundExpr arg, long factor, DataType type, Node node) {
        return factor == 1 ? arg : new Widen(type, arg, factor, 0, node);
    }

    @Override
    Lane compute(Columns in) {
        Lane lane = arg.operand(in);
        int rows = lane.size();
        out.reset(rows);
        Bits.inherit(out, lane);
        if (out instanceof LongLane scaled) {
            scale(((LongLane) lane).values(), scaled.values(), rows);
        } else if (out instanceof DoubleLane doubles) {
            doubles(lane, doubles.values(), rows);
        } else {
            wides(lane, (WideLane) out, rows);
        }
        return out;
    }

    private void scale(long[] x, long[] target, int rows) {
        for (int row = 0; row < rows; row++) {
            target[row] = x[row] * factor;
            if (Math.multiplyHigh(x[row], factor) != target[row] >> 63 && !out.isNull(row)) {
                throw Faults.overflow(node, type(), row, x[row] + " * " + factor);
            }
        }
    }

    private void doubles(Lane lane, double[] target, int rows) {
        if (lane instanceof LongLane longs) {
            long[] x = longs.values();
            for (int row = 0; row < rows; row++) {
                target[row] = x[row];
            }
        } else {
            WideLane wide = (WideLane) lane;
            for (int row = 0; row < rows; row++) {
                target[row] = Wide.toDouble(wide.high()[row], wide.low()[row], digits);
            }
        }
    }

    private void wides(Lane lane, WideLane target, int rows) {
        for (int row = 0; row < rows; row++) {
            long low = lane instanceof LongLane longs ? longs.values()[row] : ((WideLane) lane).low()[row];
            long high = lane instanceof WideLane wide ? wide.high()[row] : low >> 63;
            if (digits == 0) {
                target.high()[row] = high;
                target.low()[row] = low;
            } else if (digits <= Wide.LONG_DIGITS && Wide.isLong(high, low)) {
                target.high()[row] = Math.multiplyHigh(low, Wide.ten(digits));
                target.low()[row] = low * Wide.ten(digits);
            } else if (!lane.isNull(row)) {
                big(target, row, Wide.big(high, low));
            }
        }
    }

    private void big(WideLane target, int row, BigInteger value) {
        BigInteger scaled = value.multiply(Wide.bigTen(digits));
        if (!Wide.fits(scaled)) {
            throw Faults.overflow(node, type(), row, value + " with " + digits + " more digits behind the point");
        }
        Wide.set(target, row, scaled);
    }
}
