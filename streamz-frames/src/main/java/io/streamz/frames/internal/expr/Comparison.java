package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.frames.internal.expr.OrderCompare.Order;
import java.util.ArrayList;
import java.util.List;

/** Chooses the kernel of a comparison by the types of its operands; a constant is brought to the type of the other side. */
final class Comparison {
    private Comparison() {}

    static BoundExpr bind(Op op, BoundExpr left, BoundExpr right, Node node) {
        BoundExpr x = Constants.readAs(left, right.type(), node);
        BoundExpr y = Constants.readAs(right, left.type(), node);
        check(op, x, y, node);
        if (Arithmetic.isNull(x) || Arithmetic.isNull(y)) {
            return Constant.ofNull(DataType.BOOL);
        }
        BoundExpr made = x instanceof Constant && !(y instanceof Constant)
                ? choose(op.mirrored(), y, x, node)
                : choose(op, x, y, node);
        return Fold.of(made, x, y);
    }

    static BoundExpr between(BoundExpr value, BoundExpr low, BoundExpr high, Node node) {
        return Conditions.logic(Op.AND, bind(Op.GE, value, low, node), bind(Op.LE, value, high, node), node);
    }

    private static void check(Op op, BoundExpr x, BoundExpr y, Node node) {
        Kind left = x.type().kind();
        Kind right = y.type().kind();
        boolean fine = isUntyped(x)
                || isUntyped(y)
                || left == right
                || left.isNumber() && right.isNumber()
                || left == Kind.DATE && right == Kind.TIMESTAMP
                || left == Kind.TIMESTAMP && right == Kind.DATE;
        if (!fine) {
            throw TypeErrors.operands(node, op, left == Kind.TEXT ? remedy(x, right) : remedy(y, left), x, y);
        }
    }

    /** What helps where the first is a text; a literal one may be a number or a name in the wrong quotes. */
    private static String remedy(BoundExpr text, Kind other) {
        if (text.type().kind() != Kind.TEXT || !other.isNumber()) {
            return "cast one of them";
        }
        return text instanceof Constant
                ? "numbers stand without quotes, names of columns without quotes or in backticks"
                : "put the text in single quotes, or cast the column";
    }

    private static boolean isUntyped(BoundExpr arg) {
        return arg instanceof Constant constant && constant.isUntyped();
    }

    /** A constant stands to the right, if one stands at all. */
    private static BoundExpr choose(Op op, BoundExpr x, BoundExpr y, Node node) {
        Kind left = x.type().kind();
        Kind right = y.type().kind();
        if (left.isTime()) {
            return times(op, x, y);
        }
        if (left == Kind.DECIMAL || right == Kind.DECIMAL) {
            return decimals(op, x, y, node);
        }
        if (left == Kind.INT && right == Kind.FLOAT) {
            return mixed(op, x, y);
        }
        if (left == Kind.FLOAT && right == Kind.INT) {
            return y instanceof Constant constant ? constantLong(op, x, constant) : mixed(op.mirrored(), y, x);
        }
        return switch (left) {
            case TEXT, BINARY -> new OrderCompare(op, Order.TEXT, x, y, 1, 1);
            case FLOAT -> new DoubleCompare(op, x, y);
            default -> new LongCompare(op, x, y);
        };
    }

    /** Integers to the left, floats to the right. */
    private static BoundExpr mixed(Op op, BoundExpr x, BoundExpr y) {
        if (y instanceof Constant constant) {
            double value = constant.asDouble();
            if (OrderCompare.compare((long) value, value) == 0) {
                return new LongCompare(op, x, Constant.ofLong(DataType.INT64, (long) value));
            }
        }
        return new OrderCompare(op, Order.LONG_DOUBLE, x, y, 1, 1);
    }

    /** Floats against an integer, which most often is a float too. */
    private static BoundExpr constantLong(Op op, BoundExpr x, Constant y) {
        double value = y.asLong();
        if (OrderCompare.compare(y.asLong(), value) == 0) {
            return new DoubleCompare(op, x, Constant.ofDouble(value));
        }
        return new OrderCompare(op.mirrored(), Order.LONG_DOUBLE, y, x, 1, 1);
    }

    private static BoundExpr decimals(Op op, BoundExpr x, BoundExpr y, Node node) {
        if (x.type().kind() == Kind.FLOAT || y.type().kind() == Kind.FLOAT) {
            return new DoubleCompare(op, Arithmetic.toDouble(x, node), Arithmetic.toDouble(y, node));
        }
        int left = x.type().scale();
        int right = y.type().scale();
        return new OrderCompare(
                op,
                Order.WIDE,
                Arithmetic.toDecimal(x, left, node),
                Arithmetic.toDecimal(y, right, node),
                Math.max(0, right - left),
                Math.max(0, left - right));
    }

    private static BoundExpr times(Op op, BoundExpr x, BoundExpr y) {
        BoundExpr other = y;
        if (y instanceof Constant constant) {
            Constant same = Constants.inUnitOf(constant, x.type());
            other = same == null ? y : same;
        }
        long left = Constants.perDay(x.type());
        long right = Constants.perDay(other.type());
        if (left == right) {
            return new LongCompare(op, x, other);
        }
        return new OrderCompare(op, Order.SCALED_LONG, x, other, Math.max(1, right / left), Math.max(1, left / right));
    }

    static BoundExpr in(BoundExpr value, List<BoundExpr> candidates, Node node) {
        if (candidates.isEmpty()) {
            return Constant.ofBool(false);
        }
        List<Constant> same = new ArrayList<>();
        boolean hasNull = false;
        boolean set = !(value instanceof Constant) && value.type().kind() != Kind.DECIMAL;
        for (BoundExpr raw : candidates) {
            BoundExpr candidate = Constants.readAs(raw, value.type(), node);
            check(Op.EQ, value, candidate, node);
            hasNull |= Arithmetic.isNull(candidate);
            set &= candidate instanceof Constant && candidate.type().kind() != Kind.DECIMAL;
            if (set && !Arithmetic.isNull(candidate)) {
                Constant exact = exactly((Constant) candidate, value.type());
                if (exact != null) {
                    same.add(exact);
                }
            }
        }
        return set ? new Membership(value, same, hasNull) : oneByOne(value, candidates, node);
    }

    /** The constant as a value of the type, or null where none of that type equals it. */
    private static Constant exactly(Constant value, DataType type) {
        if (type.kind().isTime()) {
            return Constants.inUnitOf(value, type);
        }
        if (type.kind() == Kind.INT && value.type().kind() == Kind.FLOAT) {
            long whole = (long) value.asDouble();
            return OrderCompare.compare(whole, value.asDouble()) == 0 ? Constant.ofLong(type, whole) : null;
        }
        if (type.kind() == Kind.FLOAT && value.type().kind() == Kind.INT) {
            double near = value.asLong();
            return OrderCompare.compare(value.asLong(), near) == 0 ? Constant.ofDouble(near) : null;
        }
        return value;
    }

    private static BoundExpr oneByOne(BoundExpr value, List<BoundExpr> candidates, Node node) {
        BoundExpr any = Constant.ofBool(false);
        for (BoundExpr candidate : candidates) {
            any = Conditions.logic(Op.OR, any, bind(Op.EQ, value, candidate, node), node);
        }
        return any;
    }
}
