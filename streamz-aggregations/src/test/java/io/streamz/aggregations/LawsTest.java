package io.streamz.aggregations;

import static io.streamz.aggregations.Aggregations.count;
import static io.streamz.aggregations.Aggregations.first;
import static io.streamz.aggregations.Aggregations.firstNonNull;
import static io.streamz.aggregations.Aggregations.last;
import static io.streamz.aggregations.Aggregations.lastNonNull;
import static io.streamz.aggregations.Aggregations.max;
import static io.streamz.aggregations.Aggregations.mean;
import static io.streamz.aggregations.Aggregations.median;
import static io.streamz.aggregations.Aggregations.min;
import static io.streamz.aggregations.Aggregations.nullCount;
import static io.streamz.aggregations.Aggregations.nunique;
import static io.streamz.aggregations.Aggregations.std;
import static io.streamz.aggregations.Aggregations.sum;
import static io.streamz.aggregations.Aggregations.var;
import static io.streamz.aggregations.Truth.inDoubles;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each aggregation over each kind of values it takes: its formula, and the laws of {@link GroupStates}. */
class LawsTest {
    private static final DataType DURATION = DataType.duration(ChronoUnit.MILLIS);
    private static final DataType DECIMAL = DataType.decimal(20, 2);

    private static final Function<Random, Object> ORDINARY = random -> Math.rint(random.nextGaussian() * 10000) / 100;
    private static final Function<Random, Object> WILD =
            random -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
    private static final Function<Random, Object> SPECIAL = random -> random.nextInt(20) == 0
            ? List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0)
                    .get(random.nextInt(4))
            : WILD.apply(random);
    private static final Function<Random, Object> SMALL = random -> (long) random.nextInt(100) - 50;
    private static final Function<Random, Object> LARGE = random -> random.nextLong() >> random.nextInt(64);
    private static final Function<Random, Object> FLAG = random -> (long) random.nextInt(2);
    private static final Function<Random, Object> TEXT =
            random -> "aé\uD83D\uDE00".repeat(random.nextInt(3)) + random.nextInt(20);
    private static final Function<Random, Object> MONEY =
            random -> new BigInteger(60, random).subtract(BigInteger.ONE.shiftLeft(59));

    static Stream<Laws> laws() {
        return Stream.of(sums(), means(), moments(), orders(), arrivals(), counts())
                .flatMap(laws -> laws);
    }

    private static Stream<Laws> sums() {
        Function<List<Object>, Object> doubles = inDoubles(0.0, Truth::sum);
        Function<List<Object>, Object> longs =
                all -> Truth.sum(Truth.valid(all)).longValueExact();
        return Stream.of(
                Laws.of(sum(), DataType.FLOAT64, ORDINARY, doubles).exact(),
                Laws.of(sum(), DataType.FLOAT64, WILD, doubles).exact(),
                Laws.of(sum(), DataType.FLOAT64, SPECIAL, doubles).exact(),
                Laws.of(sum(), DataType.INT64, SMALL, longs).exact(),
                Laws.of(sum(), DataType.INT64, LARGE, LawsTest::longOrNull).exact(),
                Laws.of(sum(), DataType.BOOL, FLAG, longs).exact(),
                Laws.of(sum(), DURATION, SMALL, longs).exact(),
                Laws.of(
                                sum(),
                                DECIMAL,
                                MONEY,
                                all -> Truth.sum(Truth.valid(all)).toBigIntegerExact())
                        .exact());
    }

    private static Object longOrNull(List<Object> all) {
        BigDecimal sum = Truth.sum(Truth.valid(all));
        return sum.toBigIntegerExact().bitLength() < 64 ? (Object) sum.longValueExact() : null;
    }

    private static Stream<Laws> means() {
        Function<List<Object>, Object> doubles = inDoubles(null, Truth::mean);
        return Stream.of(
                Laws.of(mean(), DataType.FLOAT64, ORDINARY, doubles).exact(),
                Laws.of(mean(), DataType.FLOAT64, WILD, doubles).exact(),
                Laws.of(mean(), DataType.FLOAT64, SPECIAL, doubles).exact(),
                Laws.of(mean(), DataType.INT64, SMALL, doubles).exact(),
                Laws.of(mean(), DataType.INT64, LARGE, doubles).exact(),
                Laws.of(mean(), DataType.BOOL, FLAG, doubles).exact(),
                Laws.of(mean(), DURATION, SMALL, all -> {
                            List<Object> values = Truth.valid(all);
                            return values.isEmpty() ? null : Truth.whole(Truth.mean(values));
                        })
                        .exact(),
                Laws.of(
                                mean(),
                                DECIMAL,
                                MONEY,
                                inDoubles(null, all -> Truth.mean(all).movePointLeft(2)))
                        .exact());
    }

    private static Stream<Laws> moments() {
        return Stream.concat(
                Stream.of(ORDINARY, WILD, SPECIAL).flatMap(LawsTest::moments),
                Stream.of(
                        Laws.of(var(0), DataType.INT64, SMALL, all -> Truth.variance(all, 0, false))
                                .within(1e-15),
                        Laws.of(std(1), DataType.INT64, LARGE, all -> Truth.variance(all, 1, true))
                                .within(1e-15),
                        Laws.of(var(1), DataType.BOOL, FLAG, all -> Truth.variance(all, 1, false))
                                .within(1e-15),
                        Laws.of(std(1), DECIMAL, MONEY, LawsTest::moneyDeviation)
                                .within(1e-15)));
    }

    private static Stream<Laws> moments(Function<Random, Object> values) {
        return Stream.of(
                Laws.of(var(1), DataType.FLOAT64, values, all -> Truth.variance(all, 1, false))
                        .within(1e-12),
                Laws.of(std(0), DataType.FLOAT64, values, all -> Truth.variance(all, 0, true))
                        .within(1e-12));
    }

    private static Object moneyDeviation(List<Object> all) {
        Double deviation = (Double) Truth.variance(all, 1, true);
        return deviation == null ? null : (Object) (deviation / 100);
    }

    private static Stream<Laws> orders() {
        return Stream.of(
                        List.<Object>of(DataType.FLOAT64, SPECIAL),
                        List.<Object>of(DataType.INT64, LARGE),
                        List.<Object>of(DataType.DATE, SMALL),
                        List.<Object>of(DECIMAL, MONEY),
                        List.<Object>of(DataType.UTF8, TEXT))
                .flatMap(pair -> orders((DataType) pair.get(0), values(pair.get(1))));
    }

    @SuppressWarnings("unchecked")
    private static Function<Random, Object> values(Object values) {
        return (Function<Random, Object>) values;
    }

    private static Stream<Laws> orders(DataType type, Function<Random, Object> values) {
        return Stream.of(
                Laws.of(min(), type, values, all -> Truth.extreme(all, false)).exact(),
                Laws.of(max(), type, values, all -> Truth.extreme(all, true)).exact(),
                Laws.of(nunique(), type, values, Truth::distinct).exact());
    }

    private static Stream<Laws> arrivals() {
        return Stream.of(
                Laws.of(first(), DataType.UTF8, TEXT, all -> all.isEmpty() ? null : all.get(0))
                        .exact(),
                Laws.of(last(), DECIMAL, MONEY, all -> all.isEmpty() ? null : all.get(all.size() - 1))
                        .exact(),
                Laws.of(first(), DataType.FLOAT64, SPECIAL, all -> all.isEmpty() ? null : all.get(0))
                        .exact(),
                Laws.of(
                                firstNonNull(),
                                DataType.INT64,
                                LARGE,
                                all -> Truth.valid(all).stream().findFirst().orElse(null))
                        .exact(),
                Laws.of(
                                lastNonNull(),
                                DataType.UTF8,
                                TEXT,
                                all -> Truth.valid(all).stream()
                                        .reduce((earlier, later) -> later)
                                        .orElse(null))
                        .exact());
    }

    private static Stream<Laws> counts() {
        return Stream.of(
                Laws.of(count(), DataType.UTF8, TEXT, all ->
                                (long) Truth.valid(all).size())
                        .exact(),
                Laws.of(
                                nullCount(),
                                DataType.FLOAT64,
                                SPECIAL,
                                all -> all.stream().filter(Objects::isNull).count())
                        .exact(),
                Laws.of(median(), DataType.FLOAT64, ORDINARY, inDoubles(null, Truth::median))
                        .within(1e-15),
                Laws.of(median(), DataType.INT64, LARGE, inDoubles(null, Truth::median))
                        .exact(),
                Laws.of(median(), DataType.DATE, SMALL, all -> {
                            List<Object> values = Truth.valid(all);
                            return values.isEmpty() ? null : Truth.whole(Truth.median(values));
                        })
                        .exact(),
                Laws.of(
                                median(),
                                DECIMAL,
                                MONEY,
                                inDoubles(null, all -> Truth.median(all).movePointLeft(2)))
                        .exact());
    }

    @ParameterizedTest
    @MethodSource("laws")
    void formula(Laws laws) throws Exception {
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
