package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Span;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.Names;
import io.streamz.frames.internal.expr.Binder;
import io.streamz.frames.internal.expr.BoundExpr;
import io.streamz.frames.internal.expr.Moving;
import io.streamz.frames.internal.expr.Node;
import io.streamz.frames.internal.expr.Op;
import io.streamz.frames.internal.expr.Printer;
import io.streamz.frames.internal.expr.Sequence;
import io.streamz.frames.internal.expr.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A computation over the columns of one row, such as {@code col("price").mul(col("qty")).gt(100)}, or as text
 * {@code price * qty > 100}. Immutable; names and types are checked when a frame takes it. {@link #toString()} gives text that
 * reads back as an equal expression.
 *
 * <p>An operand is another expression or a value: a number, boolean, String (a text value, never a column), or a LocalDate,
 * LocalTime, Instant or Duration. A text against a date, time, timestamp, duration or decimal is read as one.
 *
 * <p>Null in gives null out, but for and, or, isNull and coalesce; a null condition does not hold. Integers are int64 and stay
 * exact: what does not fit is a data error. Floats follow IEEE 754: NaN equals nothing.
 */
public final class Expr extends TimeWords {
    private final Node node;
    private final String name;

    Expr(Node node, String name) {
        this.node = node;
        this.name = name;
    }

    Expr(Node node) {
        this(node, null);
    }

    /**
     * The expression that a text describes, with its name where it ends in {@code as name}.
     *
     * @throws PlanException when it does not read; the message has a caret under the place
     */
    public static Expr parse(String text) {
        Texts.Named named = Texts.expression(text);
        return new Expr(named.node(), named.name());
    }

    /**
     * The column that a text names as it stands, or else the expression that it is. A text that reads as none, or as one of no
     * column, is most often a name that was mistyped.
     *
     * @param frame the name of the rows, for the message
     */
    static Expr columnOrParsed(String text, Schema rows, String frame) {
        if (rows.indexOf(text) >= 0) {
            return Frames.col(text);
        }
        boolean isMistyped = text.matches("[\\p{L}\\p{N}_]+(\\s+[\\p{L}\\p{N}_]+)+")
                || Names.nearest(text, rows.names()).isPresent();
        try {
            Expr parsed = parse(text);
            if (isMistyped && parsed.columns().isEmpty()) {
                rows.column(text, frame);
            }
            return parsed;
        } catch (PlanException e) {
            if (isMistyped && e.code().equals("syntax")) {
                rows.column(text, frame);
            }
            throw e;
        }
    }

    /**
     * The named expression of a text such as {@code notional = price * qty}: the name is everything before the first equals
     * sign, in backticks where it has one itself.
     */
    public static Expr parseAssignment(String text) {
        Texts.Named named = Texts.assignment(text);
        return new Expr(named.node(), named.name());
    }

    /** An operand: an expression as it is, anything else as a value. */
    static Expr of(Object operand) {
        return operand instanceof Expr expr ? expr : new Expr(Texts.value(operand));
    }

    Node node() {
        return node;
    }

    public Expr add(Object other) {
        return call(Op.ADD, other);
    }

    public Expr sub(Object other) {
        return call(Op.SUB, other);
    }

    public Expr mul(Object other) {
        return call(Op.MUL, other);
    }

    /** True division: float64 whatever the operands, infinite or NaN for a divisor of zero. */
    public Expr div(Object other) {
        return call(Op.DIV, other);
    }

    /** Division rounded down; null for an integer divisor of zero. */
    public Expr floorDiv(Object other) {
        return call(Op.FLOOR_DIV, other);
    }

    /** What {@link #floorDiv} leaves, with the sign of the divisor; null for an integer divisor of zero. */
    public Expr mod(Object other) {
        return call(Op.MOD, other);
    }

    public Expr neg() {
        return call(Op.NEG);
    }

    public Expr abs() {
        return call(Op.ABS);
    }

    /** To a power: int64 where this is an integer and the exponent an integer value not below zero, else float64. */
    public Expr pow(Object exponent) {
        return call(Op.POW, exponent);
    }

    public Expr eq(Object other) {
        return call(Op.EQ, other);
    }

    public Expr ne(Object other) {
        return call(Op.NE, other);
    }

    public Expr lt(Object other) {
        return call(Op.LT, other);
    }

    public Expr le(Object other) {
        return call(Op.LE, other);
    }

    public Expr gt(Object other) {
        return call(Op.GT, other);
    }

    public Expr ge(Object other) {
        return call(Op.GE, other);
    }

    /** Not below the low end and not above the high end. */
    public Expr between(Object low, Object high) {
        return new Expr(Node.call(Op.BETWEEN, node, of(low).node, of(high).node));
    }

    /** Equal to one of these; null where it equals none and one of them is null. */
    public Expr in(Object... values) {
        return in(Arrays.asList(values));
    }

    /** Equal to one of these; null where it equals none and one of them is null. */
    public Expr in(Collection<?> values) {
        List<Node> args = new ArrayList<>();
        args.add(node);
        values.forEach(value -> args.add(of(value).node));
        return new Expr(Node.call(Op.IN, args));
    }

    public Expr notIn(Object... values) {
        return in(values).not();
    }

    public Expr notIn(Collection<?> values) {
        return in(values).not();
    }

    public Expr isNull() {
        return call(Op.IS_NULL);
    }

    public Expr isNotNull() {
        return isNull().not();
    }

    /** False where one side is false, else null where one is null. */
    public Expr and(Expr other) {
        return call(Op.AND, other);
    }

    /** {@link #and(Expr)} with the text of an expression. */
    public Expr and(String text) {
        return and(parse(text));
    }

    /** True where one side is true, else null where one is null. */
    public Expr or(Expr other) {
        return call(Op.OR, other);
    }

    /** {@link #or(Expr)} with the text of an expression. */
    public Expr or(String text) {
        return or(parse(text));
    }

    public Expr not() {
        return call(Op.NOT);
    }

    /** This, or where it is null the other. */
    public Expr coalesce(Object other) {
        return call(Op.COALESCE, other);
    }

    /** This, or where it is null the other. */
    public Expr fillNull(Object other) {
        return coalesce(other);
    }

    /** This, or null where it equals the other. */
    public Expr nullIf(Object other) {
        return call(Op.NULL_IF, other);
    }

    /** Values replaced by others; what is no key stays. A null key stands for null. */
    public Expr replace(Map<?, ?> values) {
        List<Node> parts = new ArrayList<>();
        values.forEach((from, to) -> {
            parts.add((from == null ? isNull() : eq(from)).node);
            parts.add(of(to).node);
        });
        parts.add(node);
        return values.isEmpty() ? this : new Expr(Node.call(Op.CASE, parts));
    }

    /** A function of this value that runs in this process only; {@link ExprFunction} makes one that a plan can name. */
    public Expr map(DataType input, DataType result, ExprFunction.Scalar function) {
        ExprFunction local = ExprFunction.local(result, function, input);
        return local.of(this);
    }

    /** The expression with a value in the place of {@code @name}. */
    public Expr with(String parameter, Object value) {
        return new Expr(node.with(Map.of(parameter, of(value).node)), name);
    }

    /** The expression with values in the places of those parameters that are named. */
    public Expr with(Map<String, ?> values) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        values.forEach((parameter, value) -> nodes.put(parameter, of(value).node));
        return new Expr(node.with(nodes), name);
    }

    /** The functions without a name in this, as they print: none where the expression can be stored and read again. */
    public Set<String> localFunctions() {
        Set<String> local = new LinkedHashSet<>();
        node.localFunctions(local);
        return local;
    }

    /** Converts; a value that does not fit the type is a data error. */
    public Expr cast(DataType type) {
        return new Expr(Node.cast(node, type, true));
    }

    /** {@link #cast(DataType)} with the name of the type, such as {@code decimal(20,2)}. */
    public Expr cast(String type) {
        return cast(Texts.type(type));
    }

    /** Converts; a value that does not fit the type becomes null. */
    public Expr tryCast(DataType type) {
        return new Expr(Node.cast(node, type, false));
    }

    /** {@link #tryCast(DataType)} with the name of the type. */
    public Expr tryCast(String type) {
        return tryCast(Texts.type(type));
    }

    /** The number of values that are not null. */
    public Agg count() {
        return aggregate("count");
    }

    /** The exact sum, 0 of nothing. */
    public Agg sum() {
        return aggregate("sum");
    }

    public Agg mean() {
        return aggregate("mean");
    }

    public Agg min() {
        return aggregate("min");
    }

    public Agg max() {
        return aggregate("max");
    }

    /** The sample variance. */
    public Agg var() {
        return aggregate("var");
    }

    /** The variance, divided by the number of values less {@code ddof}. */
    public Agg var(int ddof) {
        return aggregate("var", ddof);
    }

    /** The sample standard deviation. */
    public Agg std() {
        return aggregate("std");
    }

    /** The standard deviation, divided by the number of values less {@code ddof}. */
    public Agg std(int ddof) {
        return aggregate("std", ddof);
    }

    /** The value of the first row, null included. */
    public Agg first() {
        return aggregate("first");
    }

    /** The value of the last row, null included. */
    public Agg last() {
        return aggregate("last");
    }

    public Agg firstNonNull() {
        return aggregate("firstNonNull");
    }

    public Agg lastNonNull() {
        return aggregate("lastNonNull");
    }

    /** The number of different values that are not null. */
    public Agg nunique() {
        return aggregate("nunique");
    }

    public Agg median() {
        return aggregate("median");
    }

    /** Any built-in aggregation by its name, with its parameters. */
    public Agg aggregate(String function, double... parameters) {
        return Agg.named(function, Arrays.stream(parameters).boxed().toList(), this);
    }

    /** Where this is made of many rows, such as {@code mean(price) rolling 20}: of those with the row's keys only. */
    public Expr over(String... keys) {
        return new Expr(moving("over").by(List.of(keys)), name);
    }

    /** Where this is rolling or expanding: fewer values than this give null; the number of rows, or 1 by time, unless said. */
    public Expr minPeriods(int values) {
        Moving moving = moving("minPeriods");
        return new Expr(moving.within(moving.extent().minPeriods(values)), name);
    }

    /** Where this is rolling by time: which ends of the stretch belong to it; the right one unless said. */
    public Expr closed(Span.Closed ends) {
        Moving moving = moving("closed");
        return new Expr(moving.within(moving.extent().closed(ends)), name);
    }

    private Moving moving(String method) {
        if (node instanceof Moving moving) {
            return moving;
        }
        throw new PlanException(
                "one-row",
                toString(),
                method + " stands behind what is made of many rows, but " + this + " is made of one",
                "as in col(\"x\").mean().rolling(20)." + method + "(...)");
    }

    /** The sum of the values up to each row; a null row gives null. */
    public Expr cumSum() {
        return sequence(Sequence.CUM_SUM, 0, null);
    }

    public Expr cumProd() {
        return sequence(Sequence.CUM_PROD, 0, null);
    }

    public Expr cumMin() {
        return sequence(Sequence.CUM_MIN, 0, null);
    }

    public Expr cumMax() {
        return sequence(Sequence.CUM_MAX, 0, null);
    }

    /** The number of values up to each row, never null. */
    public Expr cumCount() {
        return sequence(Sequence.CUM_COUNT, 0, null);
    }

    public Expr cumMean() {
        return sequence(Sequence.CUM_MEAN, 0, null);
    }

    /** The value {@code rows} rows before, null where there is no such row. */
    public Expr shift(int rows) {
        return sequence(Sequence.SHIFT, positive("shift", rows), null);
    }

    /** {@link #shift}, as SQL names it. */
    public Expr lag(int rows) {
        return shift(rows);
    }

    /** What has changed since the row before; a duration for times. */
    public Expr diff() {
        return diff(1);
    }

    public Expr diff(int rows) {
        return sequence(Sequence.DIFF, positive("diff", rows), null);
    }

    /** The change since the row before as a part of what was: x / before - 1. */
    public Expr pctChange() {
        return pctChange(1);
    }

    public Expr pctChange(int rows) {
        return sequence(Sequence.PCT_CHANGE, positive("pctChange", rows), null);
    }

    /** Each null as the last value before it. */
    public Expr ffill() {
        return sequence(Sequence.FFILL, 0, null);
    }

    /** {@link #ffill()} of at most so many nulls in a row. */
    public Expr ffill(int limit) {
        return sequence(Sequence.FFILL, positive("ffill", limit), null);
    }

    /** The exponentially weighted mean up to each row; a null row repeats the last answer. */
    public Expr ewmMean(Smoothing smoothing) {
        return sequence(Sequence.EWM_MEAN, 0, Objects.requireNonNull(smoothing, "smoothing"));
    }

    /** {@link #ewmMean} as a sum that is not divided by the weights. */
    public Expr ewmSum(Smoothing smoothing) {
        return sequence(Sequence.EWM_SUM, 0, Objects.requireNonNull(smoothing, "smoothing"));
    }

    public Expr ewmVar(Smoothing smoothing) {
        return sequence(Sequence.EWM_VAR, 0, Objects.requireNonNull(smoothing, "smoothing"));
    }

    public Expr ewmStd(Smoothing smoothing) {
        return sequence(Sequence.EWM_STD, 0, Objects.requireNonNull(smoothing, "smoothing"));
    }

    private Expr sequence(Sequence function, long number, Smoothing smoothing) {
        return new Expr(Moving.of(function, node, number, smoothing));
    }

    static int positive(String method, int rows) {
        if (rows < 1) {
            throw new PlanException(
                    "parameter", method, method + "(" + rows + ") looks " + rows + " rows back; it is 1 or more", "");
        }
        return rows;
    }

    /** The same under its name with another tree. */
    Expr with(Node other) {
        return new Expr(other, name().orElse(null));
    }

    /** The same values under another name. */
    public Expr as(String newName) {
        return new Expr(node, Objects.requireNonNull(newName, "newName"));
    }

    /** The name of the column this makes: the one given by {@link #as}, else that of a bare column, else none. */
    public Optional<String> name() {
        if (name == null && node instanceof Node.Column column) {
            return Optional.of(column.name());
        }
        if (name == null && node instanceof Moving moving) {
            return Optional.ofNullable(moving.suggestedName());
        }
        return Optional.ofNullable(name);
    }

    /** The columns this reads, in the order in which they are written. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        node.columns(columns);
        return columns;
    }

    /**
     * Checks names and types.
     *
     * @param schema what the rows hold
     * @param frame the name of the table, for messages
     * @return kernels with buffers of their own: to be used by one thread, for batches of that schema
     * @throws PlanException when a column is not there or an operand has the wrong type
     */
    public BoundExpr bind(Schema schema, String frame) {
        return new Binder(schema, frame).bind(node);
    }

    /** {@link #bind(Schema, String)} for a table without a name. */
    public BoundExpr bind(Schema schema) {
        return bind(schema, "");
    }

    @Override
    Expr call(Op op, Object... others) {
        List<Node> args = new ArrayList<>();
        args.add(node);
        for (Object other : others) {
            args.add(of(other).node);
        }
        return new Expr(Node.call(op, args));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expr expr && node.equals(expr.node) && Objects.equals(name, expr.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(node, name);
    }

    /** The text form. */
    @Override
    public String toString() {
        return name == null ? Printer.print(node) : Printer.print(node) + " as " + Printer.name(name);
    }
}
