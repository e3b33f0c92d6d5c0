package io.streamz.frames;

import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Span;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.Moving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows on the way to rolling answers: one row comes out for each that goes in, with its columns and a column for each answer over
 * the rows that it sees. {@code rolling(20).mean("v")} adds {@code v_mean_20}, {@code rolling("5m")} {@code v_mean_5m}, {@code expanding()}
 * {@code v_mean_expanding}. After groupBy each row sees the rows of its key. Immutable.
 *
 * <p>By rows, a row sees itself and the {@code n - 1} before it, nulls among them; fewer than n values that are not null make the
 * answer null, unless {@link #minPeriods} says otherwise. By time, it sees the rows with a time in (t - d, t], of equal times those
 * that came before it; without a value the answer is null. Rows go by event time then: in its order, as
 * {@link StreamFrame#inOrder()} has them.
 */
public final class RollingFrame {
    private final Grouping rows;
    private final Moving.Extent extent;
    private final String on;

    RollingFrame(Grouping rows, Moving.Extent extent, String on) {
        this.rows = rows;
        this.extent = extent;
        this.on = on;
    }

    /** Fewer values than this make an answer null, sums too; counts are never null. */
    public RollingFrame minPeriods(int values) {
        return new RollingFrame(rows, extent.minPeriods(values), on);
    }

    /** Which ends of a stretch of time belong to it; the right one unless said. */
    public RollingFrame closed(Span.Closed ends) {
        return new RollingFrame(rows, extent.closed(ends), on);
    }

    /** Goes by this column, where no event time is declared, or another one: rows before the newest are late then. */
    public RollingFrame on(String column) {
        return new RollingFrame(rows, extent, column);
    }

    /**
     * The rows with an answer of each of these, in their order.
     *
     * @throws PlanException when a column is not there, a type does not fit, or two columns get one name
     */
    public StreamFrame agg(Agg... aggregates) {
        return agg(List.of(aggregates));
    }

    /** {@link #agg(Agg...)} from text, such as {@code mean(price), std(price) as risk}. */
    public StreamFrame agg(String aggregates) {
        return agg(Agg.parse(aggregates));
    }

    private StreamFrame agg(List<Agg> aggregates) {
        AggregateNode.checkSome(aggregates, rows.node());
        Map<String, Moving> answers = new LinkedHashMap<>();
        for (Agg aggregate : aggregates) {
            Moving answer = aggregate.moving(extent, List.of());
            String name = aggregate.givenName().orElse(null);
            if (name == null) {
                name = answer.suggestedName() == null ? aggregate.name() : answer.suggestedName();
            }
            if (answers.put(name, answer) != null) {
                throw new PlanException(
                        "duplicate-column",
                        rows.node().path(),
                        "two answers are named '" + name + "'",
                        "give one another name with as");
            }
        }
        return rows.with(answers, on);
    }

    /** The mean of these columns, or of all that hold numbers. */
    public StreamFrame mean(String... columns) {
        return each("mean", columns);
    }

    public StreamFrame sum(String... columns) {
        return each("sum", columns);
    }

    public StreamFrame min(String... columns) {
        return each("min", columns);
    }

    public StreamFrame max(String... columns) {
        return each("max", columns);
    }

    public StreamFrame median(String... columns) {
        return each("median", columns);
    }

    public StreamFrame var(String... columns) {
        return each("var", columns);
    }

    public StreamFrame std(String... columns) {
        return each("std", columns);
    }

    public StreamFrame product(String... columns) {
        return each("product", columns);
    }

    /** The number of values that are not null, in these columns or in all. */
    public StreamFrame count(String... columns) {
        return each("count", columns);
    }

    /** A linear quantile of a column. */
    public StreamFrame quantile(String column, double q) {
        return agg(Frames.col(column).aggregate("quantile", q));
    }

    private StreamFrame each(String function, String... columns) {
        List<Agg> aggregates = new ArrayList<>();
        for (String column : rows.columns(function.equals("count") ? kind -> true : Kind::isNumber, columns)) {
            aggregates.add(Frames.col(column).aggregate(function));
        }
        return agg(aggregates);
    }
}
