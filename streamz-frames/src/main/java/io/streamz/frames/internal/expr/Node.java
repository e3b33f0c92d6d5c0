package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** An expression as an immutable tree, not yet bound to a schema. Equal trees print the same text. */
public sealed interface Node {
    /** How deep a tree may nest, so that no walk over it can exhaust a thread's stack. */
    int MAX_DEPTH = 500;

    /** The number of nodes on the longest way down, this one included. */
    int depth();

    /** A column by its exact name. */
    record Column(String name) implements Node {
        public Column {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public int depth() {
            return 1;
        }
    }

    /**
     * A value: null, Boolean, Long, Double, String, BigDecimal, LocalDate, LocalTime, Instant or Duration
     * ({@link Literals#value} makes these out of others).
     */
    record Literal(Object value) implements Node {
        static final Literal NULL = new Literal(null);

        @Override
        public int depth() {
            return 1;
        }
    }

    /** An operator or function over its arguments. */
    record Call(Op op, List<Node> args, int depth) implements Node {
        public Call {
            args = List.copyOf(args);
        }
    }

    /** A conversion; what does not fit is an error when strict, else null. */
    record Cast(Node arg, DataType type, boolean strict, int depth) implements Node {}

    static Node call(Op op, Node... args) {
        return call(op, List.of(args));
    }

    static Node call(Op op, List<Node> args) {
        int deepest = 0;
        for (Node arg : args) {
            deepest = Math.max(deepest, arg.depth());
        }
        return new Call(op, args, checked(deepest + 1));
    }

    static Node cast(Node arg, DataType type, boolean strict) {
        return new Cast(arg, type, strict, checked(arg.depth() + 1));
    }

    private static int checked(int depth) {
        if (depth > MAX_DEPTH) {
            throw new PlanException(
                    "expression-depth",
                    "expression",
                    "the expression nests deeper than " + MAX_DEPTH + " levels",
                    "for one value out of many use in (...)");
        }
        return depth;
    }

    /** Adds the names of all columns below this node. */
    default void columns(Set<String> into) {
        if (this instanceof Column column) {
            into.add(column.name());
        } else if (this instanceof Call call) {
            call.args().forEach(arg -> arg.columns(into));
        } else if (this instanceof Cast cast) {
            cast.arg().columns(into);
        }
    }
}
