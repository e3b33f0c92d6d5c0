package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantiles that are asked for between rows that come and go, of groups of few and of many values. */
class QuantilesTest {
    private static final int GROUPS = 6;

    private final List<List<Object>> inside = new ArrayList<>();

    private static DataType type(String name) {
        return switch (name) {
            case "decimal" -> DataType.decimal(30, 2);
            case "int64" -> DataType.INT64;
            default -> DataType.FLOAT64;
        };
    }

    private static Object value(Random random, DataType type) {
        return switch (type.kind()) {
            case FLOAT -> random.nextInt(500) == 0 ? Double.NaN : random.nextInt(4) == 0 ? 0.0 : random.nextGaussian();
            case DECIMAL -> java.math.BigInteger.valueOf(random.nextInt(1000)).shiftLeft(random.nextInt(2) * 66);
            default -> random.nextInt(3) == 0 ? random.nextLong() : (long) random.nextInt(50);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"float64", "int64", "decimal"})
    void whenItIsAskedNeverShows(String name) throws IOException {
        DataType type = type(name);
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 30); seed++) {
            var random = new Random(seed);
            var aggregation = Aggregations.quantile(random.nextInt(11) / 10.0, Interpolation.LOWER);
            GroupStates states = aggregation.states(type);
            states.ensure(GROUPS);
            inside.clear();
            for (int group = 0; group < GROUPS; group++) {
                inside.add(new ArrayList<>());
            }
            int most = type.kind() == Kind.DECIMAL ? 100 : random.nextBoolean() ? 4000 : 40;
            for (int step = 0; step < 25; step++) {
                states = change(states, type, aggregation, random, most);
                if (random.nextInt(3) > 0) {
                    assertAnswers(states, aggregation, type, seed);
                }
            }
            assertAnswers(states, aggregation, type, seed);
            GroupStates fresh = aggregation.states(type);
            for (int group = 0; group < GROUPS; group++) {
                add(fresh, type, group, inside.get(group));
            }
            fresh.ensure(GROUPS);
            assertThat(bytes(states)).isEqualTo(bytes(fresh));
        }
    }

    private GroupStates change(GroupStates states, DataType type, Aggregation aggregation, Random random, int most)
            throws IOException {
        int group = random.nextInt(GROUPS);
        List<Object> values = inside.get(group);
        switch (random.nextInt(8)) {
            case 0 -> {
                states.free(group);
                values.clear();
            }
            case 1 -> {
                Collections.shuffle(values, random);
                List<Object> gone = values.subList(0, random.nextInt(values.size() + 1));
                states.forget(ids(group, gone.size()), gone.size(), new Lane[] {Lanes.of(type, gone)}, null);
                gone.clear();
            }
            case 2 -> {
                GroupStates other = aggregation.states(type);
                other.ensure(1);
                add(other, type, 0, values);
                if (random.nextBoolean()) {
                    other.result(null, 1, type.kind().lane(), i -> {});
                }
                int to = random.nextInt(GROUPS);
                states.merge(to, other, 0);
                inside.get(to).addAll(List.copyOf(values));
            }
            case 3 -> {
                GroupStates read = aggregation.states(type);
                read.read(new ByteArrayInputStream(bytes(states)));
                return read;
            }
            default -> {
                List<Object> rows = new ArrayList<>();
                for (int row = random.nextInt(most); row >= 0; row--) {
                    rows.add(value(random, type));
                }
                add(states, type, group, rows);
                values.addAll(rows);
            }
        }
        return states;
    }

    private static void add(GroupStates states, DataType type, int group, List<Object> rows) {
        states.add(ids(group, rows.size()), rows.size(), new Lane[] {Lanes.of(type, rows)}, null);
    }

    private static int[] ids(int group, int rows) {
        int[] ids = new int[rows];
        java.util.Arrays.fill(ids, group);
        return ids;
    }

    private static byte[] bytes(GroupStates states) throws IOException {
        var out = new ByteArrayOutputStream();
        states.write(out, new int[] {0, 1, 2, 3, 4, 5}, GROUPS);
        return out.toByteArray();
    }

    private void assertAnswers(GroupStates states, Aggregation aggregation, DataType type, int seed) {
        double quantile = ((Quantile) aggregation).quantile();
        Lane out = aggregation.resultType(type).kind().lane();
        states.result(null, GROUPS, out, i -> {});
        List<Object> answers = Lanes.values(out);
        for (int group = 0; group < GROUPS; group++) {
            List<Object> values = new ArrayList<>(inside.get(group));
            assertThat(states.count(group)).isEqualTo(values.size());
            Object expected = null;
            if (values.contains(Double.NaN)) {
                expected = Double.NaN;
            } else if (!values.isEmpty()) {
                values.sort(null);
                expected = values.get((int) ((values.size() - 1) * quantile));
            }
            assertThat(answers.get(group)).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
