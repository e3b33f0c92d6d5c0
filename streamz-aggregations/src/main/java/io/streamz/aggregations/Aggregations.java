package io.streamz.aggregations;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** The built-in aggregations, by factory and by name. */
public final class Aggregations {
    private static final TreeMap<String, Entry> BY_NAME = new TreeMap<>();

    private record Entry(int least, int most, Function<double[], Aggregation> factory) {}

    static {
        plain("count", new Count("count", Counts.Rows.VALID, 0, 1));
        plain("size", new Count("size", Counts.Rows.ALL, 0, 0));
        plain("nullCount", new Count("nullCount", Counts.Rows.NULL, 1, 1));
        plain("sum", new Sum(false));
        plain("mean", new Sum(true));
        plain("min", new Extreme(false));
        plain("max", new Extreme(true));
        plain("first", new Arrival(false, false));
        plain("last", new Arrival(true, false));
        plain("firstNonNull", new Arrival(false, true));
        plain("lastNonNull", new Arrival(true, true));
        plain("nunique", new DistinctCount());
        plain("median", new Quantile("median", 0.5, Interpolation.LINEAR));
        BY_NAME.put("var", new Entry(0, 1, parameters -> new Variance(false, ddof(parameters))));
        BY_NAME.put("std", new Entry(0, 1, parameters -> new Variance(true, ddof(parameters))));
    }

    private Aggregations() {}

    private static void plain(String name, Aggregation aggregation) {
        BY_NAME.put(name, new Entry(0, 0, parameters -> aggregation));
    }

    /** The number of values that are not null; without an input, the number of rows. int64. */
    public static Aggregation count() {
        return named("count");
    }

    /** The number of rows. int64. */
    public static Aggregation size() {
        return named("size");
    }

    /** The number of nulls. int64. */
    public static Aggregation nullCount() {
        return named("nullCount");
    }

    /** The exact sum, rounded once; 0 of nothing. Ints and bools give int64, decimals 38 digits, durations durations. */
    public static Aggregation sum() {
        return named("sum");
    }

    /** The exact sum divided by the number of values, rounded once; null of nothing. float64, of durations a duration. */
    public static Aggregation mean() {
        return named("mean");
    }

    /** The least value, NaN where one is inside; null of nothing. Keeps the type. */
    public static Aggregation min() {
        return named("min");
    }

    /** The greatest value, NaN where one is inside; null of nothing. Keeps the type. */
    public static Aggregation max() {
        return named("max");
    }

    /**
     * The variance, M2 / (n - ddof); null where n ≤ ddof. float64.
     *
     * @param ddof what is taken off the number of values: 1 for a sample, 0 for a population
     */
    public static Aggregation var(int ddof) {
        return named("var", ddof);
    }

    /** The standard deviation, the root of {@link #var}. float64. */
    public static Aggregation std(int ddof) {
        return named("std", ddof);
    }

    /** The first row's value by arrival, null included. Keeps the type. */
    public static Aggregation first() {
        return named("first");
    }

    /** The last row's value by arrival, null included. Keeps the type. */
    public static Aggregation last() {
        return named("last");
    }

    /** The first value by arrival that is not null. Keeps the type. */
    public static Aggregation firstNonNull() {
        return named("firstNonNull");
    }

    /** The last value by arrival that is not null. Keeps the type. */
    public static Aggregation lastNonNull() {
        return named("lastNonNull");
    }

    /** The number of different values, equal as keys are; null is none. int64. */
    public static Aggregation nunique() {
        return named("nunique");
    }

    /** The value in the middle, between two of them half way; NaN where one is inside. float64, of times their type. */
    public static Aggregation median() {
        return named("median");
    }

    private static double ddof(double[] parameters) {
        return parameters.length == 0 ? 1 : parameters[0];
    }

    /**
     * The aggregation of a name as text knows it, such as {@code sum}, or {@code var} with the parameter 0.
     *
     * @throws IllegalArgumentException where no such aggregation exists, or it takes other parameters
     */
    public static Aggregation named(String name, double... parameters) {
        Entry entry = BY_NAME.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "no aggregation '" + name + "'; there are " + String.join(", ", names()));
        }
        if (parameters.length < entry.least || parameters.length > entry.most) {
            throw new IllegalArgumentException(name + " takes "
                    + (entry.most == 0 ? "no parameters" : entry.least + " to " + entry.most + " parameters")
                    + " but got " + parameters.length);
        }
        return entry.factory.apply(parameters);
    }

    /** The names that {@link #named} knows, sorted. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }
}
