package io.streamz.frames;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.AggText;
import io.streamz.frames.internal.expr.Binder;
import io.streamz.frames.internal.expr.BoundAgg;
import io.streamz.frames.internal.expr.BoundExpr;
import io.streamz.frames.internal.expr.Moving;
import io.streamz.frames.internal.expr.Node;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An aggregation of expressions over the rows of a group, such as {@code sum("qty")} or
 * {@code col("price").mul(col("qty")).sum().where(col("side").eq("B")).as("bought")}. Immutable; names and types are checked
 * when a frame takes it.
 *
 * <p>The text form is {@code sum(price * qty) where side = 'B' as bought}; parameters stand behind the inputs:
 * {@code var(x, 0)}.
 */
public final class Agg {
    /** Types of which every aggregation takes at least one. */
    private static final List<DataType> MOST_TYPES = List.of(
            DataType.UTF8, DataType.INT64, DataType.FLOAT64, DataType.BOOL, DataType.timestamp(ChronoUnit.NANOS));

    private final AggText call;
    private final Aggregation aggregation;

    private Agg(AggText call, Aggregation aggregation) {
        this.call = call;
        this.aggregation = aggregation;
    }

    /** The aggregations that a text lists, separated by commas: {@code count(), sum(qty) as total, var(x, 0)}. */
    public static List<Agg> parse(String text) {
        return AggText.parse(text).stream()
                .map(call -> new Agg(call, call.aggregation()))
                .toList();
    }

    /** An aggregation, of one's own too, over as many inputs as it takes. */
    public static Agg of(Aggregation aggregation, Expr... inputs) {
        return of(aggregation.name(), aggregation, List.of(), inputs);
    }

    /** A built-in aggregation by its name. */
    static Agg named(String function, List<Double> parameters, Expr... inputs) {
        Aggregation aggregation = AggText.named(function, parameters);
        return of(AggText.known(function), aggregation, parameters, inputs);
    }

    private static Agg of(String function, Aggregation aggregation, List<Double> parameters, Expr... inputs) {
        List<Node> nodes = Arrays.stream(inputs).map(Expr::node).toList();
        AggText call = new AggText(function, nodes, parameters, null, 0, null).checked(aggregation);
        boolean named = inputs.length > 0
                && Arrays.stream(inputs).allMatch(input -> input.name().isPresent());
        if (named && call.suggestedName() == null) {
            String names = Arrays.stream(inputs)
                    .map(input -> input.name().orElseThrow())
                    .collect(Collectors.joining("_"));
            call = call.as(names + "_" + function);
        }
        return new Agg(call, aggregation);
    }

    /** Names the answer's column. */
    public Agg as(String name) {
        return new Agg(call.as(Objects.requireNonNull(name, "name")), aggregation);
    }

    /** Takes only the rows where the condition is true; another call narrows further. */
    public Agg where(Expr condition) {
        return new Agg(call.where(condition.node()), aggregation);
    }

    /** {@link #where(Expr)} with the text of a condition. */
    public Agg where(String condition) {
        return where(Expr.parse(condition));
    }

    /** For each row the answer over it and the {@code rows - 1} before it, to be used as an expression. */
    public Expr rolling(long rows) {
        return within(Moving.Extent.rows(rows));
    }

    /** For each row the answer over the stretch of event time up to it. */
    public Expr rolling(Duration time) {
        return within(Moving.Extent.time(time));
    }

    /** {@link #rolling(Duration)} from text such as {@code 5m}. */
    public Expr rolling(String time) {
        return rolling(Durations.parse(time, "rolling"));
    }

    /** For each row the answer over all rows up to it. */
    public Expr expanding() {
        return within(Moving.Extent.EXPANDING);
    }

    /** For each row the answer over all rows up to it that have its keys. */
    public Expr over(String... keys) {
        return expanding().over(keys);
    }

    private Expr within(Moving.Extent extent) {
        return new Expr(moving(extent, List.of()), call.name());
    }

    AggText call() {
        return call;
    }

    Aggregation aggregation() {
        return aggregation;
    }

    Moving moving(Moving.Extent extent, List<String> keys) {
        return new Moving(call.as(null), aggregation, extent, keys);
    }

    /** The name of the answer where one was given. */
    Optional<String> givenName() {
        return Optional.ofNullable(call.name());
    }

    /** Answers null where fewer than so many values are not null. */
    public Agg minCount(int count) {
        if (count < 1) {
            throw new PlanException("min-count", toString(), "minCount is " + count, "use 1 or more");
        }
        return new Agg(call.minCount(count), aggregation);
    }

    /**
     * The name of the answer's column: as given, else the input's name with the function's behind it, such as {@code qty_sum}.
     *
     * @throws PlanException where an input is an expression without a name and the answer was given none
     */
    public String name() {
        return call.outputName();
    }

    /** The columns this reads, in the order in which they are written. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        call.inputs().forEach(input -> input.columns(columns));
        if (call.where() != null) {
            call.where().columns(columns);
        }
        return columns;
    }

    /**
     * Checks names and types.
     *
     * @param frame the name of the table, for messages
     * @throws PlanException when a column is not there, an input has the wrong type, or the answer has no name
     */
    public BoundAgg bind(Schema schema, String frame) {
        Binder binder = new Binder(schema, frame);
        if (schema.fields().stream().anyMatch(Field::valueless)) {
            for (DataType type : MOST_TYPES) {
                try {
                    return bind(binder, type);
                } catch (PlanException e) {
                    // The error that counts is the one with the type that the column shows.
                }
            }
        }
        return bind(binder, DataType.UTF8);
    }

    /** @param valueless the type of inputs that have no values and therefore none of their own */
    private BoundAgg bind(Binder binder, DataType valueless) {
        List<BoundExpr> inputs = call.inputs().stream()
                .map(node -> binder.input(node, valueless, call.where()))
                .toList();
        BoundExpr where = call.where() == null ? null : binder.predicate(call.where(), "where");
        DataType type;
        try {
            type = aggregation.resultType(inputs.stream().map(BoundExpr::type).toArray(DataType[]::new));
        } catch (IllegalArgumentException e) {
            throw new PlanException("type-mismatch", toString(), e.getMessage() + " in " + this, "", e);
        }
        return new BoundAgg(inputs, where, aggregation, call.minCount(), new Field(name(), type));
    }

    /** {@link #bind(Schema, String)} for a table without a name. */
    public BoundAgg bind(Schema schema) {
        return bind(schema, "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Agg agg && call.equals(agg.call) && AggText.same(aggregation, agg.aggregation);
    }

    @Override
    public int hashCode() {
        return call.hashCode();
    }

    /** The text form. */
    @Override
    public String toString() {
        return call.toString();
    }
}
