package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Columns;

/** Arithmetic of doubles as IEEE 754 has it; quotient rounded down and remainder as Python has them. */
final class DoubleMath extends Binary {
    private final DoubleLane out = new DoubleLane();

    DoubleMath(Op op, BoundExpr left, BoundExpr right) {
        super(DataType.FLOAT64, op, left, right);
    }

    @Override
    Lane compute(Columns in) {
        DoubleLane x = (DoubleLane) left.operand(in);
        DoubleLane y = (DoubleLane) right.operand(in);
        int rows = in.rows();
        out.reset(rows);
        Bits.intersect(out, x, y);
        if (op == Op.FLOOR_DIV || op == Op.MOD || op == Op.POW) {
            others(x.values(), y.values(), rows);
        } else if (leftMask == rightMask) {
            lanes(op, x.values(), y.values(), out.values(), rows);
        } else if (rightMask == 0) {
            laneConstant(op, x.values(), y.values()[0], out.values(), rows);
        } else {
            constantLane(op, x.values()[0], y.values(), out.values(), rows);
        }
        return out;
    }

    private static void lanes(Op op, double[] x, double[] y, double[] out, int rows) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] + y[i];
                }
            }
            case SUB -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] - y[i];
                }
            }
            case MUL -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] * y[i];
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] / y[i];
                }
            }
        }
    }

    private static void laneConstant(Op op, double[] x, double c, double[] out, int rows) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] + c;
                }
            }
            case SUB -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] - c;
                }
            }
            case MUL -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] * c;
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = x[i] / c;
                }
            }
        }
    }

    private static void constantLane(Op op, double c, double[] y, double[] out, int rows) {
        switch (op) {
            case SUB -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = c - y[i];
                }
            }
            case DIV -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = c / y[i];
                }
            }
            default -> laneConstant(op, y, c, out, rows);
        }
    }

    private void others(double[] x, double[] y, int rows) {
        double[] target = out.values();
        switch (op) {
            case FLOOR_DIV -> {
                for (int i = 0; i < rows; i++) {
                    target[i] = floorDiv(x[i & leftMask], y[i & rightMask]);
                }
            }
            case MOD -> {
                for (int i = 0; i < rows; i++) {
                    target[i] = mod(x[i & leftMask], y[i & rightMask]);
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    target[i] = Math.pow(x[i & leftMask], y[i & rightMask]);
                }
            }
        }
    }

    /** The remainder with the sign of the divisor; exact, a zero has the divisor's sign. NaN for a divisor of zero. */
    static double mod(double x, double y) {
        double rest = x % y;
        if (rest == 0) {
            return Math.copySign(0.0, y);
        }
        return rest < 0 != y < 0 ? rest + y : rest;
    }

    /** The quotient rounded down, in step with {@link #mod}; infinite or NaN for a divisor of zero. */
    static double floorDiv(double x, double y) {
        double rest = x % y;
        if (y == 0 || Double.isNaN(rest)) {
            return x / y;
        }
        double quotient = (x - rest) / y;
        if (rest != 0 && rest < 0 != y < 0) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0.0, x / y);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }
}
