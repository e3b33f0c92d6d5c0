package io.streamz.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.Aggregations;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.GroupStates;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApproxDistinctTest {
    private static final int SEEDS = 60;

    private static LongLane longs(Random random, int rows, int different) {
        long base = random.nextLong();
        var lane = new LongLane();
        lane.reset(rows);
        for (int row = 0; row < rows; row++) {
            lane.values()[row] = base + (row < different ? row : random.nextInt(different));
        }
        return lane;
    }

    private static long answer(GroupStates states, int id) {
        var out = new LongLane();
        out.reset(1);
        assertThat(states.result(id, out, 0)).isTrue();
        assertThat(out.isNull(0)).isFalse();
        return out.values()[0];
    }

    private static long of(DataType type, Lane lane) {
        GroupStates states = Sketches.approxDistinct().states(type);
        states.add(null, lane.size(), new Lane[] {lane}, null);
        return answer(states, 0);
    }

    @Test
    void nineteenOfTwentyAnswersAreWithinTheError() {
        for (int size : new int[] {6, 9, 12}) {
            for (int different : new int[] {50, 3_000, 40_000}) {
                ApproxDistinct aggregation = Sketches.approxDistinct(size);
                int outside = 0;
                for (int seed = 0; seed < SEEDS; seed++) {
                    LongLane lane = longs(new Random(seed), 2 * different, different);
                    GroupStates states = aggregation.states(DataType.INT64);
                    states.add(null, lane.size(), new Lane[] {lane}, null);
                    double error = Math.abs(answer(states, 0) / (double) different - 1);
                    outside += error > aggregation.relativeError() ? 1 : 0;
                    assertThat(error).as("seed %d", seed).isLessThan(2.5 * aggregation.relativeError());
                }
                assertThat(outside).as("%s of %d", aggregation, different).isLessThanOrEqualTo(SEEDS / 10);
            }
        }
        assertThat(Sketches.approxDistinct().relativeError()).isBetween(0.031, 0.033);
    }

    @Test
    void fewValuesAreCountedExactly() {
        assertThat(of(DataType.INT64, longs(new Random(1), 500, 100))).isEqualTo(100);
        assertThat(of(DataType.UTF8, Rows.texts("", "a", "b", "", "a"))).isEqualTo(3);
        assertThat(of(DataType.FLOAT64, Rows.doubles(0.0, -0.0, Double.NaN, Double.longBitsToDouble(-1L), 1.0)))
                .isEqualTo(3);
        assertThat(of(DataType.decimal(30, 2), Rows.wides(1, 2, 1, -1))).isEqualTo(3);
        assertThat(of(DataType.BOOL, Rows.longs(0, 1, 1, 0))).isEqualTo(2);
        assertThat(of(DataType.INT64, new LongLane())).isZero();
    }

    @Test
    void nullsAreLeftOut() {
        LongLane lane = Rows.longs(1, 2, 3);
        lane.setNull(1);
        assertThat(of(DataType.INT64, lane)).isEqualTo(2);
    }

    @Test
    void neitherCutsNorMergesNorWritingShow() throws IOException {
        ApproxDistinct aggregation = Sketches.approxDistinct(8);
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            LongLane lane = longs(random, random.nextInt(3_000), 1 + random.nextInt(2_000));
            GroupStates whole = aggregation.states(DataType.INT64);
            whole.add(null, lane.size(), new Lane[] {lane}, null);
            GroupStates cut = aggregation.states(DataType.INT64);
            GroupStates merged = aggregation.states(DataType.INT64);
            for (int from = 0; from < lane.size(); ) {
                int to = Math.min(lane.size(), from + 1 + random.nextInt(700));
                Lane part = lane.fresh();
                lane.copy(from, to, part);
                cut.add(null, part.size(), new Lane[] {part}, null);
                cut = Rows.writtenAndRead(cut, aggregation.states(DataType.INT64));
                GroupStates own = aggregation.states(DataType.INT64);
                own.add(null, part.size(), new Lane[] {part}, null);
                merged.mergeFrom(own, new int[] {0});
                from = to;
            }
            cut.ensure(1);
            merged.ensure(1);
            assertThat(answer(cut, 0)).as("seed %d", seed).isEqualTo(answer(whole, 0));
            assertThat(answer(merged, 0)).as("seed %d", seed).isEqualTo(answer(whole, 0));
            assertThat(merged.count(0)).isEqualTo(lane.size());
        }
    }

    @Test
    void memoryIsBounded() {
        GroupStates states = Sketches.approxDistinct().states(DataType.INT64);
        LongLane lane = longs(new Random(2), 300_000, 300_000);
        states.add(null, lane.size(), new Lane[] {lane}, null);
        assertThat(states.bytes()).isBetween(4_096L, 5_000L);
    }

    @Test
    void isKnownByName() {
        assertThat(Aggregations.names()).contains("approxDistinct", "approxQuantile", "sum");
        assertThat(Aggregations.named("approxDistinct", 10)).hasToString("approxDistinct(10)");
        assertThatThrownBy(() -> Aggregations.named("approxDistinct", 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("approxDistinct takes 0 to 1 parameters but got 2");
        assertThatThrownBy(() -> Aggregations.named("approxDistinct", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("approxDistinct needs a size from 4 to 21 but got 3");
        assertThatThrownBy(() -> Aggregations.named("approxDistinct", 4.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("approxDistinct needs a whole number for its size but got 4.5");
    }

    @Test
    void wrongBytesAreRefused() throws IOException {
        GroupStates states = Sketches.approxDistinct(5).states(DataType.INT64);
        states.add(null, 1, new Lane[] {Rows.longs(1)}, null);
        assertThatThrownBy(() ->
                        Rows.writtenAndRead(states, Sketches.approxDistinct(6).states(DataType.INT64)))
                .isInstanceOf(IOException.class)
                .hasMessage("state of approxDistinct(6) has the size 5");
    }
}
