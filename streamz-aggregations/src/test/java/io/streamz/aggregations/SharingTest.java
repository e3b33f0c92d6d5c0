package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures that share a state answer the same bits as each would alone. */
class SharingTest {
    /** Of each two functions, of which there are thousands. */
    private static final int TRIES = Math.max(1, Integer.getInteger("streamz.tries", 200) / 50);

    private static final int GROUPS = 3;
    private static final long SEED = Long.getLong("streamz.seed", System.nanoTime());

    private static final List<Aggregation> ALL = Stream.concat(
                    Stream.of(
                            Aggregations.var(0),
                            Aggregations.std(1),
                            Aggregations.sem(1),
                            Aggregations.quantile(0.3),
                            Aggregations.quantile(0.7, Interpolation.LOWER),
                            Aggregations.quantile(1, Interpolation.MIDPOINT),
                            Aggregations.nLargest(2),
                            Aggregations.nLargest(4),
                            Aggregations.nSmallest(3),
                            Aggregations.nth(0),
                            Aggregations.nth(2),
                            Aggregations.collect(3)),
                    Aggregations.names().stream()
                            .filter(name -> !List.of(
                                            "var", "std", "sem", "quantile", "nLargest", "nSmallest", "nth", "collect")
                                    .contains(name))
                            .map(Aggregations::named)
                            .filter(aggregation -> aggregation.inputs() == 1))
            .toList();

    private static final List<DataType> TYPES = List.of(
            DataType.FLOAT64, DataType.INT64, DataType.decimal(20, 2), DataType.BOOL, DataType.UTF8, DataType.DATE);

    static List<DataType> types() {
        return TYPES;
    }

    /** A column of values and one of flags. */
    private static DataType[] columns(DataType type) {
        return new DataType[] {type, DataType.BOOL};
    }

    private static List<Aggregation> functionsOf(DataType type) {
        return ALL.stream()
                .filter(aggregation -> {
                    try {
                        aggregation.resultType(type);
                        return true;
                    } catch (IllegalArgumentException e) {
                        return false;
                    }
                })
                .toList();
    }

    private static Lane[] batch(DataType type, Random random, int rows) {
        List<Object> values = new ArrayList<>();
        List<Object> flags = new ArrayList<>();
        int nulls = random.nextInt(3);
        for (int row = 0; row < rows; row++) {
            values.add(nulls > 0 && random.nextInt(4 * nulls) == 0 ? null : value(type, random));
            flags.add(random.nextInt(6) == 0 ? null : (Object) random.nextBoolean());
        }
        return new Lane[] {Lanes.of(type, values), Lanes.of(DataType.BOOL, flags)};
    }

    private static Object value(DataType type, Random random) {
        return switch (type.kind()) {
            case FLOAT -> random.nextInt(12) == 0 ? special(random) : (Object) (random.nextGaussian() * 100);
            case DECIMAL -> new BigInteger(50, random).subtract(BigInteger.ONE.shiftLeft(49));
            case BOOL -> random.nextBoolean();
            case TEXT -> "t" + random.nextInt(9);
            case DATE -> (long) random.nextInt(9);
            default -> random.nextInt(9) == 0 ? random.nextLong() : (Object) (long) (random.nextInt(9) - 4);
        };
    }

    private static Object special(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> -0.0;
            default -> Math.scalb(random.nextGaussian(), random.nextInt(1200) - 600);
        };
    }

    /** The cells of a lane, doubles by their bits. */
    private static List<Object> bits(Lane lane) {
        return Lanes.values(lane).stream()
                .map(value -> value instanceof Double number ? "bits " + Double.doubleToRawLongBits(number) : value)
                .toList();
    }

    private static Measure measure(Aggregation aggregation, Random random) {
        Measure measure = Measure.of(aggregation, 0);
        if (random.nextInt(3) == 0) {
            measure = measure.where(1);
        }
        return random.nextInt(3) == 0 ? measure.minCount(random.nextInt(4)) : measure;
    }

    /** Some tallies that get the same rows. */
    private static final class Side {
        private final DataType[] types;
        private final Measure[] measures;
        private Tallies tallies;

        Side(DataType type, Measure... measures) {
            types = columns(type);
            this.measures = measures;
            tallies = new Tallies(types, measures);
            tallies.ensure(GROUPS);
        }

        List<List<Object>> answers() {
            List<List<Object>> answers = new ArrayList<>();
            for (int i = 0; i < measures.length; i++) {
                Lane out = measures[i].resultType(types).kind().lane();
                List<Object> unfit = new ArrayList<>();
                tallies.result(i, null, GROUPS, out, row -> unfit.add("overflow at " + row));
                List<Object> answer = new ArrayList<>(bits(out));
                answer.addAll(unfit);
                answers.add(answer);
            }
            return answers;
        }

        void restart() throws IOException {
            var bytes = new ByteArrayOutputStream();
            tallies.write(bytes, new int[] {0, 1, 2}, GROUPS);
            tallies = new Tallies(types, measures);
            tallies.read(new ByteArrayInputStream(bytes.toByteArray()));
            var again = new ByteArrayOutputStream();
            tallies.write(again, new int[] {0, 1, 2}, GROUPS);
            assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTwoAnswerAsEachAlone(DataType type) throws IOException {
        List<Aggregation> functions = functionsOf(type);
        int pairs = 0;
        for (Aggregation left : functions) {
            for (Aggregation right : functions) {
                for (int i = 0; i < TRIES; i++) {
                    var random = new Random(SEED + pairs * 7919L + i);
                    String what = left + " beside " + right + " of " + type + ", seed " + SEED + ", pair " + pairs
                            + ", try " + i;
                    checkTallies(type, random, what, measure(left, random), measure(right, random));
                }
                pairs++;
            }
        }
        assertThat(pairs).isEqualTo(functions.size() * functions.size());
        System.out.println("SharingTest " + type + ": " + pairs + " pairs, " + TRIES + " tries each, seed " + SEED);
    }

    private static void checkTallies(DataType type, Random random, String what, Measure... measures)
            throws IOException {
        var together = new Side(type, measures);
        List<Side> alone =
                Arrays.stream(measures).map(measure -> new Side(type, measure)).toList();
        List<Side> sides = new ArrayList<>(alone);
        sides.add(together);
        boolean grouped = random.nextInt(4) > 0;
        for (int step = random.nextInt(8); step >= 0; step--) {
            step(type, random, sides, grouped);
            if (random.nextInt(8) == 0) {
                for (Side side : sides) {
                    side.restart();
                }
            }
            List<List<Object>> expected = new ArrayList<>();
            for (Side side : alone) {
                expected.addAll(side.answers());
            }
            assertThat(together.answers()).as(what).isEqualTo(expected);
        }
    }

    private static void step(DataType type, Random random, List<Side> sides, boolean grouped) {
        boolean forgets = sides.stream().allMatch(side -> side.tallies.forgetsAll());
        int which = random.nextInt(10);
        int group = random.nextInt(GROUPS);
        int other = random.nextInt(GROUPS);
        int rows = random.nextInt(12);
        Lane[] lanes = batch(type, random, rows);
        int[] ids = grouped ? random.ints(rows, -1, GROUPS).toArray() : null;
        for (Side side : sides) {
            if (which == 0) {
                side.tallies.free(group);
            } else if (which == 1 && other != group) {
                side.tallies.merge(group, other);
            } else {
                side.tallies.add(ids, rows, lanes, GROUPS);
            }
            if (which == 2 && forgets) {
                side.tallies.forget(ids, rows, lanes);
            }
        }
    }

    /** A scheme with any measures: what it gives, cut and restarted or not. */
    private interface Scheme {
        List<List<Object>> run(DataType type, List<Batch> batches, boolean restart, Measure... measures)
                throws IOException;
    }

    private record Batch(int[] ids, LongLane times, long[] watermarks, Lane[] lanes, int rows) {}

    private static List<Batch> batches(DataType type, Random random) {
        List<Batch> batches = new ArrayList<>();
        long time = 0;
        for (int i = random.nextInt(5); i >= 0; i--) {
            int rows = random.nextInt(12);
            long[] times = new long[rows];
            long[] watermarks = new long[rows + 1];
            for (int row = 0; row < rows; row++) {
                watermarks[row] = time;
                times[row] = time + random.nextInt(4);
                time = Math.max(time, times[row] - random.nextInt(2));
            }
            watermarks[rows] = time;
            LongLane lane = new LongLane();
            lane.reset(rows);
            System.arraycopy(times, 0, lane.values(), 0, rows);
            int[] ids = random.ints(rows, 0, GROUPS).toArray();
            batches.add(new Batch(ids, lane, watermarks, batch(type, random, rows), rows));
        }
        return batches;
    }

    private static <S extends KeyedState> S restarted(S old, S fresh) throws IOException {
        var bytes = new ByteArrayOutputStream();
        old.write(bytes);
        fresh.read(new ByteArrayInputStream(bytes.toByteArray()));
        return fresh;
    }

    private static void collect(Answers given, int measure, List<Object> into) {
        into.addAll(bits(given.column(measure)));
    }

    private static List<List<Object>> empty(Measure... measures) {
        return IntStream.range(0, measures.length)
                .mapToObj(i -> (List<Object>) new ArrayList<>())
                .toList();
    }

    /** Ids are those of the caller for as long as nothing is restarted, which gives new ones. */
    private static Scheme moving(Window window) {
        return (type, batches, restart, measures) -> {
            List<List<Object>> answers = empty(measures);
            var groups = new MovingGroups(window, columns(type), measures);
            for (Batch batch : batches) {
                int[] ids = restart ? null : batch.ids;
                groups.add(ids, batch.rows, batch.times, batch.lanes, row -> {});
                if (restart && groups.size() > 0) {
                    groups = restarted(groups, new MovingGroups(window, columns(type), measures));
                }
                int[] live = groups.liveIds(new int[0]);
                for (int i = 0; i < measures.length; i++) {
                    int measure = i;
                    Lane out = measures[i].resultType(columns(type)).kind().lane();
                    groups.result(
                            i,
                            live,
                            groups.size(),
                            out,
                            row -> answers.get(measure).add("overflow"));
                    answers.get(i).addAll(bits(out));
                }
            }
            return answers;
        };
    }

    private static Scheme panes(Panes panes, long early) {
        return (type, batches, restart, measures) -> {
            List<List<Object>> answers = empty(measures);
            var groups = new PaneGroups(panes, 1, early, columns(type), measures);
            for (Batch batch : batches) {
                int[] ids = restart ? null : batch.ids;
                groups.add(
                        ids, batch.rows, batch.times, batch.watermarks, batch.lanes, row -> {}, (measure, row) -> {});
                for (int i = 0; i < measures.length; i++) {
                    collect(groups.answers(), i, answers.get(i));
                }
                if (restart && groups.size() > 0) {
                    groups = restarted(groups, new PaneGroups(panes, 1, early, columns(type), measures));
                }
            }
            groups.advance(Watermark.END, (measure, row) -> {});
            for (int i = 0; i < measures.length; i++) {
                collect(groups.answers(), i, answers.get(i));
            }
            return answers;
        };
    }

    private static Scheme counts(int size, int slide) {
        return (type, batches, restart, measures) -> {
            List<List<Object>> answers = empty(measures);
            var groups = new CountGroups(size, slide, columns(type), measures);
            for (Batch batch : batches) {
                groups.add(restart ? null : batch.ids, batch.rows, batch.lanes, (measure, row) -> {});
                for (int i = 0; i < measures.length; i++) {
                    collect(groups.answers(), i, answers.get(i));
                }
                if (restart && groups.size() > 0) {
                    groups = restarted(groups, new CountGroups(size, slide, columns(type), measures));
                }
            }
            groups.end((measure, row) -> {});
            for (int i = 0; i < measures.length; i++) {
                collect(groups.answers(), i, answers.get(i));
            }
            return answers;
        };
    }

    private static Scheme expiring(long most, long patience) {
        return (type, batches, restart, measures) -> {
            List<List<Object>> answers = empty(measures);
            var groups = new ExpiringGroups(most, patience, columns(type), measures);
            for (Batch batch : batches) {
                int[] ids = restart ? new int[batch.rows] : batch.ids;
                groups.add(ids, batch.rows, batch.times, batch.lanes, (measure, row) -> {});
                for (int i = 0; i < measures.length; i++) {
                    collect(groups.evicted(), i, answers.get(i));
                    Lane out = measures[i].resultType(columns(type)).kind().lane();
                    groups.result(i, groups.liveIds(new int[0]), groups.size(), out, row -> {});
                    answers.get(i).addAll(bits(out));
                }
                if (restart && groups.size() > 0) {
                    groups = restarted(groups, new ExpiringGroups(most, patience, columns(type), measures));
                }
            }
            return answers;
        };
    }

    /** Panes merge in another order where one of their measures depends on that of the rows, which second moments show in the last bit. */
    private static Measure[] alone(Measure measure, Measure... among) {
        boolean ordered =
                Arrays.stream(among).anyMatch(other -> other.aggregation().dependsOnOrder());
        return ordered ? new Measure[] {measure, Measure.of(Aggregations.argMin(), 0)} : new Measure[] {measure};
    }

    private static Scheme scheme(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> moving(Window.expanding());
            case 1 -> moving(Window.rows(1 + random.nextInt(9)));
            case 2 -> moving(Window.time(1 + random.nextInt(9)));
            case 3 -> panes(Panes.hopping(6, 2, 0), random.nextInt(3));
            case 4 -> panes(Panes.tumbling(4), 0);
            case 5 -> panes(Panes.session(2), 0);
            case 6 -> counts(4, 1 + random.nextInt(4));
            default -> expiring(1 + random.nextInt(3), 1 + random.nextInt(6));
        };
    }

    @ParameterizedTest
    @MethodSource("types")
    void severalInAnySchemeAnswerAsEachAlone(DataType type) throws IOException {
        List<Aggregation> functions = functionsOf(type);
        int tries = 250 * TRIES;
        for (int i = 0; i < tries; i++) {
            var random = new Random(SEED + i);
            Scheme scheme = scheme(random);
            Measure[] measures = new Measure[2 + random.nextInt(4)];
            for (int m = 0; m < measures.length; m++) {
                measures[m] = measure(functions.get(random.nextInt(functions.size())), random);
            }
            List<Batch> batches = batches(type, random);
            boolean restart = random.nextBoolean();
            List<List<Object>> expected = new ArrayList<>();
            for (Measure measure : measures) {
                expected.add(scheme.run(type, batches, restart, alone(measure, measures))
                        .get(0));
            }
            List<List<Object>> together = scheme.run(type, batches, restart, measures);
            for (int m = 0; m < measures.length; m++) {
                assertThat(together.get(m))
                        .as("%s of %s of %s, seed %d, try %d", measures[m], Arrays.toString(measures), type, SEED, i)
                        .isEqualTo(expected.get(m));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sum, mean, count            | float64 | 1
                    count, min                  | float64 | 1
                    min, max                    | float64 | 2
                    min, range, max, count      | float64 | 1
                    median, min, range, max     | int64   | 1
                    var, std, sem               | float64 | 1
                    var, mean, sum, count       | int64   | 1
                    var, mean, sum, count       | float64 | 2
                    skew, kurtosis              | float64 | 1
                    skew, std                   | float64 | 2
                    any, all, countIf, count    | bool    | 1
                    nunique, unique, mode       | utf8    | 1
                    mode, valueCounts, count    | utf8    | 1
                    first, last                 | utf8    | 2
                    first, first                | utf8    | 1
                    nullCount, count            | float64 | 2
                    size, nullCount             | float64 | 2
                    argMin, argMax, count       | int64   | 3
                    bitAnd, bitOr, bitXor       | int64   | 3
                    sumOfSquares, absSum        | float64 | 2
                    """)
    void statesAreKeptOnce(String names, String type, int states) {
        DataType column = TYPES.stream()
                .filter(known -> known.toString().equals(type))
                .findFirst()
                .orElseThrow();
        Measure[] measures = Arrays.stream(names.split(", "))
                .map(String::strip)
                .map(Aggregations::named)
                .map(aggregation -> aggregation.inputs() == 0 ? Measure.of(aggregation) : Measure.of(aggregation, 0))
                .toArray(Measure[]::new);
        assertThat(new Tallies(new DataType[] {column}, measures).states()).isEqualTo(states);
    }

    @Test
    void twoInputsShareToo() {
        DataType[] types = {DataType.FLOAT64, DataType.FLOAT64};
        Measure[] lines = Stream.of("cov", "corr", "slope", "intercept", "r2")
                .map(name -> Measure.of(Aggregations.named(name), 0, 1))
                .toArray(Measure[]::new);
        assertThat(new Tallies(types, lines).states()).isEqualTo(1);
        Measure[] weights = {
            Measure.of(Aggregations.weightedSum(), 0, 1),
            Measure.of(Aggregations.weightedMean(), 0, 1),
            Measure.of(Aggregations.weightedMean(), 1, 0)
        };
        assertThat(new Tallies(types, weights).states()).isEqualTo(2);
    }

    @Test
    void otherRowsAreAnotherState() {
        DataType[] types = {DataType.FLOAT64, DataType.BOOL};
        Measure sum = Measure.of(Aggregations.sum(), 0);
        Measure mean = Measure.of(Aggregations.mean(), 0);
        assertThat(new Tallies(types, sum, mean.where(1)).states()).isEqualTo(2);
        assertThat(new Tallies(types, sum.where(1), mean.where(1).minCount(3)).states())
                .isEqualTo(1);
    }

    private static byte[] written(Writing writing) throws IOException {
        var out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toByteArray();
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** Version 1: the state of each measure by itself, one behind the other. */
    @Test
    void olderStateIsTakenAsItIs() throws IOException {
        Lane[] lanes = {Lanes.of(DataType.FLOAT64, 1.5, 2.0, null, 4.0)};
        int[] ids = {0, 1, 0, 0};
        Aggregation[] aggregations = {Aggregations.sum(), Aggregations.mean(), Aggregations.count()};
        byte[] old = written(out -> {
            for (Aggregation aggregation : aggregations) {
                GroupStates states = aggregation.states(DataType.FLOAT64);
                states.add(ids, 4, lanes, null);
                states.write(out, new int[] {0, 1}, 2);
            }
        });
        Tallies read = tallies(aggregations);
        read.read(new ByteArrayInputStream(old));
        assertThat(read.states()).isEqualTo(3);
        Tallies now = tallies(aggregations);
        now.add(ids, 4, lanes, 2);
        assertThat(now.states()).isEqualTo(1);
        assertThat(answers(read, 2)).isEqualTo(answers(now, 2)).hasToString("[[5.5, 2.0], [2.75, 2.0], [2, 1]]");

        read.add(ids, 4, lanes, 2);
        now.add(ids, 4, lanes, 2);
        Tallies again = tallies(aggregations);
        again.read(new ByteArrayInputStream(written(out -> read.write(out, new int[] {0, 1}, 2))));
        assertThat(again.states()).isEqualTo(3);
        assertThat(answers(again, 2)).isEqualTo(answers(now, 2));
    }

    private static <S extends KeyedState> void checkOlder(S written, S fresh) throws IOException {
        byte[] now = written(written::write);
        byte[] old = new byte[now.length - 3 * Integer.BYTES]; // without the number of measures and who holds each
        old[0] = 1;
        System.arraycopy(now, 1 + 3 * Integer.BYTES, old, 1, old.length - 1);
        fresh.read(new ByteArrayInputStream(old));
        assertThat(written(fresh::write)).isEqualTo(now);
    }

    @Test
    void olderStateOfEachSchemeIsRead() throws IOException {
        DataType[] types = columns(DataType.FLOAT64);
        Measure[] measures = {Measure.of(Aggregations.sum(), 0), Measure.of(Aggregations.max(), 0)};
        for (Batch batch : batches(DataType.FLOAT64, new Random(5))) {
            var moving = new MovingGroups(Window.rows(4), types, measures);
            moving.add(batch.ids, batch.rows, null, batch.lanes, row -> {});
            checkOlder(moving, new MovingGroups(Window.rows(4), types, measures));
            var all = new MovingGroups(Window.expanding(), types, measures);
            all.add(batch.ids, batch.rows, null, batch.lanes, row -> {});
            checkOlder(all, new MovingGroups(Window.expanding(), types, measures));
            var panes = new PaneGroups(Panes.tumbling(5), 3, 0, types, measures);
            panes.add(
                    batch.ids, batch.rows, batch.times, batch.watermarks, batch.lanes, row -> {}, (measure, row) -> {});
            checkOlder(panes, new PaneGroups(Panes.tumbling(5), 3, 0, types, measures));
            var counts = new CountGroups(4, 2, types, measures);
            counts.add(batch.ids, batch.rows, batch.lanes, (measure, row) -> {});
            checkOlder(counts, new CountGroups(4, 2, types, measures));
            var expiring = new ExpiringGroups(2, 5, types, measures);
            expiring.add(batch.ids, batch.rows, batch.times, batch.lanes, (measure, row) -> {});
            checkOlder(expiring, new ExpiringGroups(2, 5, types, measures));
        }
    }

    /** Keeps the number of values and the sum of their squares, of which it tells one. */
    private static final class Squares extends Aggregation {
        private final boolean mean;

        Squares(boolean mean) {
            super("squares", 1);
            this.mean = mean;
        }

        @Override
        protected void onNew(Accumulator acc, double x) {
            acc.a += x * x;
        }

        @Override
        protected void merge(Accumulator acc, Accumulator other) {
            acc.a += other.a;
        }

        @Override
        protected double result(Accumulator acc) {
            return mean ? acc.a / acc.count() : acc.a;
        }

        @Override
        protected boolean sharesState(Aggregation other) {
            return other instanceof Squares;
        }
    }

    @Test
    void onesOwnShareWhereTheySaySo() throws IOException {
        Tallies tallies = tallies(new Squares(false), new Squares(true), Aggregations.product(), Aggregations.count());
        assertThat(tallies.states()).isEqualTo(2);
        tallies.add(null, 2, new Lane[] {Lanes.of(DataType.FLOAT64, 2.0, 4.0)}, 1);
        assertThat(answers(tallies, 1)).hasToString("[[20.0], [10.0], [8.0], [2]]");
    }

    /** What goes on from answers keeps them apart: a sum says nothing of how many values it was made of. */
    @Test
    void earlierAnswersAreNotShared() throws IOException {
        Tallies tallies = tallies(Aggregations.sum(), Aggregations.count());
        assertThat(tallies.states()).isEqualTo(1);
        Lane[] earlier = {Lanes.of(DataType.FLOAT64, 10.0, 20.0), Lanes.of(DataType.INT64, 4, 5)};
        tallies.start(new int[] {0, 1}, 2, earlier);
        tallies.add(new int[] {0}, 1, new Lane[] {Lanes.of(DataType.FLOAT64, 1.0)}, 2);
        assertThat(answers(tallies, 2)).hasToString("[[11.0, 20.0], [5, 5]]");
        Tallies read = tallies(Aggregations.sum(), Aggregations.count());
        read.read(new ByteArrayInputStream(written(out -> tallies.write(out, new int[] {0, 1}, 2))));
        assertThat(answers(read, 2)).hasToString("[[11.0, 20.0], [5, 5]]");
    }

    @Test
    void stateOfOtherMeasuresIsRefused() throws IOException {
        Tallies sums = tallies(Aggregations.sum(), Aggregations.mean());
        byte[] bytes = written(out -> sums.write(out, new int[0], 0));
        assertThatThrownBy(() -> tallies(Aggregations.sum(), Aggregations.max()).read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("state holds max[0] within another state");
        assertThatThrownBy(() -> tallies(Aggregations.sum()).read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("state holds 2 measures where there are 1");
        byte[] later = bytes.clone();
        later[0] = 3;
        InputStream unknown = new ByteArrayInputStream(later);
        assertThatThrownBy(() -> sums.read(unknown))
                .hasMessage("state has version 3; this library reads versions 1 to 2");
    }

    private static Tallies tallies(Aggregation... aggregations) {
        return new Tallies(
                new DataType[] {DataType.FLOAT64},
                Arrays.stream(aggregations)
                        .map(aggregation -> Measure.of(aggregation, 0))
                        .toArray(Measure[]::new));
    }

    private static List<List<Object>> answers(Tallies tallies, int groups) {
        List<List<Object>> answers = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            Lane out = tallies.resultType(i).kind().lane();
            tallies.result(i, null, groups, out, row -> {});
            answers.add(Lanes.values(out));
        }
        return answers;
    }
}
