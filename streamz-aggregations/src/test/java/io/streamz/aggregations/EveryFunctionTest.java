package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function in a random scheme, over batches that are cut at random and at times written and read, is what it is of the rows that are
 * inside: which ones these are is told by a measure beside it, and that they are the right ones is the matter of each scheme's own test.
 */
class EveryFunctionTest {
    /** Of each function, shared out over the columns that it takes, each of which gets some; or of each of these, where it is asked for. */
    private static final int TRIES = 3000;

    private static final int LEAST = 250;
    private static final int TRIES_OF_EACH = Integer.getInteger("streamz.tries", 0);
    private static final int SAMPLES = 300;
    private static final long SEED = Long.getLong("streamz.seed", System.nanoTime());
    private static final Map<String, Integer> TRIED = new TreeMap<>();
    private static final List<Samples.Sample> SOME = some();

    private static List<Samples.Sample> some() {
        var random = new Random(SEED);
        return IntStream.range(0, SAMPLES).mapToObj(i -> Samples.sample(random)).toList();
    }

    /** A function over certain columns, and how near to that of the rows inside it is to be; 0 for the same bits. */
    private record Function(Aggregation aggregation, int[] columns, double tolerance) {
        @Override
        public String toString() {
            return aggregation + " of "
                    + Arrays.stream(columns)
                            .mapToObj(column -> Samples.TYPES[column] + (column == Samples.WILD ? ", wild" : ""))
                            .toList();
        }
    }

    static Stream<Function> functions() {
        return Aggregations.names().stream().flatMap(name -> kinds(name).flatMap(EveryFunctionTest::overColumns));
    }

    private static Stream<Aggregation> kinds(String name) {
        return switch (name) {
            case "quantile" -> Stream.of(Aggregations.quantile(0.3), Aggregations.quantile(0.8, Interpolation.NEAREST));
            case "var", "std", "cov" -> Stream.of(Aggregations.named(name), Aggregations.named(name, 0));
            case "nth", "collect", "nLargest", "nSmallest" -> Stream.of(Aggregations.named(name, 2));
            default -> Stream.of(Aggregations.named(name));
        };
    }

    private static Stream<Function> overColumns(Aggregation aggregation) {
        List<int[]> places = new ArrayList<>();
        if (aggregation.inputs() == 0) {
            places.add(new int[0]);
        } else if (aggregation.inputs() == 1) {
            IntStream.rangeClosed(0, Samples.WILD)
                    .filter(column -> column != 1)
                    .forEach(column -> places.add(new int[] {column}));
        } else {
            places.addAll(List.of(
                    new int[] {0, 1},
                    new int[] {3, 4},
                    new int[] {2, 0},
                    new int[] {4, 1},
                    new int[] {5, 3},
                    new int[] {0, 5}));
        }
        return places.stream()
                .filter(columns -> takes(aggregation, columns))
                .map(columns -> new Function(aggregation, columns, tolerance(aggregation, columns)));
    }

    private static boolean takes(Aggregation aggregation, int[] columns) {
        boolean cancels = List.of("skew", "kurtosis", "cov", "corr", "slope", "intercept", "r2")
                .contains(aggregation.name());
        boolean large = Arrays.stream(columns).anyMatch(column -> column == Samples.WILD || column == Samples.INTS);
        if (cancels && large || aggregation.name().equals("product") && columns[0] == Samples.WILD) {
            return false; // beyond what their tolerance is for
        }
        try {
            aggregation.resultType(Arrays.stream(columns)
                    .mapToObj(column -> Samples.TYPES[column])
                    .toArray(DataType[]::new));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static double tolerance(Aggregation aggregation, int[] columns) {
        return switch (aggregation.name()) {
            case "var", "std", "sem" -> Samples.TYPES[columns[0]].kind() == Kind.FLOAT ? 2e-12 : 0;
            case "skew", "kurtosis", "cov", "corr", "slope", "intercept", "r2" -> 1e-8;
            case "product" -> 1e-13;
            default -> 0;
        };
    }

    private static Schemes.Told run(Schemes.Scheme first, List<Schemes.Batch> batches, int restartOf)
            throws IOException {
        Schemes.Scheme scheme = first;
        var numbering = new Numbering();
        var told = new Schemes.Told();
        int number = 0;
        for (Schemes.Batch batch : batches) {
            scheme.add(numbering.ids(batch.keys()), batch, told);
            for (int id : scheme.gone()) {
                numbering.free(id);
            }
            if (restartOf > 0 && ++number % restartOf == 0) {
                numbering.renumber(scheme.live(), scheme.size());
                scheme = scheme.restarted();
            }
        }
        scheme.end(told);
        return told;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void isThatOfTheRowsInside(Function function) throws IOException {
        var inputs = Arrays.stream(function.columns)
                .mapToObj(column -> Samples.TYPES[column])
                .toArray(DataType[]::new);
        GroupStates states = function.aggregation.states(inputs);
        states.ensure(1);
        int tries = tries(function);
        for (int i = 0; i < tries; i++) {
            var random = new Random(SEED + i);
            Samples.Sample sample = SOME.get(random.nextInt(SAMPLES));
            boolean keyed = random.nextBoolean();
            Measure measure = Measure.of(function.aggregation, function.columns);
            measure = random.nextInt(3) == 0 ? measure.where(Samples.FLAG) : measure;
            measure = random.nextInt(3) == 0 ? measure.minCount(random.nextInt(4)) : measure;
            Measure inside = Measure.of(new Inside(random.nextBoolean()), Samples.ROW);
            int which = random.nextInt(Schemes.COUNT);
            Schemes.Scheme scheme = Schemes.scheme(which, random, keyed, measure, inside);
            Schemes.Told told = run(scheme, Samples.cut(sample, keyed, random), random.nextInt(4));
            Measure wanted = which == 7 || which == 8 ? measure.rolling(1) : measure;
            for (int answer = 0; answer < told.answers.size(); answer++) {
                Object expected = recomputed(wanted, states, sample, (String) told.inside.get(answer));
                if (!near(told.answers.get(answer), expected, function.tolerance)) {
                    fail(
                            "%s is %s and not %s, of the rows %s: %s, seed %d, try %d",
                            wanted, told.answers.get(answer), expected, told.inside.get(answer), scheme, SEED, i);
                }
            }
        }
        TRIED.merge(function.aggregation.name(), tries, Integer::sum);
    }

    private static int tries(Function function) {
        if (TRIES_OF_EACH > 0) {
            return TRIES_OF_EACH;
        }
        long alike = functions()
                .filter(other -> other.aggregation.name().equals(function.aggregation.name()))
                .count();
        return Math.max(LEAST, Math.toIntExact((TRIES + alike - 1) / alike));
    }

    private static Object recomputed(Measure measure, GroupStates states, Samples.Sample sample, String inside) {
        Lane[] lanes = measure.inputs(sample.lanes());
        LongLane where = measure.where(sample.lanes());
        states.free(0);
        for (String text : inside == null ? new String[0] : inside.split(",")) {
            int row = Integer.parseInt(text);
            if ((where == null || !where.isNull(row) && where.values()[row] != 0) && states.counts(lanes, row)) {
                states.add(0, lanes, row);
            }
        }
        if (states.count(0) < measure.minCount()) {
            return null;
        }
        Lane out = measure.resultType(Samples.TYPES).kind().lane();
        out.reset(1);
        states.result(0, out, 0);
        return Lanes.values(out).get(0);
    }

    private static boolean near(Object actual, Object expected, double tolerance) {
        if (!(actual instanceof Double got) || !(expected instanceof Double wanted)) {
            return actual == null ? expected == null : actual.equals(expected);
        }
        if (Double.doubleToRawLongBits(got) == Double.doubleToRawLongBits(wanted)) {
            return true;
        }
        return tolerance > 0
                && Math.abs(got - wanted) <= tolerance * (Math.abs(wanted) + (tolerance > 1e-9 ? 1e-3 : 0));
    }

    @AfterAll
    static void everyFunctionHasHadItsTries() {
        System.out.println("EveryFunctionTest, seed " + SEED + ", tries in random schemes: " + TRIED);
        assertThat(TRIED.keySet()).containsAll(Aggregations.names());
        assertThat(TRIED.values()).allMatch(tries -> tries >= (TRIES_OF_EACH > 0 ? TRIES_OF_EACH : TRIES));
    }
}
