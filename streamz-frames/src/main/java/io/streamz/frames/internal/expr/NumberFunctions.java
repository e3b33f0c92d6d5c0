package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** Binds the functions over numbers, and the extremes of values of any kind. */
final class NumberFunctions {
    private static final int MOST_DIGITS = 300;

    private NumberFunctions() {}

    static BoundExpr bind(Node.Call call, List<BoundExpr> args) {
        Operands operands = new Operands(call, args);
        return switch (call.op()) {
            case FLOOR, CEIL, TRUNC -> whole(call, operands);
            case ROUND -> round(call, operands);
            case SIGN -> sign(call, operands);
            case ATAN2, HYPOT -> two(call, operands);
            case GREATEST, LEAST -> Extremes.bind(call.op(), args, call);
            case CLIP -> Extremes.clip(args, call);
            case IS_FINITE, IS_INFINITE -> classified(call, operands);
            case NAN_AS_NULL -> nanAsNull(call, operands);
            case BIT_AND, BIT_OR, BIT_XOR, SHIFT_LEFT, SHIFT_RIGHT -> bits(call, operands);
            case BIT_NOT -> PerRow.of(DataType.INT64, call, List.of(operands.whole(0)), row -> row.set(~row.asLong(0)));
            default -> real(call, operands);
        };
    }

    private static BoundExpr real(Node.Call call, Operands operands) {
        BoundExpr x = operands.real(0);
        return Arithmetic.isNull(x) ? x : Fold.of(new DoubleFunction(call.op(), x), x);
    }

    private static BoundExpr two(Node.Call call, Operands operands) {
        PerRow.Body body = call.op() == Op.ATAN2
                ? row -> row.set(StrictMath.atan2(row.asDouble(0), row.asDouble(1)))
                : row -> row.set(StrictMath.hypot(row.asDouble(0), row.asDouble(1)));
        return PerRow.of(DataType.FLOAT64, call, List.of(operands.real(0), operands.real(1)), body);
    }

    private static BoundExpr number(Operands operands, int arg) {
        return operands.of(arg, DataType.INT64, "a number", Kind.INT, Kind.FLOAT, Kind.DECIMAL);
    }

    private static BoundExpr whole(Node.Call call, Operands operands) {
        BoundExpr x = number(operands, 0);
        DataType type = x.type();
        return switch (type.kind()) {
            case FLOAT -> real(call, operands);
            case DECIMAL -> {
                RoundingMode mode = switch (call.op()) {
                    case FLOOR -> RoundingMode.FLOOR;
                    case CEIL -> RoundingMode.CEILING;
                    default -> RoundingMode.DOWN;
                };
                yield decimals(call, x, 0, mode);
            }
            default -> x;
        };
    }

    private static BoundExpr round(Node.Call call, Operands operands) {
        BoundExpr x = number(operands, 0);
        int digits = operands.count() == 1
                ? 0
                : (int) operands.constantWhole(1, "the number of digits behind the point", -MOST_DIGITS, MOST_DIGITS);
        return switch (x.type().kind()) {
            case FLOAT ->
                PerRow.of(DataType.FLOAT64, call, List.of(x), row -> row.set(Rounds.round(row.asDouble(0), digits)));
            case DECIMAL -> decimals(call, x, digits, RoundingMode.HALF_EVEN);
            default -> digits >= 0 ? x : PerRow.of(DataType.INT64, call, List.of(x), row -> round(row, digits));
        };
    }

    private static void round(PerRow row, int digits) {
        BigInteger rounded = BigDecimal.valueOf(row.asLong(0))
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toBigInteger();
        if (rounded.bitLength() >= Long.SIZE) {
            throw row.overflow("round(" + row.asLong(0) + ")");
        }
        row.set(rounded.longValue());
    }

    private static BoundExpr decimals(Node.Call call, BoundExpr x, int digits, RoundingMode mode) {
        int from = x.type().scale();
        if (digits >= from) {
            return x;
        }
        int scale = Math.max(0, digits);
        return PerRow.of(
                DataType.decimal(38, scale),
                call,
                List.of(x),
                row -> row.set(new BigDecimal(row.asBig(0), from)
                        .setScale(digits, mode)
                        .setScale(scale)
                        .unscaledValue()));
    }

    private static BoundExpr sign(Node.Call call, Operands operands) {
        BoundExpr x = operands.of(
                0, DataType.INT64, "a number or duration", Kind.INT, Kind.FLOAT, Kind.DECIMAL, Kind.DURATION);
        List<BoundExpr> one = List.of(x);
        return switch (x.type().kind()) {
            case FLOAT -> PerRow.of(DataType.FLOAT64, call, one, row -> row.set(Math.signum(row.asDouble(0))));
            case DECIMAL ->
                PerRow.of(
                        DataType.INT64,
                        call,
                        one,
                        row -> row.set((long) row.asBig(0).signum()));
            default -> PerRow.of(DataType.INT64, call, one, row -> row.set((long) Long.signum(row.asLong(0))));
        };
    }

    private static BoundExpr classified(Node.Call call, Operands operands) {
        PerRow.Body body = call.op() == Op.IS_FINITE
                ? row -> row.set(Double.isFinite(row.asDouble(0)))
                : row -> row.set(Double.isInfinite(row.asDouble(0)));
        return PerRow.of(DataType.BOOL, call, List.of(operands.real(0)), body);
    }

    private static BoundExpr nanAsNull(Node.Call call, Operands operands) {
        BoundExpr x = number(operands, 0);
        if (x.type().kind() != Kind.FLOAT) {
            return x;
        }
        return PerRow.takingNulls(DataType.FLOAT64, call, List.of(x), row -> {
            if (row.isNull(0) || Double.isNaN(row.asDouble(0))) {
                row.setNull();
            } else {
                row.set(row.asDouble(0));
            }
        });
    }

    private static BoundExpr bits(Node.Call call, Operands operands) {
        List<BoundExpr> both = List.of(operands.whole(0), operands.whole(1));
        PerRow.Body body = switch (call.op()) {
            case BIT_AND -> row -> row.set(row.asLong(0) & row.asLong(1));
            case BIT_OR -> row -> row.set(row.asLong(0) | row.asLong(1));
            case BIT_XOR -> row -> row.set(row.asLong(0) ^ row.asLong(1));
            case SHIFT_LEFT -> NumberFunctions::shiftLeft;
            default -> row -> row.set(row.asLong(0) >> places(row));
        };
        return PerRow.of(DataType.INT64, call, both, body);
    }

    private static void shiftLeft(PerRow row) {
        long x = row.asLong(0);
        int places = places(row);
        long shifted = places == Long.SIZE - 1 && x != 0 ? 0 : x << places;
        if (shifted >> places != x) {
            throw row.overflow("shiftLeft(" + x + ", " + places + ")");
        }
        row.set(shifted);
    }

    private static int places(PerRow row) {
        long places = row.asLong(1);
        if (places < 0 || places >= Long.SIZE) {
            throw row.fault("shift", "cannot shift by " + places + " places", "0 to 63 places make sense");
        }
        return (int) places;
    }
}
