package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** State written in the middle and read elsewhere goes on as if nothing had happened; its bytes do not show how rows were cut. */
class StateTest {
    private static final int ROWS = 200;
    private static final int CUTS = 1000;
    private static final Schema SCHEMA =
            Schema.of(new Field("k", DataType.UTF8), new Field("v", DataType.FLOAT64), new Field("i", DataType.INT64));
    private static final List<List<Agg>> AGGREGATES = List.of(
            Agg.parse("count(), sum(v), mean(v), min(v), max(i), sum(i)"),
            Agg.parse("var(v), std(i), first(v), last(k), firstNonNull(v), lastNonNull(i)"),
            Agg.parse("nunique(v), median(i), sum(v) where i > 2 as some"));

    private static final class Rows {
        private final String[] k = new String[ROWS];
        private final double[] v = new double[ROWS];
        private final long[] i = new long[ROWS];

        static Rows random(Random random) {
            Rows rows = new Rows();
            for (int row = 0; row < ROWS; row++) {
                rows.k[row] = random.nextInt(9) == 0 ? null : "k" + random.nextInt(12);
                rows.v[row] = random.nextInt(15) == 0 ? 1e16 * random.nextInt(3) : random.nextGaussian();
                rows.i[row] = random.nextInt(6);
            }
            return rows;
        }

        RecordBatch batch(int from, int to, long epoch) {
            TextLane keys = new TextLane();
            DoubleLane values = new DoubleLane();
            LongLane ints = new LongLane();
            for (Lane lane : new Lane[] {keys, values, ints}) {
                lane.reset(to - from);
            }
            for (int row = from; row < to; row++) {
                byte[] key = (k[row] == null ? "" : k[row]).getBytes(StandardCharsets.UTF_8);
                keys.set(row - from, key, 0, key.length);
                if (k[row] == null) {
                    keys.setNull(row - from);
                }
                values.values()[row - from] = v[row];
                ints.values()[row - from] = i[row];
            }
            RecordBatch batch = RecordBatch.of(SCHEMA, keys, values, ints);
            batch.stamp(epoch);
            return batch;
        }

        void feed(AggregateOperator operator, int from, int to) {
            try (RecordBatch batch = batch(from, to, to)) {
                operator.onNext(batch, changed -> {});
            }
        }
    }

    private static AggregateOperator operator(List<String> keys, List<Agg> aggregates) {
        AggregateNode node = AggregateNode.of(new RootNode("rows", SCHEMA), keys, aggregates, false);
        return node.operator(new Wanted(node.schema()), new Rejects());
    }

    private static byte[] written(AggregateOperator operator) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StateWriter writer = new StateWriter(bytes)) {
            writer.section("state", operator.stateVersion(), operator::write);
        }
        return bytes.toByteArray();
    }

    private static void read(byte[] state, AggregateOperator into) throws IOException {
        try (StateReader reader = new StateReader(new ByteArrayInputStream(state))) {
            assertThat(reader.next()).isTrue();
            into.read(reader, reader.version());
        }
    }

    @Test
    void stateReadElsewhereGoesOn() throws IOException {
        Random random = new Random(11);
        for (List<String> keys : List.of(List.<String>of(), List.of("k"), List.of("k", "i"))) {
            for (List<Agg> aggregates : AGGREGATES) {
                Rows rows = Rows.random(random);
                AggregateOperator whole = operator(keys, aggregates);
                rows.feed(whole, 0, ROWS);
                for (int middle : new int[] {0, 1, ROWS / 2, ROWS}) {
                    AggregateOperator first = operator(keys, aggregates);
                    rows.feed(first, 0, middle);
                    AggregateOperator second = operator(keys, aggregates);
                    read(written(first), second);
                    assertThat(second.table()).hasToString(first.table().toString());
                    rows.feed(second, middle, ROWS);
                    assertThat(second.table().toRows()).isEqualTo(whole.table().toRows());
                    assertThat(written(second)).isEqualTo(written(whole));
                }
            }
        }
    }

    @Test
    void stateDoesNotShowHowRowsWereCut() throws IOException {
        Rows rows = Rows.random(new Random(12));
        Random random = new Random(13);
        for (List<Agg> aggregates : AGGREGATES) {
            AggregateOperator whole = operator(List.of("k"), aggregates);
            rows.feed(whole, 0, ROWS);
            byte[] state = written(whole);
            for (int i = 0; i < CUTS / AGGREGATES.size(); i++) {
                AggregateOperator cut = operator(List.of("k"), aggregates);
                int[] ends = random.ints(random.nextInt(12), 0, ROWS).sorted().toArray();
                int from = 0;
                for (int end : ends) {
                    rows.feed(cut, from, end);
                    from = end;
                }
                rows.feed(cut, from, ROWS);
                assertThat(written(cut)).as("cut at %s", Arrays.toString(ends)).isEqualTo(state);
            }
        }
    }

    @Test
    void damagedStateIsADataError() throws IOException {
        AggregateOperator whole = operator(List.of("k"), AGGREGATES.get(0));
        Rows.random(new Random(14)).feed(whole, 0, ROWS);
        byte[] state = written(whole);
        byte[] shorter = Arrays.copyOf(state, state.length / 2);
        assertThatThrownBy(() -> read(shorter, operator(List.of("k"), AGGREGATES.get(0))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged");
        byte[] changed = state.clone();
        changed[state.length / 2] ^= 1;
        assertThatThrownBy(() -> read(changed, operator(List.of("k"), AGGREGATES.get(0))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aStepIsNamedByThePlanThatLeadsToIt() {
        RootNode root = new RootNode("rows", SCHEMA);
        AggregateNode one = AggregateNode.of(root, List.of("k"), AGGREGATES.get(0), false);
        AggregateNode same = AggregateNode.of(new RootNode("rows", SCHEMA), List.of("k"), AGGREGATES.get(0), false);
        AggregateNode other =
                AggregateNode.of(FilterNode.of(root, Expr.parse("v > 0")), List.of("k"), AGGREGATES.get(0), false);
        assertThat(one.identity()).isEqualTo(same.identity()).matches("groupBy-[0-9a-f]{12}");
        assertThat(other.identity()).isNotEqualTo(one.identity());
    }
}
