package io.streamz.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.Aggregations;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.GroupStates;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.Measure;
import io.streamz.aggregations.Tallies;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApproxQuantileTest {
    private static final int SEEDS = 60;

    private static double answer(GroupStates states) {
        var out = new DoubleLane();
        out.reset(1);
        assertThat(states.result(0, out, 0)).isTrue();
        assertThat(out.isNull(0)).isFalse();
        return out.values()[0];
    }

    private static GroupStates states(ApproxQuantile aggregation, DataType type, Lane lane) {
        GroupStates states = aggregation.states(type);
        states.add(null, lane.size(), new Lane[] {lane}, null);
        return states;
    }

    /** The distance, as a share of all values, from the asked rank to the ranks that a value has. */
    private static double rankError(double[] values, double quantile, double answer) {
        double below = Arrays.stream(values).filter(value -> value < answer).count() / (double) values.length;
        double upTo = Arrays.stream(values).filter(value -> value <= answer).count() / (double) values.length;
        assertThat(upTo).as("the answer is one of the values").isGreaterThan(below);
        return quantile < below ? below - quantile : Math.max(0, quantile - upTo);
    }

    @Test
    void ranksAreWithinTheErrorMergedOrNot() throws IOException {
        for (int size : new int[] {50, 200}) {
            int outside = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                var random = new Random(seed);
                double quantile = random.nextInt(101) / 100.0;
                ApproxQuantile aggregation = Sketches.approxQuantile(quantile, size);
                double[] values =
                        random.doubles(20_000).map(x -> mixed(x, random)).toArray();
                GroupStates states = aggregation.states(DataType.FLOAT64);
                for (int part = 0; part < 4; part++) {
                    double[] own = Arrays.copyOfRange(values, part * 5_000, (part + 1) * 5_000);
                    states.mergeFrom(states(aggregation, DataType.FLOAT64, Rows.doubles(own)), new int[] {0});
                    states = Rows.writtenAndRead(states, aggregation.states(DataType.FLOAT64));
                }
                double error = rankError(values, quantile, answer(states));
                assertThat(error).as("seed %d", seed).isLessThan(2 * aggregation.rankError());
                outside += error > aggregation.rankError() ? 1 : 0;
            }
            assertThat(outside).as("of %d, 1 in 100 is promised", SEEDS).isLessThanOrEqualTo(4);
        }
        assertThat(Sketches.approxQuantile(0.5).rankError()).isBetween(0.0132, 0.0134);
    }

    private static double mixed(double x, Random random) {
        return random.nextBoolean() ? Math.rint(x * 100) : random.nextGaussian();
    }

    @Test
    void fewValuesAnswerExactly() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            double[] values = random.doubles(1 + random.nextInt(100)).toArray();
            double quantile = random.nextDouble();
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int rank = Math.max(1, (int) Math.ceil(quantile * sorted.length));
            assertThat(answer(states(Sketches.approxQuantile(quantile), DataType.FLOAT64, Rows.doubles(values))))
                    .as("seed %d", seed)
                    .isEqualTo(sorted[rank - 1]);
        }
    }

    @Test
    void takesEveryNumber() {
        ApproxQuantile median = Sketches.approxQuantile(0.5);
        assertThat(answer(states(median, DataType.INT32, Rows.longs(3, 1, 2)))).isEqualTo(2);
        assertThat(answer(states(median, DataType.decimal(10, 2), Rows.wides(300, 150, -100))))
                .isEqualTo(1.5);
        assertThat(answer(states(median, DataType.FLOAT64, Rows.doubles(1, Double.NaN))))
                .isNaN();
        assertThat(answer(states(median, DataType.FLOAT64, Rows.doubles(Double.NaN))))
                .isNaN();
        assertThatThrownBy(() -> median.states(DataType.UTF8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("approxQuantile needs a number but got utf8");
    }

    @Test
    void nothingIsNull() {
        var out = new DoubleLane();
        Sketches.approxQuantile(0.5).states(DataType.FLOAT64).result(null, 1, out, index -> {});
        assertThat(out.isNull(0)).isTrue();
    }

    @Test
    void memoryIsBounded() {
        double[] values = new Random(3).doubles(300_000).toArray();
        assertThat(states(Sketches.approxQuantile(0.5), DataType.FLOAT64, Rows.doubles(values))
                        .bytes())
                .isBetween(2_000L, 8_000L);
    }

    @Test
    void isKnownByName() {
        assertThat(Aggregations.named("approxQuantile", 0.9)).hasToString("approxQuantile(0.9, 200)");
        assertThatThrownBy(() -> Aggregations.named("approxQuantile"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("approxQuantile takes 1 to 2 parameters but got 0");
        assertThatThrownBy(() -> Aggregations.named("approxQuantile", 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("approxQuantile needs a number from 0 to 1 but got 1.5");
    }

    @Test
    void quantilesOfOneSizeAreOfOneSketch() {
        DataType[] types = {DataType.FLOAT64};
        Measure low = Measure.of(Sketches.approxQuantile(0.1, 100), 0);
        Measure high = Measure.of(Sketches.approxQuantile(0.9, 100), 0);
        Measure finer = Measure.of(Sketches.approxQuantile(0.9, 200), 0);
        Lane[] lanes = {Rows.doubles(new Random(1).doubles(90).toArray())};
        assertThat(answers(new Tallies(types, low, high), lanes, 2))
                .containsExactly(
                        answers(new Tallies(types, low), lanes, 1)[0], answers(new Tallies(types, high), lanes, 1)[0]);
        assertThat(bytes(new Tallies(types, low, high), lanes)).isLessThan(2 * bytes(new Tallies(types, low), lanes));
        assertThat(bytes(new Tallies(types, low, finer), lanes))
                .isEqualTo(bytes(new Tallies(types, low), lanes) + bytes(new Tallies(types, finer), lanes));
    }

    private static long bytes(Tallies tallies, Lane[] lanes) {
        tallies.add(null, lanes[0].size(), lanes, 1);
        return tallies.bytes();
    }

    private static double[] answers(Tallies tallies, Lane[] lanes, int measures) {
        tallies.add(null, lanes[0].size(), lanes, 1);
        double[] answers = new double[measures];
        for (int i = 0; i < measures; i++) {
            var out = new DoubleLane();
            tallies.result(i, null, 1, out, row -> {});
            answers[i] = out.values()[0];
        }
        return answers;
    }
}
