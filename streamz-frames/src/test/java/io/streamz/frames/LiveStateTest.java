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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Chains of live tables that are written in the middle and read elsewhere tell the same changes as those that went on. */
class LiveStateTest {
    private static final int BATCHES = 30;
    private static final Schema SCHEMA = Schema.of(new Field("k", DataType.UTF8), new Field("v", DataType.INT64));

    private static final Map<String, UnaryOperator<LiveTable>> TABLES = new TreeMap<>(Map.of(
            "filter", t -> t.filter("s > 3"),
            "filter of a filter", t -> t.filter("s > 0").assign("w", "s % 3").filter("w > 0"),
            "head", t -> t.sort("s desc").head(3),
            "head of a filter", t -> t.filter("s % 2 = 0").nSmallest(2, "s"),
            "regroup", t -> t.assign("g", "s % 3").groupBy("g").agg("sum(s) as total, count() as c, max(s) as m"),
            "regroup of a filter", t -> t.filter("s > 2").groupBy("n").agg("sum(s) as total, min(k) as least"),
            "trigger", t -> t.trigger(Trigger.rows(3))));

    /** The steps of a plan as they run, one behind the other. */
    private static final class Chain {
        private final List<Running> steps = new ArrayList<>();
        private final List<String> changes;

        Chain(UnaryOperator<LiveTable> made, List<String> changes) {
            this.changes = changes;
            StreamFrame frame = new StreamFrame(null, new RootNode("rows", SCHEMA));
            LiveTable table = made.apply(frame.groupBy("k").agg("sum(v) as s, count() as n"));
            PlanNode node = table.changes(ChangeColumn.OP, ChangeColumn.OLD).node();
            List<PlanNode> nodes = new ArrayList<>();
            for (PlanNode step = node; step.input() != null; step = step.input()) {
                nodes.add(0, step);
            }
            Running before = null;
            for (PlanNode step : nodes) {
                Running running = new Running(step, new Rejects(), before == null ? List.of() : List.of(before));
                running.want(step.schema().names());
                running.want(TableOperator.CHANGES);
                running.open();
                steps.add(running);
                before = running;
            }
        }

        void take(int step, RecordBatch batch) {
            if (step == steps.size()) {
                Table.of(batch).toRows().forEach(row -> changes.add(row.toString()));
            } else {
                FrameOperator operator = steps.get(step).operator();
                operator.onNext(batch, out -> take(step + 1, out));
                assertThat(operator.ledger().balances())
                        .as(steps.get(step).node().label())
                        .isTrue();
            }
        }

        byte[] state() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (StateWriter writer = new StateWriter(bytes)) {
                for (Running step : steps) {
                    writer.section("step", 1, step.operator()::write);
                }
            }
            return bytes.toByteArray();
        }

        void restore(byte[] state) throws IOException {
            try (StateReader reader = new StateReader(new ByteArrayInputStream(state))) {
                for (Running step : steps) {
                    assertThat(reader.next()).isTrue();
                    step.operator().read(reader, 1);
                }
            }
        }
    }

    private static RecordBatch batch(Random random, long epoch) {
        Lane[] lanes = Lanes.empty(SCHEMA);
        for (Lane lane : lanes) {
            CellWriter.begin(lane, 2);
        }
        for (int row = 0; row < 2; row++) {
            Object key = random.nextInt(8) == 0 ? null : "k" + random.nextInt(6);
            CellWriter.set(DataType.UTF8, lanes[0], row, key, "k");
            CellWriter.set(DataType.INT64, lanes[1], row, random.nextInt(9) - 4, "v");
        }
        RecordBatch batch = RecordBatch.of(SCHEMA, lanes);
        batch.stamp(epoch);
        return batch;
    }

    @Test
    void restoresDoNotShow() throws IOException {
        for (var table : TABLES.entrySet()) {
            for (int seed = 0; seed < 40; seed++) {
                List<String> whole = new ArrayList<>();
                List<String> restored = new ArrayList<>();
                Chain one = new Chain(table.getValue(), whole);
                Chain two = new Chain(table.getValue(), restored);
                Random random = new Random(seed);
                int at = random.nextInt(BATCHES);
                for (int number = 0; number < BATCHES; number++) {
                    if (number == at) {
                        Chain next = new Chain(table.getValue(), restored);
                        next.restore(two.state());
                        two = next;
                    }
                    long rows = random.nextLong();
                    try (RecordBatch batch = batch(new Random(rows), number + 1)) {
                        one.take(0, batch);
                    }
                    try (RecordBatch batch = batch(new Random(rows), number + 1)) {
                        two.take(0, batch);
                    }
                    assertThat(restored)
                            .as("%s seed %d batch %d", table.getKey(), seed, number)
                            .isEqualTo(whole);
                }
                assertThat(one.steps.get(1).operator().bytes()).isNotNegative();
            }
        }
    }
}
