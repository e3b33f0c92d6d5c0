package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.time.temporal.ChronoUnit;

/** Chooses the kernel of an arithmetic operator by the types of its operands. */
final class Arithmetic {
    private static final String NEEDS = "it takes numbers, or times and durations";

    private Arithmetic() {}

    static BoundExpr unary(Op op, BoundExpr arg, Node node) {
        DataType type = arg.type();
        if (isNull(arg)) {
            return Constant.ofNull(((Constant) arg).isUntyped() ? DataType.INT64 : type);
        }
        BoundExpr made = switch (type.kind()) {
            case INT -> new LongUnary(DataType.INT64, op, arg, 0, node);
            case DURATION -> new LongUnary(type, op, arg, 0, node);
            case FLOAT -> new DoubleUnary(op, arg);
            case DECIMAL -> new WideUnary(type, op, arg);
            default -> throw TypeErrors.operands(node, op, "it takes a number or a duration", arg);
        };
        return Fold.of(made, arg);
    }

    static BoundExpr binary(Op op, BoundExpr left, BoundExpr right, Node node) {
        BoundExpr x = typed(left, right);
        BoundExpr y = typed(right, left);
        BoundExpr made = choose(op, x, y, node);
        return isNull(x) || isNull(y) ? Constant.ofNull(made.type()) : Fold.of(made, x, y);
    }

    static boolean isNull(BoundExpr arg) {
        return arg instanceof Constant constant && constant.isNull();
    }

    /** An untyped null takes the type of the other side, int64 where that has none either. */
    private static BoundExpr typed(BoundExpr arg, BoundExpr other) {
        if (!(arg instanceof Constant constant) || !constant.isUntyped()) {
            return arg;
        }
        boolean none = other instanceof Constant against && against.isUntyped();
        return Constant.ofNull(none ? DataType.INT64 : other.type());
    }

    private static BoundExpr choose(Op op, BoundExpr x, BoundExpr y, Node node) {
        Kind left = x.type().kind();
        Kind right = y.type().kind();
        if (left.isTime() || right.isTime()) {
            return times(op, Constants.coarsest(x), Constants.coarsest(y), node);
        }
        if (!left.isNumber() || !right.isNumber()) {
            throw TypeErrors.operands(node, op, remedy(left, right), x, y);
        }
        if (op == Op.DIV || left == Kind.FLOAT || right == Kind.FLOAT) {
            return doubles(op, x, y, node);
        }
        if (op == Op.POW) {
            return power(x, y, node);
        }
        if (left == Kind.INT && right == Kind.INT) {
            return longs(DataType.INT64, op, x, y, node);
        }
        return decimals(op, x, y, node);
    }

    private static String remedy(Kind left, Kind right) {
        boolean bool = left == Kind.BOOL || right == Kind.BOOL;
        return NEEDS + (bool ? "; cast a bool to int64" : "");
    }

    private static BoundExpr doubles(Op op, BoundExpr x, BoundExpr y, Node node) {
        return new DoubleMath(op, toDouble(x, node), toDouble(y, node));
    }

    static BoundExpr toDouble(BoundExpr arg, Node node) {
        return Fold.of(Widen.toDouble(arg, node), arg);
    }

    static BoundExpr toDecimal(BoundExpr arg, int scale, Node node) {
        return Fold.of(Widen.toDecimal(arg, scale, node), arg);
    }

    private static BoundExpr power(BoundExpr x, BoundExpr y, Node node) {
        boolean whole = x.type().kind() == Kind.INT && y.type().kind() == Kind.INT;
        if (whole && y instanceof Constant exponent && !exponent.isNull() && exponent.asLong() >= 0) {
            return new LongUnary(DataType.INT64, Op.POW, x, exponent.asLong(), node);
        }
        return doubles(Op.POW, x, y, node);
    }

    private static BoundExpr longs(DataType type, Op op, BoundExpr x, BoundExpr y, Node node) {
        return op == Op.FLOOR_DIV || op == Op.MOD
                ? new LongDivide(type, op, x, y, node)
                : new LongMath(type, op, x, y, node);
    }

    private static BoundExpr decimals(Op op, BoundExpr x, BoundExpr y, Node node) {
        int left = x.type().scale();
        int right = y.type().scale();
        if (op == Op.MUL) {
            if (left + right > 38) {
                throw TypeErrors.operands(node, op, "the product has more than 38 digits behind the point", x, y);
            }
            DataType type = DataType.decimal(38, left + right);
            return new WideMath(type, op, toDecimal(x, left, node), toDecimal(y, right, node), node);
        }
        int scale = Math.max(left, right);
        DataType type = DataType.decimal(38, op == Op.FLOOR_DIV ? 0 : scale);
        return new WideMath(type, op, toDecimal(x, scale, node), toDecimal(y, scale, node), node);
    }

    private static BoundExpr times(Op op, BoundExpr x, BoundExpr y, Node node) {
        boolean leftLength = x.type().kind() == Kind.DURATION;
        boolean rightLength = y.type().kind() == Kind.DURATION;
        if (leftLength && rightLength) {
            return lengths(op, x, y, node);
        }
        if (leftLength && y.type().kind() == Kind.INT && (op == Op.MUL || op == Op.FLOOR_DIV)) {
            return longs(x.type(), op, x, y, node);
        }
        if (rightLength && x.type().kind() == Kind.INT && op == Op.MUL) {
            return longs(y.type(), op, x, y, node);
        }
        if (rightLength && isMoment(x) && (op == Op.ADD || op == Op.SUB)) {
            return moved(op, x, y, node);
        }
        if (leftLength && isMoment(y) && op == Op.ADD) {
            return moved(op, y, x, node);
        }
        boolean same = isMoment(x) && isMoment(y)
                || x.type().kind() == Kind.TIME && y.type().kind() == Kind.TIME;
        if (same && op == Op.SUB) {
            return distance(x, y, node);
        }
        throw TypeErrors.operands(node, op, timeRemedy(x, y), x, y);
    }

    private static String timeRemedy(BoundExpr x, BoundExpr y) {
        boolean text = x.type().kind() == Kind.TEXT || y.type().kind() == Kind.TEXT;
        return text ? "write a length of time as duration '5m', a moment as timestamp '2001-12-31T23:59:59Z'" : NEEDS;
    }

    private static boolean isMoment(BoundExpr arg) {
        return arg.type().kind() == Kind.DATE || arg.type().kind() == Kind.TIMESTAMP;
    }

    private static BoundExpr lengths(Op op, BoundExpr x, BoundExpr y, Node node) {
        DataType type = DataType.duration(finer(x, y));
        BoundExpr left = inUnit(x, type, node);
        BoundExpr right = inUnit(y, type, node);
        return switch (op) {
            case ADD, SUB, MOD -> longs(type, op, left, right, node);
            case FLOOR_DIV -> longs(DataType.INT64, op, left, right, node);
            case DIV -> doubles(op, left, right, node);
            default -> throw TypeErrors.operands(node, op, "multiply a duration with an integer", x, y);
        };
    }

    private static BoundExpr moved(Op op, BoundExpr moment, BoundExpr length, Node node) {
        DataType type = DataType.timestamp(finer(moment, length), moment.type().zone());
        BoundExpr by = inUnit(length, DataType.duration(type.unit()), node);
        return new LongMath(type, op, inUnit(moment, type, node), by, node);
    }

    private static BoundExpr distance(BoundExpr x, BoundExpr y, Node node) {
        DataType type = DataType.duration(finer(x, y));
        return new LongMath(type, Op.SUB, inUnit(x, type, node), inUnit(y, type, node), node);
    }

    /** The finer unit of two times; a date counts as seconds. */
    static ChronoUnit finer(BoundExpr x, BoundExpr y) {
        ChronoUnit left =
                x.type().kind() == Kind.DATE ? ChronoUnit.SECONDS : x.type().unit();
        ChronoUnit right =
                y.type().kind() == Kind.DATE ? ChronoUnit.SECONDS : y.type().unit();
        return left.compareTo(right) < 0 ? left : right;
    }

    /** The time in the unit of a type, which is not coarser than its own. */
    static BoundExpr inUnit(BoundExpr time, DataType type, Node node) {
        long factor = Constants.perDay(type) / Constants.perDay(time.type());
        return Fold.of(Widen.scaled(time, factor, type, node), time);
    }
}
