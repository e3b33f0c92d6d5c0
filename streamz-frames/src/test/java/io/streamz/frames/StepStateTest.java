package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.CellWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Steps that keep rows: whatever the cuts, whatever the place where state is written and read elsewhere, the same rows come
 * out, state has the same bytes, and the ledger balances.
 */
class StepStateTest {
    private static final int ROWS = 120;
    private static final int CUTS = 300;
    private static final Schema SCHEMA =
            Schema.of(new Field("k", DataType.UTF8), new Field("v", DataType.FLOAT64), new Field("i", DataType.INT64));

    private static final Map<String, UnaryOperator<StreamFrame>> STEPS = new TreeMap<>(Map.of(
            "head", f -> f.head(70),
            "distinct", f -> f.distinct("k"),
            "distinct of all", f -> f.distinct(),
            "distinct of two", f -> f.distinct("k", "i"),
            "distinct of the last", f -> f.distinctLast(3, "k"),
            "distinct of the last one", f -> f.distinctLast(1, "k", "i"),
            "sample", f -> f.sample(0.3, 7),
            "repartition", f -> f.repartition(16),
            "filter", f -> f.dropNulls("k")));

    private final Object[][] cells = new Object[ROWS][];

    private void fill(Random random) {
        for (int row = 0; row < ROWS; row++) {
            cells[row] = new Object[] {
                random.nextInt(7) == 0 ? null : "k" + random.nextInt(6),
                random.nextInt(9) == 0 ? null : (double) random.nextInt(4),
                (long) random.nextInt(3)
            };
        }
    }

    private RecordBatch batch(int from, int to, long epoch) {
        Lane[] lanes = Lanes.empty(SCHEMA);
        for (int column = 0; column < lanes.length; column++) {
            CellWriter.begin(lanes[column], to - from);
            for (int row = from; row < to; row++) {
                CellWriter.set(SCHEMA.type(column), lanes[column], row - from, cells[row][column], "");
            }
        }
        RecordBatch batch = RecordBatch.of(SCHEMA, lanes);
        batch.stamp(epoch);
        return batch;
    }

    /** What one run of an operator gave, row by row. */
    private static final class Run {
        private final StreamFrame frame;
        private final List<String> rows;
        private final List<Integer> sizes = new ArrayList<>();
        private final FrameOperator operator;

        Run(UnaryOperator<StreamFrame> step, List<String> rows) {
            this.frame = step.apply(new StreamFrame(null, new RootNode("rows", SCHEMA)));
            this.rows = rows;
            Wanted wanted = new Wanted(frame.schema());
            wanted.add(frame.schema().names());
            this.operator = frame.node().operator(wanted, new Rejects());
        }

        void take(RecordBatch batch) {
            operator.onNext(batch, this::keep);
            batch.close();
            assertThat(operator.ledger().balances()).isTrue();
        }

        private void keep(RecordBatch out) {
            sizes.add(out.rows());
            Table.of(out).toRows().forEach(row -> rows.add(row.toString()));
        }

        void end() throws Exception {
            operator.onEnd(this::keep);
            assertThat(operator.ledger().balances()).isTrue();
        }

        byte[] state() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (StateWriter writer = new StateWriter(bytes)) {
                writer.section("step", 1, operator::write);
            }
            return bytes.toByteArray();
        }

        void restore(byte[] state) throws IOException {
            try (StateReader reader = new StateReader(new ByteArrayInputStream(state))) {
                reader.next();
                operator.read(reader, 1);
            }
        }
    }

    @Test
    void cutsAndRestoresDoNotShow() throws Exception {
        for (var step : STEPS.entrySet()) {
            Random random = new Random(5);
            for (int seed = 0; seed < CUTS / STEPS.size(); seed++) {
                fill(random);
                List<String> whole = new ArrayList<>();
                Run one = new Run(step.getValue(), whole);
                one.take(batch(0, ROWS, 1));
                byte[] state = one.state();
                one.end();
                List<String> cut = new ArrayList<>();
                Run run = new Run(step.getValue(), cut);
                int restoreAt = random.nextInt(ROWS);
                int from = 0;
                for (int end : cuts(random)) {
                    if (from <= restoreAt && restoreAt < end) {
                        Run next = new Run(step.getValue(), cut);
                        next.restore(run.state());
                        run = next;
                    }
                    run.take(batch(from, end, 1 + from));
                    from = end;
                }
                if (!step.getKey().equals("repartition")) {
                    assertThat(run.state())
                            .as("%s, seed %d", step.getKey(), seed)
                            .isEqualTo(state);
                }
                run.end();
                assertThat(cut).as("%s, seed %d", step.getKey(), seed).isEqualTo(whole);
            }
        }
    }

    @Test
    void repartitionMakesEqualBatches() throws Exception {
        fill(new Random(1));
        Run run = new Run(f -> f.repartition(50), new ArrayList<>());
        for (int row = 0; row < ROWS; row += 8) {
            run.take(batch(row, row + 8, row + 1));
        }
        run.end();
        assertThat(run.sizes).containsExactly(50, 50, 20);
        assertThat(run.operator.bytes()).isPositive();
    }

    private static int[] cuts(Random random) {
        int[] inner = random.ints(random.nextInt(12), 0, ROWS + 1).sorted().toArray();
        int[] all = Arrays.copyOf(inner, inner.length + 1);
        all[inner.length] = ROWS;
        return all;
    }

    /** The least recently seen key, as plainly as can be. */
    @Test
    void distinctOfTheLastAgreesWithAList() {
        Random random = new Random(9);
        for (int seed = 0; seed < 100; seed++) {
            fill(random);
            List<String> expected = new ArrayList<>();
            List<Object> recent = new ArrayList<>();
            for (Object[] row : cells) {
                if (!recent.remove(row[0])) {
                    expected.add(String.valueOf(row[0]));
                }
                recent.add(row[0]);
                if (recent.size() > 3) {
                    recent.remove(0);
                }
            }
            List<String> rows = new ArrayList<>();
            Run keeping = new Run(f -> f.distinctLast(3, "k"), new ArrayList<>());
            keeping.operator.onNext(batch(0, ROWS, 1), out -> {
                for (Row row : Table.of(out).toRows()) {
                    rows.add(String.valueOf(row.value("k")));
                }
            });
            assertThat(rows).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
