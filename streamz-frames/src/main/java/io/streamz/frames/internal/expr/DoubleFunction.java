package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Columns;
import java.util.function.DoubleUnaryOperator;

/** A function of one double. What IEEE 754 does not fix goes by {@link StrictMath}: the same bits on every machine. */
final class DoubleFunction extends BoundExpr {
    private static final double LOG_2 = StrictMath.log(2);

    private final Op op;
    private final DoubleUnaryOperator function;
    private final BoundExpr arg;
    private final DoubleLane out = new DoubleLane();

    DoubleFunction(Op op, BoundExpr arg) {
        super(DataType.FLOAT64);
        this.op = op;
        this.function = function(op);
        this.arg = arg;
    }

    private static DoubleUnaryOperator function(Op op) {
        return switch (op) {
            case SQRT -> Math::sqrt;
            case FLOOR -> Math::floor;
            case CEIL -> Math::ceil;
            case TRUNC -> x -> x < 0 ? Math.ceil(x) : Math.floor(x);
            case CBRT -> StrictMath::cbrt;
            case EXP -> StrictMath::exp;
            case EXPM1 -> StrictMath::expm1;
            case LOG -> StrictMath::log;
            case LOG10 -> StrictMath::log10;
            case LOG2 -> DoubleFunction::log2;
            case LOG1P -> StrictMath::log1p;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
            case TAN -> StrictMath::tan;
            case ASIN -> StrictMath::asin;
            case ACOS -> StrictMath::acos;
            case ATAN -> StrictMath::atan;
            case SINH -> StrictMath::sinh;
            case COSH -> StrictMath::cosh;
            case TANH -> StrictMath::tanh;
            default -> throw new IllegalArgumentException(op + " is no function of one double");
        };
    }

    /** The logarithm to base 2; exact for powers of two. */
    static double log2(double x) {
        boolean normal = x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY;
        return normal && Math.scalb(1.0, Math.getExponent(x)) == x ? Math.getExponent(x) : StrictMath.log(x) / LOG_2;
    }

    @Override
    Lane compute(Columns in) {
        DoubleLane lane = (DoubleLane) arg.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.inherit(out, lane);
        double[] x = lane.values();
        double[] target = out.values();
        if (op == Op.SQRT) {
            for (int i = 0; i < rows; i++) {
                target[i] = Math.sqrt(x[i]);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                target[i] = function.applyAsDouble(x[i]);
            }
        }
        return out;
    }
}
