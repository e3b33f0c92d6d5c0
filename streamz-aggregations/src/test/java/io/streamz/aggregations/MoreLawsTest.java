package io.streamz.aggregations;

import static io.streamz.aggregations.Truth.inDoubles;
import static io.streamz.aggregations.Truth.valid;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of {@link LawsTest} for what is built on sums, moments, orders and sets, and for two inputs. */
class MoreLawsTest {
    private static final DataType DECIMAL = DataType.decimal(20, 2);
    private static final DataType TIME = DataType.timestamp(ChronoUnit.MILLIS);

    private static final Function<Random, Object> ORDINARY = random -> Math.rint(random.nextGaussian() * 10000) / 100;
    private static final Function<Random, Object> POSITIVE = random -> 0.5 + random.nextInt(1000) / 8.0;
    private static final Function<Random, Object> LEVEL = random -> 1e6 + random.nextGaussian();
    private static final Function<Random, Object> SMALL = random -> (long) random.nextInt(20) - 10;
    private static final Function<Random, Object> FLAG = random -> (long) random.nextInt(2);
    private static final Function<Random, Object> TEXT = random -> "é".repeat(random.nextInt(3)) + random.nextInt(9);
    private static final Function<Random, Object> MONEY =
            random -> new BigInteger(50, random).subtract(BigInteger.ONE.shiftLeft(49));

    static Stream<Laws> laws() {
        return Stream.of(sums(), shapes(), bits(), orders(), kept(), sets(), pairs(), lines())
                .flatMap(laws -> laws);
    }

    private static Stream<Laws> sums() {
        return Stream.of(
                Laws.of(
                        Aggregations.countIf(),
                        DataType.BOOL,
                        FLAG,
                        all -> valid(all).stream()
                                .filter(value -> value.equals(1L))
                                .count()),
                Laws.of(
                        Aggregations.any(),
                        DataType.BOOL,
                        FLAG,
                        all -> valid(all).contains(1L) ? 1L : 0L),
                Laws.of(
                        Aggregations.all(),
                        DataType.BOOL,
                        FLAG,
                        all -> valid(all).contains(0L) ? 0L : 1L),
                Laws.of(
                        Aggregations.absSum(),
                        DataType.INT64,
                        SMALL,
                        all -> valid(all).stream()
                                .mapToLong(value -> Math.abs((Long) value))
                                .sum()),
                Laws.of(
                        Aggregations.absSum(),
                        DECIMAL,
                        MONEY,
                        all -> valid(all).stream()
                                .map(value -> ((BigInteger) value).abs())
                                .reduce(BigInteger.ZERO, BigInteger::add)),
                Laws.of(
                        Aggregations.absSum(),
                        DataType.FLOAT64,
                        ORDINARY,
                        inDoubles(0.0, all -> sum(all, BigDecimal::abs))),
                Laws.of(
                        Aggregations.sumOfSquares(),
                        DataType.FLOAT64,
                        ORDINARY,
                        inDoubles(0.0, all -> sum(all, x -> x.multiply(x)))),
                Laws.of(
                                Aggregations.product(),
                                DataType.FLOAT64,
                                POSITIVE,
                                inDoubles(
                                        1.0,
                                        all -> all.stream()
                                                .map(Truth::exact)
                                                .reduce(BigDecimal.ONE, BigDecimal::multiply)))
                        .within(1e-13),
                Laws.of(Aggregations.geometricMean(), DataType.FLOAT64, POSITIVE, MoreLawsTest::geometricMean)
                        .within(1e-13),
                Laws.of(
                                Aggregations.harmonicMean(),
                                DataType.FLOAT64,
                                POSITIVE,
                                inDoubles(
                                        null,
                                        all -> BigDecimal.valueOf(all.size())
                                                .divide(
                                                        sum(all, x -> BigDecimal.ONE.divide(x, Truth.DIGITS)),
                                                        Truth.DIGITS)))
                        .within(1e-14));
    }

    private static BigDecimal sum(List<Object> values, Function<BigDecimal, BigDecimal> term) {
        return values.stream().map(Truth::exact).map(term).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Object geometricMean(List<Object> all) {
        List<Object> values = valid(all);
        return values.isEmpty()
                ? null
                : (Object) Math.exp(values.stream()
                                .mapToDouble(value -> Math.log((Double) value))
                                .sum()
                        / values.size());
    }

    private static Stream<Laws> shapes() {
        return Stream.of(ORDINARY, LEVEL)
                .flatMap(values -> Stream.of(
                        Laws.of(Aggregations.sem(1), DataType.FLOAT64, values, MoreLawsTest::standardError)
                                .within(1e-12),
                        Laws.of(Aggregations.skew(), DataType.FLOAT64, values, MoreLawsTest::skew)
                                .within(1e-8),
                        Laws.of(Aggregations.kurtosis(), DataType.FLOAT64, values, MoreLawsTest::kurtosis)
                                .within(1e-8)));
    }

    private static Object standardError(List<Object> all) {
        Double deviation = (Double) Truth.variance(all, 1, true);
        return deviation == null
                ? null
                : (Object) (deviation / Math.sqrt(valid(all).size()));
    }

    private static double centralMoment(List<Object> values, int power) {
        BigDecimal mean = Truth.sum(values).divide(BigDecimal.valueOf(values.size()), Truth.DIGITS);
        return sum(values, x -> x.subtract(mean).pow(power))
                .divide(BigDecimal.valueOf(values.size()), Truth.DIGITS)
                .doubleValue();
    }

    private static Object skew(List<Object> all) {
        List<Object> values = valid(all);
        double n = values.size();
        if (n < 3) {
            return null;
        }
        double second = centralMoment(values, 2);
        return Math.sqrt(n * (n - 1)) / (n - 2) * centralMoment(values, 3) / Math.pow(second, 1.5);
    }

    private static Object kurtosis(List<Object> all) {
        List<Object> values = valid(all);
        double n = values.size();
        if (n < 4) {
            return null;
        }
        double second = centralMoment(values, 2);
        double ratio = centralMoment(values, 4) / second / second;
        return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * ratio - 3 * (n - 1));
    }

    private static Stream<Laws> bits() {
        return Stream.of(
                Laws.of(Aggregations.bitAnd(), DataType.INT32, SMALL, bits((x, y) -> x & y)),
                Laws.of(Aggregations.bitOr(), DataType.INT64, SMALL, bits((x, y) -> x | y)),
                Laws.of(Aggregations.bitXor(), DataType.INT64, SMALL, bits((x, y) -> x ^ y)));
    }

    private static Function<List<Object>, Object> bits(BinaryOperator<Long> operator) {
        return all -> valid(all).stream()
                .map(value -> (Long) value)
                .reduce(operator)
                .map(value -> (Object) value)
                .orElse(null);
    }

    private static Stream<Laws> orders() {
        return Stream.of(
                Laws.of(
                        Aggregations.range(),
                        TIME,
                        SMALL,
                        all -> valid(all).isEmpty()
                                ? null
                                : (Object) ((Long) Truth.extreme(all, true) - (Long) Truth.extreme(all, false))),
                Laws.of(
                        Aggregations.range(),
                        DataType.FLOAT64,
                        ORDINARY,
                        all -> valid(all).isEmpty()
                                ? null
                                : (Object) ((Double) Truth.extreme(all, true) - (Double) Truth.extreme(all, false))),
                Laws.of(
                        Aggregations.range(),
                        DECIMAL,
                        MONEY,
                        all -> valid(all).isEmpty()
                                ? null
                                : (Object) ((BigInteger) Truth.extreme(all, true))
                                        .subtract((BigInteger) Truth.extreme(all, false))),
                Laws.of(Aggregations.argMin(), DataType.INT64, SMALL, all -> position(all, false)),
                Laws.of(Aggregations.argMax(), DataType.UTF8, TEXT, all -> position(all, true)),
                quantile(Interpolation.LOWER, (lower, upper) -> lower),
                quantile(Interpolation.HIGHER, (lower, upper) -> upper),
                Laws.of(
                        Aggregations.quantile(0.25, Interpolation.MIDPOINT),
                        DataType.INT64,
                        SMALL,
                        all -> valid(all).isEmpty() ? null : (Object) quarter(all, (x, y) -> x + y, 2.0)));
    }

    private static Laws quantile(Interpolation kind, BinaryOperator<Long> pick) {
        return Laws.of(
                Aggregations.quantile(0.25, kind),
                DataType.INT64,
                SMALL,
                all -> valid(all).isEmpty() ? null : (Object) (long) quarter(all, pick, 1));
    }

    private static double quarter(List<Object> all, BinaryOperator<Long> pick, double divisor) {
        List<Long> sorted =
                valid(all).stream().map(value -> (Long) value).sorted().toList();
        double place = (sorted.size() - 1) * 0.25;
        return pick.apply(sorted.get((int) Math.floor(place)), sorted.get((int) Math.ceil(place))) / divisor;
    }

    private static Object position(List<Object> all, boolean greatest) {
        Object extreme = Truth.extreme(all, greatest);
        return extreme == null ? null : (Object) (long) all.indexOf(extreme);
    }

    private static Stream<Laws> kept() {
        return Stream.of(
                Laws.of(Aggregations.nth(2), DataType.UTF8, TEXT, all -> all.size() < 3 ? null : all.get(2)),
                Laws.of(
                        Aggregations.collect(3),
                        DataType.INT64,
                        SMALL,
                        all -> json(all.subList(0, Math.min(3, all.size())))),
                Laws.of(Aggregations.nLargest(3), DataType.INT64, SMALL, all -> json(first(all, true))),
                Laws.of(Aggregations.nSmallest(3), DataType.UTF8, TEXT, all -> json(first(all, false))));
    }

    private static List<Object> first(List<Object> all, boolean greatest) {
        return valid(all).stream()
                .sorted(greatest ? Truth.order().reversed() : Truth.order())
                .limit(3)
                .collect(Collectors.toList());
    }

    private static String json(List<Object> values) {
        return values.stream()
                .map(value -> value instanceof String ? "\"" + value + "\"" : String.valueOf(value))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Stream<Laws> sets() {
        return Stream.of(
                Laws.of(
                        Aggregations.unique(),
                        DataType.BOOL,
                        FLAG,
                        all -> Truth.distinct(all) == 1 ? valid(all).get(0) : null),
                Laws.of(Aggregations.mode(), DataType.UTF8, TEXT, MoreLawsTest::mode),
                Laws.of(Aggregations.mode(), DataType.INT64, SMALL, MoreLawsTest::mode),
                Laws.of(
                        Aggregations.valueCounts(),
                        DataType.INT64,
                        SMALL,
                        all -> counts(all).stream()
                                .map(count -> json(count))
                                .collect(Collectors.joining(",", "[", "]"))));
    }

    private static Object mode(List<Object> all) {
        return valid(all).isEmpty() ? null : counts(all).get(0).get(0);
    }

    /** Value and occurrences, most frequent first, then by value. */
    private static List<List<Object>> counts(List<Object> all) {
        var counts = new TreeMap<Object, Long>(Truth.order());
        valid(all).forEach(value -> counts.merge(value, 1L, Long::sum));
        List<List<Object>> sorted = new ArrayList<>();
        counts.forEach((value, count) -> sorted.add(List.of(value, count)));
        sorted.sort((left, right) -> Long.compare((Long) right.get(1), (Long) left.get(1)));
        return sorted;
    }

    private static Stream<Laws> pairs() {
        return Stream.of(
                Laws.ofTwo(
                        Aggregations.weightedSum(),
                        DataType.FLOAT64,
                        ORDINARY,
                        DataType.FLOAT64,
                        POSITIVE,
                        rows -> weighted(rows).doubleValue() + 0.0),
                Laws.ofTwo(
                                Aggregations.weightedMean(),
                                DataType.FLOAT64,
                                ORDINARY,
                                DataType.INT64,
                                random -> 1L + random.nextInt(5),
                                rows -> Laws.column(rows, 0).isEmpty()
                                        ? null
                                        : (Object) weighted(rows)
                                                .divide(Truth.sum(Laws.column(rows, 1)), Truth.DIGITS)
                                                .doubleValue())
                        .within(1e-15),
                Laws.ofTwo(Aggregations.minBy(), DataType.UTF8, TEXT, DataType.INT64, SMALL, rows -> by(rows, false)),
                Laws.ofTwo(Aggregations.maxBy(), DECIMAL, MONEY, DataType.UTF8, TEXT, rows -> by(rows, true)));
    }

    private static BigDecimal weighted(List<Object> rows) {
        List<Object> values = Laws.column(rows, 0);
        List<Object> weights = Laws.column(rows, 1);
        BigDecimal sum = BigDecimal.ZERO;
        for (int row = 0; row < values.size(); row++) {
            sum = sum.add(Truth.exact(values.get(row)).multiply(Truth.exact(weights.get(row))));
        }
        return sum;
    }

    private static Object by(List<Object> rows, boolean greatest) {
        List<Object> deciding = new ArrayList<>();
        for (Object row : rows) {
            deciding.add(((List<?>) row).get(1));
        }
        Object extreme = Truth.extreme(deciding, greatest);
        return extreme == null ? null : ((List<?>) rows.get(deciding.indexOf(extreme))).get(0);
    }

    private static Stream<Laws> lines() {
        return Stream.of(ORDINARY, LEVEL)
                .flatMap(values -> Stream.of("cov", "corr", "slope", "intercept", "r2")
                        .map(name -> Laws.ofTwo(
                                        Aggregations.named(name),
                                        DataType.FLOAT64,
                                        values,
                                        DataType.FLOAT64,
                                        ORDINARY,
                                        rows -> line(name, rows))
                                .within(1e-8)));
    }

    private static Object line(String name, List<Object> rows) {
        List<Object> xs = Laws.column(rows, 0);
        List<Object> ys = Laws.column(rows, 1);
        if (xs.size() < 2) {
            return null;
        }
        BigDecimal n = BigDecimal.valueOf(xs.size());
        BigDecimal meanX = Truth.sum(xs).divide(n, Truth.DIGITS);
        BigDecimal meanY = Truth.sum(ys).divide(n, Truth.DIGITS);
        BigDecimal sxy = BigDecimal.ZERO;
        for (int row = 0; row < xs.size(); row++) {
            sxy = sxy.add(Truth.exact(xs.get(row))
                    .subtract(meanX)
                    .multiply(Truth.exact(ys.get(row)).subtract(meanY)));
        }
        BigDecimal sxx = sum(xs, x -> x.subtract(meanX).pow(2));
        BigDecimal syy = sum(ys, y -> y.subtract(meanY).pow(2));
        double corr =
                sxy.divide(sxx.multiply(syy).sqrt(Truth.DIGITS), Truth.DIGITS).doubleValue();
        return switch (name) {
            case "cov" -> sxy.divide(n.subtract(BigDecimal.ONE), Truth.DIGITS).doubleValue();
            case "corr" -> corr;
            case "slope" -> sxy.divide(sxx, Truth.DIGITS).doubleValue();
            case "intercept" ->
                meanY.subtract(sxy.divide(sxx, Truth.DIGITS).multiply(meanX)).doubleValue();
            default -> corr * corr;
        };
    }

    @ParameterizedTest
    @MethodSource("laws")
    void formula(Laws laws) {
        laws.checkFormula();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void cutsNeverShow(Laws laws) throws Exception {
        laws.checkCuts();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void mergedPartsAreTheWhole(Laws laws) throws Exception {
        laws.checkMerge();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void forgettingUndoesAdding(Laws laws) throws Exception {
        laws.checkForget();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void freedIdsAreAsNew(Laws laws) throws Exception {
        laws.checkFree();
    }

    @AfterAll
    static void countTries() {
        Laws.report();
    }
}
