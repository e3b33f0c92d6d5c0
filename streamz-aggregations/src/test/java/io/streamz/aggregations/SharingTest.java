package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
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
    static DataType[] columns(DataType type) {
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

    record Batch(int[] ids, LongLane times, long[] watermarks, Lane[] lanes, int rows) {}

    static List<Batch> batches(DataType type, Random random) {
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
}
