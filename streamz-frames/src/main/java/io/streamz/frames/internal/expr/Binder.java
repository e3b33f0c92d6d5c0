package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import io.streamz.frames.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a tree into kernels for a schema: names into places, each operator into the kernel for the types of its operands.
 * What has only constants below it is computed here, once.
 */
public final class Binder {
    private final Schema schema;
    private final String frame;

    /** @param frame the name of the table, for messages, or the empty string */
    public Binder(Schema schema, String frame) {
        this.schema = schema;
        this.frame = frame;
    }

    public BoundExpr bind(Node node) {
        return bind(node, DataType.UTF8);
    }

    /**
     * {@link #bind(Node)} for one who can do with several types.
     *
     * @param type the type to give to what has no values ({@link io.streamz.frames.Field#valueless})
     */
    public BoundExpr bind(Node node, DataType type) {
        BoundExpr bound = any(node);
        if (bound instanceof Constant constant && constant.isUntyped()) {
            if (constant.isValueless()) {
                return Constant.ofNull(type);
            }
            throw TypeErrors.in(
                    node, "null alone has no type", "write cast(null as int64), or the type it should have");
        }
        return bound;
    }

    /** Whether nothing says what type the values have, because they come from columns without values. */
    public boolean isValueless(Node node) {
        return any(node) instanceof Constant constant && constant.isValueless();
    }

    /** Binds what decides about rows. */
    public BoundExpr predicate(Node node, String who) {
        BoundExpr bound = any(node);
        if (bound.type().kind() != Kind.BOOL) {
            throw TypeErrors.needsBool(node, bound.type(), who);
        }
        return bound;
    }

    /**
     * {@link #bind(Node, DataType)} for what an aggregate takes in.
     *
     * @param where the condition for the rows that it takes, or null: other rows cannot fail
     */
    public BoundExpr input(Node node, DataType type, Node where) {
        BoundExpr bound = bind(node, type);
        return where == null ? bound : Shielded.of(bound, predicate(where, "where"));
    }

    private BoundExpr any(Node node) {
        if (node instanceof Node.Column column) {
            int place = schema.column(column.name(), frame);
            return schema.field(place).valueless() ? Constant.valueless() : new ColumnRef(schema.type(place), place);
        }
        if (node instanceof Node.Literal literal) {
            return Constants.of(literal);
        }
        if (node instanceof Node.Cast cast) {
            return Casts.bind(any(cast.arg()), cast);
        }
        if (node instanceof Node.Parameter parameter) {
            throw new PlanException(
                    "no-parameter",
                    frame,
                    "the parameter @" + parameter.name() + " has no value",
                    "give it one: with(\"" + parameter.name() + "\", value)");
        }
        if (node instanceof Node.Own own) {
            return own(own);
        }
        if (node instanceof Moving moving) {
            throw new PlanException(
                    "many-rows",
                    moving.toString(),
                    moving + " is made of many rows and cannot be used here",
                    "assign it to a column before: assign(\"m\", \"" + moving + "\")");
        }
        Node.Call call = (Node.Call) node;
        List<BoundExpr> args = call.args().stream().map(this::any).toList();
        return call(call, args);
    }

    private BoundExpr own(Node.Own own) {
        List<BoundExpr> args = new ArrayList<>();
        for (int i = 0; i < own.args().size(); i++) {
            DataType wanted = own.function().inputs().get(i);
            BoundExpr arg = any(own.args().get(i));
            args.add(Unify.convert(arg, wanted, own));
            if (!fits(args.get(i).type(), wanted)) {
                throw TypeErrors.in(
                        own,
                        "argument " + (i + 1) + " of " + own.function().label() + " needs " + wanted + " but is "
                                + arg.type(),
                        "cast it");
            }
        }
        return new OwnCall(own.function(), own, args);
    }

    private static boolean fits(DataType given, DataType wanted) {
        return given.kind() == wanted.kind() && given.unit() == wanted.unit() && given.scale() == wanted.scale();
    }

    private static BoundExpr call(Node.Call call, List<BoundExpr> args) {
        return switch (call.op().family()) {
            case CORE -> core(call, args);
            case NUMBER -> NumberFunctions.bind(call, args);
            case TEXT -> TextFunctions.bind(call, args);
            case TIME -> TimeFunctions.bind(call, args);
        };
    }

    private static BoundExpr core(Node.Call call, List<BoundExpr> args) {
        Op op = call.op();
        return switch (op) {
            case ADD, SUB, MUL, DIV, FLOOR_DIV, MOD, POW -> Arithmetic.binary(op, args.get(0), args.get(1), call);
            case NEG, ABS -> Arithmetic.unary(op, args.get(0), call);
            case EQ, NE, LT, LE, GT, GE -> Comparison.bind(op, args.get(0), args.get(1), call);
            case IN -> Comparison.in(args.get(0), args.subList(1, args.size()), call);
            case BETWEEN -> Comparison.between(args.get(0), args.get(1), args.get(2), call);
            case AND, OR -> Conditions.logic(op, args.get(0), args.get(1), call);
            case NOT -> Conditions.not(args.get(0), call);
            case IS_NULL -> Fold.of(new Check(Op.IS_NULL, args.get(0)), args.get(0));
            case IS_NAN -> Conditions.isNaN(args.get(0), call);
            case CASE -> Conditions.cases(args, call);
            case COALESCE -> Conditions.coalesce(args, call);
            case NULL_IF -> Conditions.nullIf(args.get(0), args.get(1), call);
            case LIKE -> TextFunctions.bind(call, args);
            default -> throw new IllegalStateException(op + " is bound by its family");
        };
    }
}
