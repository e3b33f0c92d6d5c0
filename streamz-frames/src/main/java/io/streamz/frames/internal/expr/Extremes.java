package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import java.util.Arrays;
import java.util.List;

/** The greatest and the least of several values: nulls are skipped, NaN goes through, as in max and min over rows. */
final class Extremes {
    private Extremes() {}

    static BoundExpr bind(Op op, List<BoundExpr> args, Node node) {
        DataType type = Unify.type(args, node);
        if (type.kind() == Kind.FLOAT) {
            return PerRow.takingNulls(
                    DataType.FLOAT64, node, Unify.convert(args, DataType.FLOAT64, node), row -> floats(row, op));
        }
        int sign = op == Op.GREATEST ? 1 : -1;
        int count = args.size();
        return PerRow.takingNulls(type, node, Unify.convert(args, type, node), row -> {
            int best = -1;
            for (int arg = 0; arg < count; arg++) {
                if (!row.isNull(arg) && (best < 0 || compare(row, arg, best) * sign > 0)) {
                    best = arg;
                }
            }
            row.take(Math.max(best, 0));
        });
    }

    private static void floats(PerRow row, Op op) {
        boolean any = false;
        double best = 0;
        for (int arg = 0; arg < row.operands(); arg++) {
            if (!row.isNull(arg)) {
                double x = row.asDouble(arg);
                best = !any ? x : op == Op.GREATEST ? Math.max(best, x) : Math.min(best, x);
                any = true;
            }
        }
        if (any) {
            row.set(best);
        } else {
            row.setNull();
        }
    }

    /** The value, but not below the low end and not above the high end; a null end is none. */
    static BoundExpr clip(List<BoundExpr> args, Node node) {
        DataType type = Unify.type(args, node);
        List<BoundExpr> values = Unify.convert(args, type, node);
        return PerRow.takingNulls(type, node, values, row -> {
            if (row.isNull(0)) {
                row.setNull();
            } else if (!row.isNull(2) && compare(row, 0, 2) > 0) {
                row.take(2);
            } else {
                row.take(!row.isNull(1) && compare(row, 0, 1) < 0 ? 1 : 0);
            }
        });
    }

    /** The order of two operands of one type; a NaN is neither above nor below. */
    private static int compare(PerRow row, int a, int b) {
        return switch (row.type().kind()) {
            case FLOAT -> {
                double x = row.asDouble(a);
                double y = row.asDouble(b);
                yield x < y ? -1 : x > y ? 1 : 0;
            }
            case DECIMAL -> row.asBig(a).compareTo(row.asBig(b));
            case TEXT, BINARY ->
                Arrays.compareUnsigned(
                        row.bytes(a),
                        row.start(a),
                        row.start(a) + row.length(a),
                        row.bytes(b),
                        row.start(b),
                        row.start(b) + row.length(b));
            default -> Long.compare(row.asLong(a), row.asLong(b));
        };
    }
}
