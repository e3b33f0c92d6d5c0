package io.streamz.frames.internal.expr;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import io.streamz.frames.ExprFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** An expression as an immutable tree, not yet bound to a schema. Equal trees print the same text. */
public sealed interface Node permits Node.Column, Node.Literal, Node.Call, Node.Cast, Node.Parameter, Node.Own, Moving {
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

        // A record's own equals and hashCode take many frames a level, too many for a deep tree.

        @Override
        public boolean equals(Object other) {
            return other instanceof Call call && op == call.op && depth == call.depth && args.equals(call.args);
        }

        @Override
        public int hashCode() {
            return 31 * op.text().hashCode() + args.hashCode();
        }
    }

    /** A conversion; what does not fit is an error when strict, else null. */
    record Cast(Node arg, DataType type, boolean strict, int depth) implements Node {}

    /** A value that is given later, written {@code @name}. */
    record Parameter(String name) implements Node {
        @Override
        public int depth() {
            return 1;
        }
    }

    /** A user's function over its arguments. */
    record Own(ExprFunction function, List<Node> args, int depth) implements Node {
        public Own {
            args = List.copyOf(args);
        }
    }

    static Node own(ExprFunction function, List<Node> args) {
        return new Own(function, args, checked(deepest(args) + 1));
    }

    static Node call(Op op, Node... args) {
        return call(op, List.of(args));
    }

    static Node call(Op op, List<Node> args) {
        return new Call(op, args, checked(deepest(args) + 1));
    }

    private static int deepest(List<Node> args) {
        int deepest = 0;
        for (Node arg : args) {
            deepest = Math.max(deepest, arg.depth());
        }
        return deepest;
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

    /** The nodes right below this one. */
    default List<Node> below() {
        if (this instanceof Call call) {
            return call.args();
        }
        if (this instanceof Own own) {
            return own.args();
        }
        if (this instanceof Moving moving) {
            return moving.parts();
        }
        return this instanceof Cast cast ? List.of(cast.arg()) : List.of();
    }

    /** This node over other nodes, as many as stand below it. */
    default Node over(List<Node> args) {
        if (this instanceof Call call) {
            return call(call.op(), args);
        }
        if (this instanceof Own own) {
            return own(own.function(), args);
        }
        if (this instanceof Moving moving) {
            return moving.overParts(args);
        }
        return this instanceof Cast cast ? cast(args.get(0), cast.type(), cast.strict()) : this;
    }

    /** Adds the names of all columns in this tree. */
    default void columns(Set<String> into) {
        if (this instanceof Column column) {
            into.add(column.name());
        } else if (this instanceof Moving moving) {
            into.addAll(moving.keys());
        }
        below().forEach(arg -> arg.columns(into));
    }

    /** The tree with values in the place of those parameters that are given one. */
    default Node with(Map<String, ? extends Node> values) {
        if (this instanceof Parameter parameter && values.containsKey(parameter.name())) {
            return values.get(parameter.name());
        }
        return below().isEmpty()
                ? this
                : over(below().stream().map(arg -> arg.with(values)).toList());
    }

    /** Adds the functions without a name in this tree: what makes a plan run in this process only. */
    default void localFunctions(Set<String> into) {
        if (this instanceof Own own && own.function().name().isEmpty()) {
            into.add(Printer.print(this));
        }
        below().forEach(arg -> arg.localFunctions(into));
    }
}
