package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.util.ArrayList;
import java.util.List;

/** Binds what works on truth values, and what chooses among values. */
final class Conditions {
    private Conditions() {}

    static BoundExpr logic(Op op, BoundExpr left, BoundExpr right, Node node) {
        BoundExpr x = bool(left, op, node);
        BoundExpr y = bool(right, op, node);
        if (x instanceof Constant constant && !constant.isNull()) {
            return decided(op, constant, y);
        }
        if (y instanceof Constant constant && !constant.isNull()) {
            return decided(op, constant, x);
        }
        return Fold.of(new Logic(op, x, y), x, y);
    }

    /** A constant side either decides or leaves the other one as it is. */
    private static BoundExpr decided(Op op, Constant side, BoundExpr other) {
        boolean decides = side.asLong() == (op == Op.AND ? 0 : 1);
        return decides ? side : other;
    }

    static BoundExpr not(BoundExpr arg, Node node) {
        BoundExpr x = bool(arg, Op.NOT, node);
        return Fold.of(new Check(Op.NOT, x), x);
    }

    static BoundExpr isNaN(BoundExpr arg, Node node) {
        if (!arg.type().kind().isNumber() && !Arithmetic.isNull(arg)) {
            throw TypeErrors.operands(node, Op.IS_NAN, "it takes a number", arg);
        }
        if (Arithmetic.isNull(arg)) {
            return Constant.ofNull(DataType.BOOL);
        }
        BoundExpr x = Arithmetic.toDouble(arg, node);
        return Fold.of(new Check(Op.IS_NAN, x), x);
    }

    private static BoundExpr bool(BoundExpr arg, Op op, Node node) {
        if (arg.type().kind() != Kind.BOOL) {
            throw TypeErrors.needsBool(node, arg.type(), "'" + op.text() + "'");
        }
        return arg;
    }

    static BoundExpr coalesce(List<BoundExpr> args, Node node) {
        if (Unify.isValueless(args)) {
            return Constant.valueless();
        }
        DataType type = Unify.type(args, node);
        List<BoundExpr> values = Unify.convert(args, type, node);
        return Fold.of(new Choice(type, List.of(), values), values.toArray(BoundExpr[]::new));
    }

    /** The first value, or null where both are equal. */
    static BoundExpr nullIf(BoundExpr value, BoundExpr other, Node node) {
        if (value instanceof Constant constant && constant.isUntyped()) {
            return value;
        }
        BoundExpr same = Comparison.bind(Op.EQ, value, other, node);
        return cases(List.of(same, Constant.untypedNull(), value), node);
    }

    static BoundExpr cases(List<BoundExpr> args, Node node) {
        List<BoundExpr> conditions = new ArrayList<>();
        List<BoundExpr> values = new ArrayList<>();
        int last = args.size() - 1;
        for (int i = 0; i < last; i += 2) {
            conditions.add(bool(args.get(i), Op.CASE, node));
            values.add(args.get(i + 1));
        }
        values.add(args.get(last));
        if (Unify.isValueless(values)) {
            return Constant.valueless();
        }
        DataType type = Unify.type(values, node);
        List<BoundExpr> unified = Unify.convert(values, type, node);
        List<BoundExpr> all = new ArrayList<>(conditions);
        all.addAll(unified);
        return Fold.of(new Choice(type, conditions, unified), all.toArray(BoundExpr[]::new));
    }
}
