package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which measures keep one state between them, and how such a state is written and read. */
class TalliesTest {
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
        DataType column = SharingTest.types().stream()
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
        DataType[] types = SharingTest.columns(DataType.FLOAT64);
        Measure[] measures = {Measure.of(Aggregations.sum(), 0), Measure.of(Aggregations.max(), 0)};
        for (SharingTest.Batch batch : SharingTest.batches(DataType.FLOAT64, new Random(5))) {
            var moving = new MovingGroups(Window.rows(4), types, measures);
            moving.add(batch.ids(), batch.rows(), null, batch.lanes(), row -> {});
            checkOlder(moving, new MovingGroups(Window.rows(4), types, measures));
            var all = new MovingGroups(Window.expanding(), types, measures);
            all.add(batch.ids(), batch.rows(), null, batch.lanes(), row -> {});
            checkOlder(all, new MovingGroups(Window.expanding(), types, measures));
            var panes = new PaneGroups(Panes.tumbling(5), 3, 0, types, measures);
            panes.add(
                    batch.ids(),
                    batch.rows(),
                    batch.times(),
                    batch.watermarks(),
                    batch.lanes(),
                    row -> {},
                    (measure, row) -> {});
            checkOlder(panes, new PaneGroups(Panes.tumbling(5), 3, 0, types, measures));
            var counts = new CountGroups(4, 2, types, measures);
            counts.add(batch.ids(), batch.rows(), batch.lanes(), (measure, row) -> {});
            checkOlder(counts, new CountGroups(4, 2, types, measures));
            var expiring = new ExpiringGroups(2, 5, types, measures);
            expiring.add(batch.ids(), batch.rows(), batch.times(), batch.lanes(), (measure, row) -> {});
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
