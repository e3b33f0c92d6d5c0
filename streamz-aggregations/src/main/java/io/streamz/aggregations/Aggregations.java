package io.streamz.aggregations;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The built-in aggregations, by factory and by name, and by name those of an {@link AggregationProvider}. */
public final class Aggregations {
    private static final TreeMap<String, Entry> BY_NAME = new TreeMap<>();

    private record Entry(int least, int most, Function<double[], Aggregation> factory) {}

    static {
        counts();
        firstMoments();
        higherMoments();
        orders();
        arrivals();
        sets();
        twoInputs();
    }

    private Aggregations() {}

    private static void counts() {
        plain(new Count("count", Counts.Rows.VALID, 0, 1));
        plain(new Count("size", Counts.Rows.ALL, 0, 0));
        plain(new Count("nullCount", Counts.Rows.NULL, 1, 1));
        for (Truths.Question question : Truths.Question.values()) {
            plain(new Truths(question));
        }
        for (BitStates.Operator operator : BitStates.Operator.values()) {
            plain(new Bits(operator));
        }
    }

    private static void firstMoments() {
        plain(new Sum(false));
        plain(new Sum(true));
        plain(new Product());
        plain(new Terms("absSum", TermSums.Form.MAGNITUDE));
        plain(new Terms("sumOfSquares", TermSums.Form.SQUARE));
        plain(new Terms("geometricMean", TermSums.Form.GEOMETRIC));
        plain(new Terms("harmonicMean", TermSums.Form.HARMONIC));
    }

    private static void higherMoments() {
        for (Spread spread : Spread.values()) {
            with(spread.label, 0, 1, parameters -> new Variance(spread, first(parameters, 1)));
        }
        plain(new Shape(false));
        plain(new Shape(true));
    }

    private static void orders() {
        plain(new Extreme(false));
        plain(new Extreme(true));
        plain(new Range());
        plain(new Quantile("median", 0.5, Interpolation.LINEAR));
        with("quantile", 1, 2, Aggregations::quantile);
        with("nLargest", 1, 1, parameters -> choice("nLargest", Chosen.Choice.GREATEST, parameters));
        with("nSmallest", 1, 1, parameters -> choice("nSmallest", Chosen.Choice.LEAST, parameters));
        plain(new ExtremeBy(false, true));
        plain(new ExtremeBy(true, true));
    }

    private static void arrivals() {
        plain(new Arrival(false, false));
        plain(new Arrival(true, false));
        plain(new Arrival(false, true));
        plain(new Arrival(true, true));
        with("nth", 1, 1, parameters -> new Choice("nth", Chosen.Choice.FIRST, parameters[0], true));
        with("collect", 1, 1, parameters -> choice("collect", Chosen.Choice.FIRST, parameters));
    }

    private static void sets() {
        plain(new Distinct("nunique", Distincts.Answer.HOW_MANY));
        plain(new Distinct("unique", Distincts.Answer.ONLY));
        plain(new Distinct("mode", Distincts.Answer.MOST_FREQUENT));
        plain(new Distinct("valueCounts", Distincts.Answer.ALL));
    }

    private static void twoInputs() {
        plain(new ExtremeBy(false, false));
        plain(new ExtremeBy(true, false));
        plain(new Terms("weightedSum", TermSums.Form.WEIGHTED_SUM));
        plain(new Terms("weightedMean", TermSums.Form.WEIGHTED_MEAN));
        with("cov", 0, 1, parameters -> new CoMoment(CoMoments.Answer.COV, first(parameters, 1)));
        plain(new CoMoment(CoMoments.Answer.CORR, 0));
        plain(new CoMoment(CoMoments.Answer.SLOPE, 0));
        plain(new CoMoment(CoMoments.Answer.INTERCEPT, 0));
        plain(new CoMoment(CoMoments.Answer.R2, 0));
    }

    private static void plain(Aggregation aggregation) {
        with(aggregation.name(), 0, 0, parameters -> aggregation);
    }

    private static void with(String name, int least, int most, Function<double[], Aggregation> factory) {
        BY_NAME.put(name, new Entry(least, most, factory));
    }

    private static double first(double[] parameters, double otherwise) {
        return parameters.length == 0 ? otherwise : parameters[0];
    }

    private static Aggregation choice(String name, Chosen.Choice choice, double[] parameters) {
        return new Choice(name, choice, parameters[0], false);
    }

    private static Aggregation quantile(double[] parameters) {
        double kind = parameters.length == 1 ? 0 : parameters[1];
        Interpolation[] kinds = Interpolation.values();
        if (!(kind >= 0 && kind < kinds.length) || kind != Math.rint(kind)) {
            throw new IllegalArgumentException(
                    "quantile has the kinds 0 linear, 1 lower, 2 higher, 3 midpoint and 4 nearest" + " but got "
                            + kind);
        }
        return new Quantile("quantile", parameters[0], kinds[(int) kind]);
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

    /** The number of true values; 0 of nothing. Of bools; int64. */
    public static Aggregation countIf() {
        return named("countIf");
    }

    /** Whether a value is true; false of nothing. Of bools. */
    public static Aggregation any() {
        return named("any");
    }

    /** Whether no value is false; true of nothing. Of bools. */
    public static Aggregation all() {
        return named("all");
    }

    /** All ints combined bit by bit with and; null of nothing. Keeps the type. */
    public static Aggregation bitAnd() {
        return named("bitAnd");
    }

    /** All ints combined bit by bit with or; null of nothing. Keeps the type. */
    public static Aggregation bitOr() {
        return named("bitOr");
    }

    /** All ints combined bit by bit with exclusive or; null of nothing. Keeps the type. */
    public static Aggregation bitXor() {
        return named("bitXor");
    }

    /** The product, without overflow on the way; 1 of nothing. float64. */
    public static Aggregation product() {
        return named("product");
    }

    /** The exact sum of magnitudes; 0 of nothing. Types as {@link #sum}. */
    public static Aggregation absSum() {
        return named("absSum");
    }

    /** The sum of squares, rounded once; 0 of nothing. float64. */
    public static Aggregation sumOfSquares() {
        return named("sumOfSquares");
    }

    /** exp(Σ ln x / n); NaN where a value is below 0. float64. */
    public static Aggregation geometricMean() {
        return named("geometricMean");
    }

    /** n / Σ(1 / x). float64. */
    public static Aggregation harmonicMean() {
        return named("harmonicMean");
    }

    /** The standard error of the mean: the standard deviation over the root of n; null where n ≤ ddof. float64. */
    public static Aggregation sem(int ddof) {
        return named("sem", ddof);
    }

    /** The skewness, corrected for a sample; null of fewer than 3 values, 0 of equal ones. float64. */
    public static Aggregation skew() {
        return named("skew");
    }

    /** The excess kurtosis, corrected for a sample; null of fewer than 4 values, 0 of equal ones. float64. */
    public static Aggregation kurtosis() {
        return named("kurtosis");
    }

    /** The greatest value less the least; null of nothing. Numbers keep their kind, points in time give durations. */
    public static Aggregation range() {
        return named("range");
    }

    /** {@link #quantile(double, Interpolation)} in proportion. */
    public static Aggregation quantile(double quantile) {
        return quantile(quantile, Interpolation.LINEAR);
    }

    /**
     * The value below which a share of the values lies; NaN where one is inside, null of nothing. Picked values keep their type, others
     * are float64, or of times their type.
     *
     * @param quantile the share, 0 to 1
     */
    public static Aggregation quantile(double quantile, Interpolation interpolation) {
        return new Quantile("quantile", quantile, interpolation);
    }

    /** The first values by arrival, nulls included, as JSON. */
    public static Aggregation collect(int most) {
        return named("collect", most);
    }

    /** The value of a row by arrival, nulls included, counted from 0; null where there are fewer. Keeps the type. */
    public static Aggregation nth(int row) {
        return named("nth", row);
    }

    /** The greatest values, falling, as JSON. */
    public static Aggregation nLargest(int most) {
        return named("nLargest", most);
    }

    /** The least values, rising, as JSON. */
    public static Aggregation nSmallest(int most) {
        return named("nSmallest", most);
    }

    /** The row of the least value among its group's rows, counted from 0; the first of equal ones. int64. */
    public static Aggregation argMin() {
        return named("argMin");
    }

    /** The row of the greatest value among its group's rows, counted from 0; the first of equal ones. int64. */
    public static Aggregation argMax() {
        return named("argMax");
    }

    /** The first input's value in the row where the second is least; the first of equal ones. Keeps the type. */
    public static Aggregation minBy() {
        return named("minBy");
    }

    /** The first input's value in the row where the second is greatest; the first of equal ones. Keeps the type. */
    public static Aggregation maxBy() {
        return named("maxBy");
    }

    /** The value where all are equal as keys are; null of nothing and of more than one. Keeps the type. */
    public static Aggregation unique() {
        return named("unique");
    }

    /** The most frequent value, of several the least; null of nothing. Keeps the type. */
    public static Aggregation mode() {
        return named("mode");
    }

    /** The values with their numbers of occurrences, most frequent first, as JSON. */
    public static Aggregation valueCounts() {
        return named("valueCounts");
    }

    /** Σwx of a value and its weight, rounded once; 0 of nothing. float64. */
    public static Aggregation weightedSum() {
        return named("weightedSum");
    }

    /** Σwx / Σw of a value and its weight; NaN where the weights sum to 0. float64. */
    public static Aggregation weightedMean() {
        return named("weightedMean");
    }

    /** The covariance of two inputs, Sxy / (n - ddof); null where n ≤ ddof. float64. */
    public static Aggregation cov(int ddof) {
        return named("cov", ddof);
    }

    /** Pearson's correlation of two inputs; null of fewer than 2 rows, NaN where one does not vary. float64. */
    public static Aggregation corr() {
        return named("corr");
    }

    /** The slope of the least-squares line of y, the second input, over x, the first; null of fewer than 2 rows. float64. */
    public static Aggregation slope() {
        return named("slope");
    }

    /** Where the least-squares line of y over x is at x = 0; null of fewer than 2 rows. float64. */
    public static Aggregation intercept() {
        return named("intercept");
    }

    /** The share of y's variance that the least-squares line over x explains; null of fewer than 2 rows. float64. */
    public static Aggregation r2() {
        return named("r2");
    }

    /** The four aggregations of open, high, low and close: first, greatest, least and last value. */
    public static List<Aggregation> openHighLowClose() {
        return List.of(firstNonNull(), max(), min(), lastNonNull());
    }

    /**
     * The aggregation of a name as text knows it, such as {@code sum}, or {@code var} with the parameter 0.
     *
     * @throws IllegalArgumentException where no such aggregation exists, or it takes other parameters
     */
    public static Aggregation named(String name, double... parameters) {
        Entry entry = BY_NAME.get(name);
        if (entry == null) {
            AggregationProvider provider = Provided.BY_NAME.get(name);
            if (provider != null) {
                return provider.named(name, parameters);
            }
            throw new IllegalArgumentException(
                    "no aggregation '" + name + "'; " + suggestion(name) + "there are " + String.join(", ", names()));
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
        var names = new TreeSet<>(BY_NAME.keySet());
        names.addAll(Provided.BY_NAME.keySet());
        return List.copyOf(names);
    }

    /** The providers by the names that they know, looked up once. */
    private static final class Provided {
        static final Map<String, AggregationProvider> BY_NAME = new TreeMap<>();

        static {
            for (AggregationProvider provider : ServiceLoader.load(AggregationProvider.class)) {
                for (String name : provider.names()) {
                    AggregationProvider other = BY_NAME.put(name, provider);
                    if (other != null || Aggregations.BY_NAME.containsKey(name)) {
                        throw new IllegalStateException("aggregation '" + name + "' of "
                                + provider.getClass().getName() + " is already known; give it another name");
                    }
                }
            }
        }

        private Provided() {}
    }

    private static String suggestion(String name) {
        String nearest = Collections.min(names(), Comparator.comparing(known -> distance(name, known)));
        return distance(name, nearest) <= 1 + name.length() / 4 ? "did you mean '" + nearest + "'? " : "";
    }

    /** How many letters have to be inserted, removed or replaced to make one word of the other, whatever their case. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[right.length()];
    }
}
