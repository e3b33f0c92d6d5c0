package io.streamz.frames;

import io.streamz.frames.internal.expr.Node;
import io.streamz.frames.internal.expr.Op;
import java.time.Duration;
import java.util.List;

/** The words of the library, to be imported statically. A String is the name of a column where a column is asked for. */
public final class Frames {
    private Frames() {}

    /** The column of exactly this name. */
    public static Expr col(String name) {
        return new Expr(new Node.Column(name));
    }

    /** A value: null, a number, boolean, String, or a LocalDate, LocalTime, Instant or Duration. */
    public static Expr lit(Object value) {
        return Expr.of(value);
    }

    /** The expression that a text describes, such as {@code price * qty > 100}. */
    public static Expr expr(String text) {
        return Expr.parse(text);
    }

    /** A value that is given later, by {@link Expr#with}; as text {@code @name}. */
    public static Expr param(String name) {
        return new Expr(new Node.Parameter(name));
    }

    /** The start of a choice: {@code when(col("x").gt(0)).then("up").otherwise("down")}. */
    public static When when(Expr condition) {
        return new When(List.of(), condition);
    }

    /** {@link #when(Expr)} with the text of a condition. */
    public static When when(String condition) {
        return when(Expr.parse(condition));
    }

    /** The first of these that is not null. */
    public static Expr coalesce(Object first, Object... others) {
        return Expr.of(first).call(Op.COALESCE, others);
    }

    /** The greatest of these; nulls are skipped, NaN goes through. */
    public static Expr greatest(Object first, Object... others) {
        return Expr.of(first).call(Op.GREATEST, others);
    }

    /** The least of these; nulls are skipped, NaN goes through. */
    public static Expr least(Object first, Object... others) {
        return Expr.of(first).call(Op.LEAST, others);
    }

    /** These joined; what is no text is cast to text. */
    public static Expr concat(Object first, Object... others) {
        return Expr.of(first).call(Op.CONCAT, others);
    }

    public static Expr not(Expr condition) {
        return condition.not();
    }

    /** The number of rows, as the column {@code count}. */
    public static Agg count() {
        return Agg.named("count", List.of());
    }

    /** The number of values that are not null: {@code v_count}. */
    public static Agg count(String column) {
        return col(column).count();
    }

    /** The number of rows, as the column {@code size}. */
    public static Agg size() {
        return Agg.named("size", List.of());
    }

    /** The exact sum of the values, 0 of none: {@code v_sum}. */
    public static Agg sum(String column) {
        return col(column).sum();
    }

    /** {@link #sum(String)} of an expression. */
    public static Agg sum(Expr values) {
        return values.sum();
    }

    /** The mean, null of no values: {@code v_mean}. */
    public static Agg mean(String column) {
        return col(column).mean();
    }

    /** {@link #mean(String)} of an expression. */
    public static Agg mean(Expr values) {
        return values.mean();
    }

    /** The least value, null of none: {@code v_min}. */
    public static Agg min(String column) {
        return col(column).min();
    }

    /** {@link #min(String)} of an expression. */
    public static Agg min(Expr values) {
        return values.min();
    }

    /** The greatest value, null of none: {@code v_max}. */
    public static Agg max(String column) {
        return col(column).max();
    }

    /** {@link #max(String)} of an expression. */
    public static Agg max(Expr values) {
        return values.max();
    }

    /** The sample variance: {@code v_var}. */
    public static Agg var(String column) {
        return col(column).var();
    }

    /** The variance, divided by the number of values less {@code ddof}: {@code v_var}. */
    public static Agg var(String column, int ddof) {
        return col(column).var(ddof);
    }

    /** {@link #var(String)} of an expression. */
    public static Agg var(Expr values) {
        return values.var();
    }

    /** The sample standard deviation: {@code v_std}. */
    public static Agg std(String column) {
        return col(column).std();
    }

    /** The standard deviation, divided by the number of values less {@code ddof}: {@code v_std}. */
    public static Agg std(String column, int ddof) {
        return col(column).std(ddof);
    }

    /** {@link #std(String)} of an expression. */
    public static Agg std(Expr values) {
        return values.std();
    }

    /** The value of the first row, null included: {@code v_first}. */
    public static Agg first(String column) {
        return col(column).first();
    }

    /** {@link #first(String)} of an expression. */
    public static Agg first(Expr values) {
        return values.first();
    }

    /** The value of the last row, null included: {@code v_last}. */
    public static Agg last(String column) {
        return col(column).last();
    }

    /** {@link #last(String)} of an expression. */
    public static Agg last(Expr values) {
        return values.last();
    }

    /** The first value that is not null: {@code v_firstNonNull}. */
    public static Agg firstNonNull(String column) {
        return col(column).firstNonNull();
    }

    /** {@link #firstNonNull(String)} of an expression. */
    public static Agg firstNonNull(Expr values) {
        return values.firstNonNull();
    }

    /** The last value that is not null: {@code v_lastNonNull}. */
    public static Agg lastNonNull(String column) {
        return col(column).lastNonNull();
    }

    /** {@link #lastNonNull(String)} of an expression. */
    public static Agg lastNonNull(Expr values) {
        return values.lastNonNull();
    }

    /** The number of different values that are not null: {@code v_nunique}. */
    public static Agg nunique(String column) {
        return col(column).nunique();
    }

    /** {@link #nunique(String)} of an expression. */
    public static Agg nunique(Expr values) {
        return values.nunique();
    }

    /** The median: {@code v_median}. */
    public static Agg median(String column) {
        return col(column).median();
    }

    /** {@link #median(String)} of an expression. */
    public static Agg median(Expr values) {
        return values.median();
    }

    /** Weights of ewm by the centre of mass, 0 or more: alpha = 1 / (1 + com). */
    public static Smoothing com(double com) {
        return Smoothing.of("com", com);
    }

    /** Weights of ewm by the span, 1 or more: alpha = 2 / (span + 1). */
    public static Smoothing span(double span) {
        return Smoothing.of("span", span);
    }

    /** Weights of ewm by the number of rows in which they halve. */
    public static Smoothing halfLife(double rows) {
        return Smoothing.of("halfLife", rows);
    }

    /** Weights of ewm by the event time in which they halve, such as {@code 5m}. */
    public static Smoothing halfLife(String time) {
        return Smoothing.of(Durations.parse(time, "halfLife"));
    }

    /** Weights of ewm by the smoothing factor, above 0 and at most 1. */
    public static Smoothing alpha(double alpha) {
        return Smoothing.of("alpha", alpha);
    }

    /** The last {@code n} rows by arrival. */
    public static Latest rows(long n) {
        return Latest.rows(n);
    }

    /** The rows with an event time above the newest less this, such as {@code 5m}. */
    public static Latest time(String duration) {
        return Latest.time(Durations.parse(duration, "window"));
    }

    /** {@link #time(String)} as a duration. */
    public static Latest time(Duration duration) {
        return Latest.time(duration);
    }

    /** Intervals of event time side by side, aligned to 1970-01-01T00:00Z: {@code tumbling("1m")}. */
    public static PaneWindow tumbling(String size) {
        Duration length = Durations.parse(size, "size");
        return PaneWindow.hopping(length, length);
    }

    /** An interval of event time as long as {@code size} every {@code slide}: {@code hopping("10m", "1m")}. */
    public static PaneWindow hopping(String size, String slide) {
        return PaneWindow.hopping(Durations.parse(size, "size"), Durations.parse(slide, "slide"));
    }

    /** From the first row of a key to its last before a gap of more than this, and the gap. */
    public static PaneWindow session(String gap) {
        return PaneWindow.session(Durations.parse(gap, "gap"));
    }

    /** Each day, week, month, quarter or year, in UTC unless {@link PaneWindow#zone} says otherwise. */
    public static PaneWindow calendar(String period) {
        return PaneWindow.calendar(period);
    }

    /** So many rows of each key by arrival; the numbers of its rows stand for times. */
    public static PaneWindow tumblingRows(int size) {
        return PaneWindow.rows(size, size);
    }

    /** The last {@code size} rows of each key, every {@code slide} rows. */
    public static PaneWindow hoppingRows(int size, int slide) {
        return PaneWindow.rows(size, slide);
    }
}
