package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.util.List;

/** Brings values that stand beside each other to one type that holds them all. */
final class Unify {
    private Unify() {}

    /** The type that holds all values: of texts beside times the time, of times the finest, of numbers the widest. */
    static DataType type(List<BoundExpr> values, Node node) {
        List<BoundExpr> typed = values.stream()
                .filter(value -> !isUntyped(value))
                .map(Constants::coarsest)
                .toList();
        DataType type = typed.stream()
                .map(BoundExpr::type)
                .filter(candidate -> candidate.kind() != Kind.TEXT)
                .findFirst()
                .orElse(typed.isEmpty() ? null : typed.get(0).type());
        if (type == null) {
            throw TypeErrors.in(node, "all values are null, which has no type", "cast one of them");
        }
        for (BoundExpr value : typed) {
            type = common(
                    type,
                    Constants.coarsest(Constants.readAs(value, type, node)).type(),
                    node);
        }
        return type;
    }

    static List<BoundExpr> convert(List<BoundExpr> values, DataType type, Node node) {
        return values.stream().map(value -> convert(value, type, node)).toList();
    }

    /** Whether nothing says of what type the values are, because columns among them have none. */
    static boolean isValueless(List<BoundExpr> values) {
        return values.stream().allMatch(Unify::isUntyped)
                && values.stream().anyMatch(value -> ((Constant) value).isValueless());
    }

    private static boolean isUntyped(BoundExpr value) {
        return value instanceof Constant constant && constant.isUntyped();
    }

    private static DataType common(DataType a, DataType b, Node node) {
        if (a.equals(b)) {
            return a;
        }
        if (a.kind().isNumber() && b.kind().isNumber()) {
            return number(a, b);
        }
        boolean moments = isMoment(a) && isMoment(b);
        if (moments || a.kind() == b.kind() && a.kind().isTime()) {
            return Constants.perDay(a) >= Constants.perDay(b) ? a : b;
        }
        throw TypeErrors.in(node, "no type holds " + a + " and " + b, "cast one of them");
    }

    private static boolean isMoment(DataType type) {
        return type.kind() == Kind.DATE || type.kind() == Kind.TIMESTAMP;
    }

    private static DataType number(DataType a, DataType b) {
        if (a.kind() == Kind.FLOAT || b.kind() == Kind.FLOAT) {
            return DataType.FLOAT64;
        }
        if (a.kind() == Kind.INT && b.kind() == Kind.INT) {
            return DataType.INT64;
        }
        return DataType.decimal(38, Math.max(a.scale(), b.scale()));
    }

    static BoundExpr convert(BoundExpr value, DataType type, Node node) {
        if (isUntyped(value)) {
            return Constant.ofNull(type);
        }
        BoundExpr read = Constants.coarsest(Constants.readAs(value, type, node));
        if (read.type().equals(type)) {
            return read;
        }
        if (Arithmetic.isNull(read)) {
            return Constant.ofNull(type);
        }
        return switch (type.kind()) {
            case FLOAT -> read.type().kind().isNumber() ? Arithmetic.toDouble(read, node) : read;
            case DECIMAL -> widens(read, type) ? Arithmetic.toDecimal(read, type.scale(), node) : read;
            case DATE, TIME, TIMESTAMP, DURATION ->
                isFiner(read.type(), type) ? Arithmetic.inUnit(read, type, node) : read;
            default -> read;
        };
    }

    private static boolean widens(BoundExpr value, DataType type) {
        Kind kind = value.type().kind();
        return kind == Kind.INT || kind == Kind.DECIMAL && value.type().scale() <= type.scale();
    }

    private static boolean isFiner(DataType from, DataType to) {
        return from.kind().isTime() && Constants.perDay(from) <= Constants.perDay(to);
    }
}
