package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** The laws of one aggregation over one kind of values, tried on random rows of a few groups, with nulls and masks. */
final class Laws {
    /** Of each law: over a few rows each but for every twentieth, so that there can be many. */
    private static final int TRIES = Integer.getInteger("streamz.tries", 1000);

    private static final Map<String, Integer> TRIED = new TreeMap<>();
    private static final int GROUPS = 4;

    private final Aggregation aggregation;
    private final DataType[] types;
    private final Function<Random, Object> values;
    private final Function<List<Object>, Object> oracle;
    private double tolerance;

    private Laws(
            Aggregation aggregation,
            DataType[] types,
            Function<Random, Object> values,
            Function<List<Object>, Object> oracle) {
        this.aggregation = aggregation;
        this.types = types;
        this.values = values;
        this.oracle = oracle;
    }

    static Laws of(
            Aggregation aggregation,
            DataType type,
            Function<Random, Object> values,
            Function<List<Object>, Object> oracle) {
        return new Laws(aggregation, new DataType[] {type}, values, oracle);
    }

    /** Of two inputs: a row is a list of two values, either of which may be null. */
    static Laws ofTwo(
            Aggregation aggregation,
            DataType left,
            Function<Random, Object> leftValues,
            DataType right,
            Function<Random, Object> rightValues,
            Function<List<Object>, Object> oracle) {
        Function<Random, Object> rows =
                random -> Arrays.asList(orNull(leftValues, random), orNull(rightValues, random));
        return new Laws(aggregation, new DataType[] {left, right}, rows, oracle);
    }

    private static Object orNull(Function<Random, Object> values, Random random) {
        return random.nextInt(10) == 0 ? null : values.apply(random);
    }

    /** One of two inputs of the rows that count. */
    static List<Object> column(List<Object> rows, int input) {
        return rows.stream()
                .map(row -> (List<?>) row)
                .filter(row -> row.get(0) != null && row.get(1) != null)
                .map(row -> (Object) row.get(input))
                .toList();
    }

    Laws exact() {
        return this;
    }

    Laws within(double relative) {
        tolerance = relative;
        return this;
    }

    /** Rows of one try: a group, a value or null, and whether the mask takes the row. */
    private record Rows(List<Object> values, int[] ids, boolean[] taken) {
        Rows slice(int from, int to) {
            return new Rows(
                    values.subList(from, to), Arrays.copyOfRange(ids, from, to), Arrays.copyOfRange(taken, from, to));
        }

        int size() {
            return ids.length;
        }

        List<Object> of(int group) {
            List<Object> own = new ArrayList<>();
            for (int row = 0; row < size(); row++) {
                if (taken[row] && ids[row] == group) {
                    own.add(values.get(row));
                }
            }
            return own;
        }
    }

    private Rows rows(Random random) {
        int size = random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(24);
        int nulls = random.nextInt(3);
        int masked = random.nextInt(2);
        List<Object> list = new ArrayList<>();
        int[] ids = new int[size];
        boolean[] taken = new boolean[size];
        for (int row = 0; row < size; row++) {
            list.add(
                    types.length == 1 && nulls > 0 && random.nextInt(nulls == 1 ? 10 : 2) == 0
                            ? null
                            : values.apply(random));
            ids[row] = random.nextInt(GROUPS + 1) - 1;
            taken[row] = masked == 0 || random.nextInt(5) != 0;
        }
        return new Rows(list, ids, taken);
    }

    private GroupStates states() {
        return aggregation.states(types);
    }

    private void add(GroupStates states, Rows rows) {
        states.add(rows.ids, rows.size(), lanes(rows), mask(rows));
    }

    private Lane[] lanes(Rows rows) {
        if (types.length == 1) {
            return new Lane[] {Lanes.of(types[0], rows.values)};
        }
        Lane[] lanes = new Lane[2];
        for (int input = 0; input < 2; input++) {
            int column = input;
            Object[] values =
                    rows.values.stream().map(row -> ((List<?>) row).get(column)).toArray();
            lanes[input] = Lanes.of(types[input], values);
        }
        return lanes;
    }

    private static long[] mask(Rows rows) {
        long[] mask = new long[Lane.words(rows.size())];
        boolean all = true;
        for (int row = 0; row < rows.size(); row++) {
            mask[row >>> 6] |= rows.taken[row] ? 1L << row : 0;
            all &= rows.taken[row];
        }
        return all ? null : mask;
    }

    private List<Object> answers(GroupStates states) {
        Lane out = aggregation.resultType(types).kind().lane();
        states.result(null, GROUPS, out, index -> assertThat(out.isNull(index)).isTrue());
        return Lanes.values(out);
    }

    private static byte[] bytes(GroupStates states) throws IOException {
        var out = new ByteArrayOutputStream();
        states.write(out, new int[] {0, 1, 2, 3}, GROUPS);
        return out.toByteArray();
    }

    private void assertClose(Object actual, Object expected, int seed) {
        if (tolerance > 0 && expected instanceof Double wanted && Math.abs(wanted) <= Double.MAX_VALUE && wanted != 0) {
            double got = (Double) actual;
            assertThat(Math.abs(got - wanted) <= tolerance * Math.abs(wanted) + Double.MIN_VALUE)
                    .as("%s: %s is %s, seed %d", this, got, wanted, seed)
                    .isTrue();
        } else {
            assertThat(actual).as("%s, seed %d", this, seed).isEqualTo(expected);
        }
    }

    private void assertAnswers(GroupStates states, Rows rows, int seed) {
        List<Object> answers = answers(states);
        for (int group = 0; group < GROUPS; group++) {
            assertClose(answers.get(group), oracle.apply(rows.of(group)), seed);
            if (types.length == 1 && !aggregation.name().matches("nullCount")) {
                assertThat(states.count(group))
                        .isEqualTo(Truth.valid(rows.of(group)).size());
            }
        }
    }

    private void count() {
        TRIED.merge(aggregation.name(), TRIES, Integer::sum);
    }

    /** Prints how many tries each function has had, and holds that they are what they are said to be. */
    static void report() {
        System.out.println("tries of laws: " + TRIED);
        assertThat(TRIED.values()).isNotEmpty().allMatch(tries -> tries >= 4 * TRIES);
    }

    void checkFormula() {
        count();
        for (int seed = 0; seed < TRIES; seed++) {
            Rows rows = rows(new Random(seed));
            GroupStates states = states();
            add(states, rows);
            assertAnswers(states, rows, seed);
            GroupStates ungrouped = states();
            Rows one = new Rows(rows.values, new int[rows.size()], rows.taken);
            ungrouped.add(null, rows.size(), lanes(rows), mask(rows));
            assertClose(answers(ungrouped).get(0), oracle.apply(one.of(0)), seed);
            GroupStates zero = states();
            add(zero, one);
            assertThat(answers(ungrouped)).as("seed %d", seed).isEqualTo(answers(zero));
        }
    }

    void checkCuts() throws IOException {
        count();
        for (int seed = 0; seed < TRIES; seed++) {
            var random = new Random(seed);
            Rows rows = rows(random);
            GroupStates whole = states();
            add(whole, rows);
            GroupStates cut = states();
            for (int from = 0; from < rows.size(); ) {
                int to = Math.min(rows.size(), from + 1 + random.nextInt(random.nextBoolean() ? 3 : 100));
                add(cut, rows.slice(from, to));
                from = to;
                if (random.nextInt(8) == 0) {
                    GroupStates read = states();
                    read.read(new ByteArrayInputStream(bytes(cut)));
                    assertThat(bytes(read)).as("%s, seed %d", this, seed).isEqualTo(bytes(cut));
                    cut = read;
                }
            }
            cut.ensure(GROUPS);
            assertThat(answers(cut)).as("%s, seed %d", this, seed).isEqualTo(answers(whole));
            assertThat(bytes(cut)).as("%s, seed %d", this, seed).isEqualTo(bytes(whole));
        }
    }

    void checkMerge() throws IOException {
        count();
        int[] same = {0, 1, 2, 3};
        for (int seed = 0; seed < TRIES; seed++) {
            var random = new Random(seed);
            Rows rows = rows(random);
            GroupStates whole = states();
            add(whole, rows);
            GroupStates merged = states();
            for (int part = 0; part < 4; part++) {
                GroupStates states = states();
                add(states, rows.slice(rows.size() * part / 4, rows.size() * (part + 1) / 4));
                merged.mergeFrom(states, same);
            }
            assertAnswers(merged, rows, seed);
            if (tolerance == 0) {
                assertThat(bytes(merged)).as("%s, seed %d", this, seed).isEqualTo(bytes(whole));
            }
        }
    }

    void checkForget() throws IOException {
        if (!states().canForget()) {
            return;
        }
        count();
        for (int seed = 0; seed < TRIES; seed++) {
            var random = new Random(seed);
            Rows rows = rows(random);
            int split = random.nextInt(rows.size() + 1);
            GroupStates states = states();
            add(states, rows);
            Rows gone = rows.slice(0, split);
            states.forget(gone.ids, gone.size(), lanes(gone), mask(gone));
            Rows left = rows.slice(split, rows.size());
            GroupStates fresh = states();
            add(fresh, left);
            rebuildStale(states, left);
            assertAnswers(states, left, seed);
            if (tolerance == 0) {
                assertThat(bytes(states)).as("%s, seed %d", this, seed).isEqualTo(bytes(fresh));
            }
        }
    }

    /** What a window does with a group that {@link GroupStates#stale} names. */
    private void rebuildStale(GroupStates states, Rows left) {
        states.ensure(GROUPS);
        Lane[] lanes = lanes(left);
        for (int group = 0; group < GROUPS; group++) {
            if (states.stale(group)) {
                states.free(group);
                for (int row = 0; row < left.size(); row++) {
                    if (left.ids[row] == group && left.taken[row] && states.counts(lanes, row)) {
                        states.add(group, lanes, row);
                    }
                }
            }
        }
    }

    void checkFree() throws IOException {
        count();
        for (int seed = 0; seed < TRIES; seed++) {
            Rows rows = rows(new Random(seed));
            GroupStates states = states();
            states.ensure(GROUPS);
            byte[] empty = bytes(states);
            add(states, rows);
            for (int group = 0; group < GROUPS; group++) {
                states.free(group);
            }
            assertThat(bytes(states)).as("%s, seed %d", this, seed).isEqualTo(empty);
            add(states, rows);
            assertAnswers(states, rows, seed);
        }
    }

    @Override
    public String toString() {
        return aggregation + " of " + Arrays.toString(types);
    }
}
