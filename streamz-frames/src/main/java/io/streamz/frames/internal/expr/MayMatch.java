package io.streamz.frames.internal.expr;

import io.streamz.aggregations.LongLane;
import io.streamz.core.PlanException;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.Columns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether among rows of which the ends are known, the least and the greatest value of columns, there may be one for which a condition
 * is true. The condition is turned into one over the ends, which the kernels of all conditions answer: {@code x > 5} into
 * {@code max > 5}, {@code x = 5} into {@code min <= 5 and max >= 5}. What cannot be turned is taken for true.
 *
 * <p>A condition that could fail for a row hides what stands behind it in an {@code and}, since the row must fail then.
 */
public final class MayMatch {
    private static final Node TRUE = new Node.Literal(true);

    private final BoundExpr overEnds;

    private MayMatch(BoundExpr overEnds) {
        this.overEnds = overEnds;
    }

    /** The test for a condition over rows of these columns. */
    public static MayMatch of(Node condition, Schema schema) {
        List<Field> ends = new ArrayList<>();
        for (int column = 0; column < schema.size(); column++) {
            ends.add(new Field(least(column), schema.type(column)));
            ends.add(new Field(greatest(column), schema.type(column)));
        }
        try {
            Node turned = new Turning(schema).turned(condition);
            return new MayMatch(new Binder(Schema.of(ends), "").predicate(turned, "filter"));
        } catch (PlanException e) {
            // Values that can be compared for being equal need not have an order.
            return new MayMatch(null);
        }
    }

    /**
     * Whether there may be such a row.
     *
     * @param ends one row: for each column of the schema its least and its greatest value, null where they are not known
     */
    public boolean test(Columns ends) {
        if (overEnds == null) {
            return true;
        }
        LongLane answer = (LongLane) overEnds.evaluate(ends);
        return answer.isNull(0) || answer.values()[0] != 0;
    }

    private static String least(int column) {
        return "least " + column;
    }

    private static String greatest(int column) {
        return "greatest " + column;
    }

    /** Turns conditions over values into conditions over ends. */
    private record Turning(Schema schema) {
        Node turned(Node node) {
            if (!(node instanceof Node.Call call)) {
                return TRUE;
            }
            List<Node> args = call.args();
            return switch (call.op()) {
                case AND -> Node.call(Op.AND, turned(args.get(0)), isPlain(args.get(0)) ? turned(args.get(1)) : TRUE);
                case OR -> Node.call(Op.OR, turned(args.get(0)), turned(args.get(1)));
                case LT, LE, GT, GE, EQ -> comparison(call.op(), args.get(0), args.get(1));
                case BETWEEN ->
                    Node.call(
                            Op.AND,
                            comparison(Op.GE, args.get(0), args.get(1)),
                            comparison(Op.LE, args.get(0), args.get(2)));
                case IN ->
                    args.stream()
                            .skip(1)
                            .map(value -> comparison(Op.EQ, args.get(0), value))
                            .reduce((one, other) -> Node.call(Op.OR, one, other))
                            .orElse(TRUE);
                default -> TRUE;
            };
        }

        private Node comparison(Op op, Node left, Node right) {
            if (isConstant(left) && right instanceof Node.Column) {
                return comparison(flipped(op), right, left);
            }
            if (!(left instanceof Node.Column column) || !isConstant(right)) {
                return TRUE;
            }
            int place = schema.indexOf(column.name());
            return switch (op) {
                case GT, GE -> Node.call(op, new Node.Column(greatest(place)), right);
                case LT, LE -> Node.call(op, new Node.Column(least(place)), right);
                default -> Node.call(Op.AND, comparison(Op.LE, left, right), comparison(Op.GE, left, right));
            };
        }

        private static Op flipped(Op op) {
            return switch (op) {
                case LT -> Op.GT;
                case LE -> Op.GE;
                case GT -> Op.LT;
                case GE -> Op.LE;
                default -> op;
            };
        }

        /** Whether it compares columns and constants only, which cannot fail. */
        private static boolean isPlain(Node node) {
            if (node instanceof Node.Column || isConstant(node)) {
                return true;
            }
            return node instanceof Node.Call call
                    && switch (call.op()) {
                        case AND, OR, NOT, LT, LE, GT, GE, EQ, NE, BETWEEN, IN, IS_NULL, IS_NAN -> true;
                        default -> false;
                    }
                    && call.args().stream().allMatch(Turning::isPlain);
        }

        private static boolean isConstant(Node node) {
            Set<String> columns = new HashSet<>();
            node.columns(columns);
            return columns.isEmpty() && isBuiltIn(node);
        }

        private static boolean isBuiltIn(Node node) {
            return !(node instanceof Node.Own)
                    && !(node instanceof Moving)
                    && node.below().stream().allMatch(Turning::isBuiltIn);
        }
    }
}
