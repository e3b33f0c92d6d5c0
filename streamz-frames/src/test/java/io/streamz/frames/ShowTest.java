package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.LongLane;
import io.streamz.core.DataStream;
import io.streamz.core.Pipeline;
import io.streamz.core.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShowTest {
    private static final Schema SCHEMA = Schema.of(new Field("v", DataType.INT64));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream target = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private long epoch;

    private Table table(long... values) {
        LongLane lane = new LongLane();
        lane.reset(values.length);
        System.arraycopy(values, 0, lane.values(), 0, values.length);
        return Table.of(SCHEMA, epoch, values.length, new LongLane[] {lane});
    }

    private String printed() {
        String text = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        return text;
    }

    private static final String ONE_ROW = """
            shape: (1, 1)
            ┌───────┐
            │     v │
            │ int64 │
            ╞═══════╡
            │     7 │
            └───────┘
            """;

    @Test
    void aPipeGetsTheLastAnswerAlone() {
        try (var clock = VirtualClock.atEpoch();
                var pipeline = Pipeline.create("test", clock)) {
            DataStream<RecordBatch> source = pipeline.stream(RecordBatch.class);
            source.pipe("show", () -> new ShowOperator(() -> table(7), target, false));
            pipeline.start();
            clock.advance(Duration.ofSeconds(10));
            assertThat(printed()).isEmpty();
            source.end();
            assertThat(printed()).isEqualTo(ONE_ROW);
        }
    }

    @Test
    void aTerminalGetsEachChangeInItsPlace() {
        try (var clock = VirtualClock.atEpoch();
                var pipeline = Pipeline.create("test", clock)) {
            DataStream<RecordBatch> source = pipeline.stream(RecordBatch.class);
            source.pipe("show", () -> new ShowOperator(() -> table(7), target, true));
            pipeline.start();
            clock.advance(Duration.ofMillis(500));
            assertThat(printed()).isEqualTo(ONE_ROW);
            clock.advance(Duration.ofSeconds(5));
            assertThat(printed()).as("nothing has changed").isEmpty();
            epoch = 1;
            clock.advance(Duration.ofMillis(500));
            assertThat(printed()).isEqualTo("\u001b[7A\u001b[J" + ONE_ROW);
            source.end();
            assertThat(printed()).isEqualTo("\u001b[7A\u001b[J" + ONE_ROW);
        }
    }

    @Test
    void onlyTheNewestRowsOfAFrameAreKept() {
        NewestRows newest = new NewestRows(SCHEMA);
        for (long[] values : new long[][] {{1, 2, 3}, {}, {4}, new long[17], {5, 6}}) {
            LongLane lane = new LongLane();
            lane.reset(values.length);
            System.arraycopy(values, 0, lane.values(), 0, values.length);
            try (RecordBatch batch = RecordBatch.of(SCHEMA, lane)) {
                newest.accept(batch);
            }
        }
        Table table = newest.table();
        assertThat(table.rows()).isEqualTo(20);
        assertThat(table.int64(0, "v")).isEqualTo(4);
        assertThat(table.int64(19, "v")).isEqualTo(6);
    }
}
