package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumsTest {
    private static Object answer(Aggregation aggregation, DataType type, Object... values) {
        GroupStates states = aggregation.states(type);
        states.add(null, values.length, new Lane[] {Lanes.of(type, values)}, null);
        Lane out = aggregation.resultType(type).kind().lane();
        states.result(new int[] {0}, 1, out, row -> {});
        return Lanes.values(out).get(0);
    }

    @Test
    void sumsAreExact() {
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1e16, 1.0, -1e16))
                .isEqualTo(1.0);
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1e308, 1e308, -1e308))
                .isEqualTo(1e308);
        assertThat(answer(Aggregations.mean(), DataType.FLOAT64, 1e308, 1e308)).isEqualTo(1e308);
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1e308, 1e308)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1e100, 1e50, 1.0, -1e50, -1e100))
                .isEqualTo(1.0);
        assertThat(answer(Aggregations.sum(), DataType.FLOAT64, 1.0, null, Double.NaN))
                .isEqualTo(Double.NaN);
        assertThat(answer(Aggregations.sum(), DataType.INT64, Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE))
                .isEqualTo(Long.MAX_VALUE - 1);
        assertThat(answer(Aggregations.sum(), DataType.INT64, Long.MAX_VALUE, 1L))
                .isNull();
        assertThat(answer(Aggregations.mean(), DataType.INT64, Long.MAX_VALUE, Long.MAX_VALUE - 2))
                .isEqualTo(0x1p63);
        assertThat(answer(Aggregations.mean(), DataType.INT64, -1L, -2L, null, -6L))
                .isEqualTo(-3.0);
        assertThat(answer(Aggregations.max(), DataType.UTF8, "b", "é", null, "a"))
                .isEqualTo("é");
        assertThat(answer(Aggregations.count(), DataType.UTF8, "b", "é", null, "a"))
                .isEqualTo(3L);
    }

    /** Sums of longs that wrap around many times, in groups that come and go, against big integers. */
    @Test
    void sumsOfLongsAreExactHoweverLarge() throws IOException {
        for (int seed = 0; seed < Integer.getInteger("streamz.tries", 60); seed++) {
            var random = new Random(seed);
            GroupStates states = Aggregations.mean().states(DataType.INT64);
            BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
            long[] counts = new long[3];
            states.ensure(3);
            for (int step = 0; step < 30; step++) {
                int rows = 1 + random.nextInt(80);
                Long[] values = new Long[rows];
                long large = step % 3 == 0 ? 1L << 62 : 0;
                Arrays.setAll(values, row -> random.nextLong() >> random.nextInt(3) * 30 | large);
                int[] ids = step % 5 == 4 ? null : random.ints(rows, 0, 3).toArray();
                Lane[] lanes = {Lanes.of(DataType.INT64, (Object[]) values)};
                states.add(ids, rows, lanes, null);
                boolean takenBack = random.nextInt(3) == 0;
                if (takenBack) {
                    states.forget(ids, rows, lanes, null);
                }
                for (int row = 0; row < rows && !takenBack; row++) {
                    int id = ids == null ? 0 : ids[row];
                    sums[id] = sums[id].add(BigInteger.valueOf(values[row]));
                    counts[id]++;
                }
                if (random.nextInt(6) == 0) {
                    states.merge(1, states, 2);
                    sums[1] = sums[1].add(sums[2]);
                    counts[1] += counts[2];
                }
                if (random.nextInt(6) == 0) {
                    states.free(2);
                    sums[2] = BigInteger.ZERO;
                    counts[2] = 0;
                }
                var bytes = new ByteArrayOutputStream();
                states.write(bytes, new int[] {0, 1, 2}, 3);
                states = Aggregations.mean().states(DataType.INT64);
                states.read(new ByteArrayInputStream(bytes.toByteArray()));
                for (int id = 0; id < 3; id++) {
                    DoubleLane out = new DoubleLane();
                    states.result(new int[] {id}, 1, out, row -> {});
                    assertThat(states.count(id)).isEqualTo(counts[id]);
                    assertThat(Lanes.values(out).get(0))
                            .as("seed %d", seed)
                            .isEqualTo(
                                    counts[id] == 0
                                            ? null
                                            : Rounding.ratio(sums[id], 0, BigInteger.valueOf(counts[id])));
                }
            }
        }
    }

    /** So many groups that their states are read ahead, with rows that are left out. */
    @Test
    void sumsOfManyGroups() {
        var random = new Random(3);
        int groups = 700_000;
        int rows = 20_000;
        long[] expected = new long[groups];
        GroupStates longs = Aggregations.sum().states(DataType.INT64);
        GroupStates doubles = Aggregations.sum().states(DataType.FLOAT64);
        LongLane whole = new LongLane();
        DoubleLane same = new DoubleLane();
        whole.reset(rows);
        same.reset(rows);
        int[] ids = new int[rows];
        for (int batch = 0; batch < 10; batch++) {
            for (int row = 0; row < rows; row++) {
                ids[row] = random.nextInt(9) == 0 ? -1 : random.nextInt(batch < 2 ? 1000 : groups);
                int value = random.nextInt(1000) - 500;
                whole.values()[row] = value;
                same.values()[row] = value;
                if (ids[row] >= 0) {
                    expected[ids[row]] += whole.values()[row];
                }
            }
            longs.add(ids, rows, new Lane[] {whole}, null);
            doubles.add(ids, rows, new Lane[] {same}, null);
        }
        longs.result(null, groups, whole, row -> {});
        doubles.result(null, groups, same, row -> {});
        for (int id = 0; id < groups; id++) {
            assertThat(whole.values()[id]).isEqualTo(expected[id]);
            assertThat(same.values()[id]).isEqualTo((double) expected[id]);
        }
    }

    @Test
    void thereAreNames() {
        assertThat(Aggregations.names()).isEqualTo(List.copyOf(new java.util.TreeSet<>(Aggregations.names())));
    }
}
