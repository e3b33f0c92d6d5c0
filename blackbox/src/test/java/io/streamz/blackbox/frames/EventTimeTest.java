package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.tumbling;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.StreamException;
import io.streamz.core.VirtualClock;
import io.streamz.frames.BadRows;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reject;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Event time is declared once and goes on, row by row, whatever batches do. */
@ExtendWith(EmptyAllocator.class)
class EventTimeTest {
    private static final int ROWS = 200;
    private static final Instant T0 = Instant.parse("2024-01-01T00:00:00Z");

    private static TableBuilder times(Object... seconds) {
        TableBuilder rows = frame("time", "n");
        int n = 0;
        for (Object second : seconds) {
            rows.row(second == null ? null : T0.plusSeconds((int) second), n++);
        }
        return rows;
    }

    @Test
    void watermarksGoRowByRowThroughStepsThatDropRows() {
        for (int bound : new int[] {0, 5}) {
            Events events = Events.random(new Random(1), ROWS, 9);
            long[] expected = events.watermarks(bound);
            Random random = new Random(2);
            for (int i = 0; i < 100; i++) {
                int[] cuts = Cuts.of(random, ROWS);
                List<Long> seen = new ArrayList<>();
                List<Long> wanted = new ArrayList<>();
                try (var pipeline = Pipeline.create("test")) {
                    pipeline.read(events.table().source("rows", cuts))
                            .eventTime("time")
                            .outOfOrder(bound + "s")
                            .filter("i > 20")
                            .assign("w", "v * 2")
                            .rename("time", "when")
                            .drop("k")
                            .sinkBatches(batch -> {
                                long[] before = batch.watermarks().values();
                                for (int row = 0; row < batch.rows(); row++) {
                                    seen.add(before[row]);
                                }
                            });
                    pipeline.run();
                }
                events.list().stream()
                        .filter(event -> event.i() != null && event.i() > 20)
                        .forEach(event ->
                                wanted.add(event.row() == 0 ? Long.MIN_VALUE : expected[event.row()] * 1_000_000_000));
                assertThat(seen).as("cut at %s", Arrays.toString(cuts)).isEqualTo(wanted);
            }
        }
    }

    @Test
    void rowsComeInOrderAndLateOnesApart() {
        for (int bound : new int[] {0, 4}) {
            Events events = Events.random(new Random(3), ROWS, 9);
            List<Long> order = new ArrayList<>();
            List<Long> late = new ArrayList<>();
            try (var pipeline = Pipeline.create("test")) {
                StreamFrame ordered = pipeline.read(events.table().source("rows"))
                        .eventTime("time")
                        .outOfOrder(bound + "s")
                        .inOrder();
                ordered.select("n").sink(row -> order.add(row.int64("n")));
                ordered.late().select("n").sink(row -> late.add(row.int64("n")));
                pipeline.run();
                assertThat(ordered.explain()).contains("rows in 200, out " + order.size() + ", late " + late.size());
            }
            List<Long> expected = events.inOrder(bound).stream()
                    .map(event -> (long) event.row())
                    .toList();
            assertThat(order).isEqualTo(expected);
            assertThat(late).hasSize(ROWS - expected.size()).isSorted().doesNotContainAnyElementsOf(expected);
            Cuts.never(
                    "in order",
                    events.table(),
                    ROWS,
                    5,
                    f -> f.eventTime("time").outOfOrder(bound + "s").inOrder());
            Cuts.never(
                    "late",
                    events.table(),
                    ROWS,
                    6,
                    f -> f.eventTime("time").outOfOrder(bound + "s").inOrder().late());
        }
    }

    @Test
    void watermarksBehindTheOrderDoNotShowCuts() {
        Events events = Events.random(new Random(7), ROWS, 9);
        Random random = new Random(8);
        List<Long> whole = watermarksInOrder(events);
        for (int i = 0; i < 100; i++) {
            assertThat(watermarksInOrder(events, Cuts.of(random, ROWS))).isEqualTo(whole);
        }
    }

    private static List<Long> watermarksInOrder(Events events, int... cuts) {
        List<Long> seen = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            pipeline.read(events.table().source("rows", cuts))
                    .eventTime("time")
                    .outOfOrder("4s")
                    .inOrder()
                    .sinkBatches(batch -> {
                        for (int row = 0; row < batch.rows(); row++) {
                            seen.add(batch.watermarks().values()[row]);
                        }
                    });
            pipeline.run();
        }
        return seen;
    }

    @Test
    void aWatermarkOfOnesOwnIsTheLargestValueOfAnExpression() {
        TableBuilder rows = frame("time", "sent")
                .row(T0, T0)
                .row(T0.plusSeconds(9), null)
                .row(T0.plusSeconds(5), T0.plusSeconds(6))
                .row(T0.plusSeconds(5), null);
        assertTable(
                rows(rows, f -> f.eventTime("time").watermark("sent").inOrder()),
                frame("time", "sent")
                        .row(T0, T0)
                        .row(T0.plusSeconds(5), T0.plusSeconds(6))
                        .row(T0.plusSeconds(9), null));
    }

    @Test
    void aRowWithoutATimeIsABadRow() {
        TableBuilder rows = times(1, null, 2);
        assertThatThrownBy(() -> rows(rows, f -> f.eventTime("time")))
                .isInstanceOfAny(DataException.class, StreamException.class)
                .hasMessageContaining("time is null at row 2 of the input: a row without event time");
        List<Reject> rejects = new ArrayList<>();
        List<Long> kept = new ArrayList<>();
        try (var pipeline = Pipeline.create("test").badRows(BadRows.SKIP).onReject(rejects::add)) {
            StreamFrame timed = pipeline.read(rows.source("rows")).eventTime("time");
            timed.sink(row -> kept.add(row.int64("n")));
            pipeline.run();
            assertThat(timed.explain()).contains("rows in 3, out 2, rejected 1");
        }
        assertThat(kept).containsExactly(0L, 2L);
        assertThat(rejects).hasSize(1);
        assertThat(rejects.get(0).column()).isEqualTo("time");
    }

    @Test
    void explainTellsTheBoundAndTheWatermark() {
        try (var pipeline = Pipeline.create("test")) {
            StreamFrame timed = pipeline.read(times(0, 60, 30).source("rows"))
                    .eventTime("time")
                    .outOfOrder("10s")
                    .filter("n >= 0");
            assertThat(pipeline.read(times(1).source("plain")).eventTime("time").explain())
                    .contains("eventTime(time).outOfOrder(0s)");
            timed.sink(row -> {});
            pipeline.run();
            assertThat(timed.explain())
                    .contains("eventTime(time).outOfOrder(10s)")
                    .contains("watermark 2024-01-01T00:00:50Z");
        }
    }

    record Reading(Instant time, long n) {}

    @Test
    void whyThereIsNoOutputIsSaidInOneSentence() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Reading.class);
            StreamFrame timed = input.frame().eventTime("time").outOfOrder("10s");
            StreamFrame kept = timed.filter("n > 5");
            StreamFrame ordered = timed.inOrder();
            StreamFrame panes = timed.window(tumbling("1m")).agg("count()");
            assertThat(kept.whyNoOutput()).contains("does not run: attach a sink or a view");
            List.of(kept, ordered, panes).forEach(frame -> frame.sink(row -> {}));
            pipeline.start();
            assertThat(panes.whyNoOutput()).isEqualTo("no row has come to Reading yet");
            input.emit(new Reading(T0.plusSeconds(30), 1));
            assertThat(kept.whyNoOutput()).isEqualTo("filter(n > 5) has taken 1 row and let none through");
            assertThat(ordered.whyNoOutput())
                    .isEqualTo("inOrder(time) holds 1 row until the watermark reaches them; it stands at"
                            + " 2024-01-01T00:00:20Z");
            assertThat(panes.whyNoOutput())
                    .startsWith("window(tumbling(1m)).agg(count()) holds 1 row in open windows, which answer when")
                    .endsWith("it stands at 2024-01-01T00:00:20Z");
            input.emit(new Reading(T0.plusSeconds(90), 7));
            assertThat(List.of(kept, ordered, panes))
                    .allSatisfy(frame -> assertThat(frame.whyNoOutput()).matches("1 row out of .* so far"));
        }
    }

    /** A silent input tells so once, when its source has nothing more; what it tells has no rows. */
    @Test
    void aSilentInputTellsThatItIsIdle() {
        List<Integer> sizes = new ArrayList<>();
        try (var clock = VirtualClock.atEpoch();
                var pipeline = Pipeline.create("test", clock)) {
            var input = pipeline.input(Reading.class);
            input.frame().eventTime("time").idleAfter("30s").sinkBatches(batch -> sizes.add(batch.rows()));
            pipeline.start();
            input.emit(new Reading(T0, 1));
            clock.advance(Duration.ofSeconds(20));
            input.emit(new Reading(T0, 2));
            clock.advance(Duration.ofSeconds(20));
            assertThat(sizes).containsExactly(1, 1);
            clock.advance(Duration.ofSeconds(20));
            assertThat(sizes).containsExactly(1, 1, 0);
            clock.advance(Duration.ofSeconds(90));
            assertThat(sizes).containsExactly(1, 1, 0);
        }
    }

    @Test
    void mistakesAreToldWhereTheyAreWritten() {
        rows(times(1), f -> {
            wrong(() -> f.eventTime("tim"), "no column 'tim'", "did you mean 'time'?");
            wrong(() -> f.eventTime("n"), "event time is a timestamp or a date, but n is int64", "time");
            wrong(() -> f.outOfOrder("5s"), "outOfOrder stands directly behind eventTime");
            wrong(() -> f.eventTime("time").outOfOrder("five"), "'five', which is no length of time", "500ms");
            wrong(() -> f.eventTime("time").outOfOrder("-5s"), "0s or more");
            wrong(() -> f.eventTime("time").outOfOrder("5s").watermark("time"), "say one of them");
            wrong(() -> f.eventTime("time").watermark("n"), "a watermark is of the type of time");
            wrong(() -> f.eventTime("time").idleAfter("0s"), "a time above zero");
            wrong(() -> f.eventTime("time").late(), "finds rows late");
            wrong(() -> f.inOrder(), "inOrder needs event time, but none is declared", "eventTime(\"time\")");
            wrong(
                    () -> f.eventTime("time").drop("time").inOrder(),
                    "inOrder needs event time, but its column was left out");
            return f;
        });
    }

    private static void wrong(Runnable plan, String... parts) {
        assertThatThrownBy(plan::run)
                .isInstanceOf(PlanException.class)
                .satisfies(error -> assertThat(error + " " + ((PlanException) error).remedy())
                        .contains(parts));
    }
}
