package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.calendar;
import static io.streamz.frames.Frames.hopping;
import static io.streamz.frames.Frames.hoppingRows;
import static io.streamz.frames.Frames.session;
import static io.streamz.frames.Frames.tumbling;
import static io.streamz.frames.Frames.tumblingRows;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.blackbox.frames.Events.Event;
import io.streamz.core.PlanException;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Row;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Final answers over intervals, once, against plain recomputation, and however rows were cut. */
@ExtendWith(EmptyAllocator.class)
class PanesTest {
    private static final int ROWS = 160;
    private static final String AGGREGATES = "count(), sum(v), max(i), std(v), first(v), last(k), nunique(i)";
    private static final Map<String, Function<StreamFrame, StreamFrame>> PLANS = Map.of(
            "tumbling", f -> f.window(tumbling("10s").on("time")).agg(AGGREGATES),
            "tumbling late",
                    f -> timed(f).window(tumbling("10s").offset("3s").allowedLateness("4s"))
                            .groupBy("k")
                            .agg(AGGREGATES),
            "late rows",
                    f -> timed(f).window(tumbling("5s"))
                            .groupBy("k", "i")
                            .agg("count()")
                            .late(),
            "hopping",
                    f -> timed(f).filter("i > 4")
                            .window(hopping("12s", "4s"))
                            .groupBy("k")
                            .agg(AGGREGATES),
            "hopping early",
                    f -> timed(f).window(hopping("12s", "6s").early("5s"))
                            .groupBy("k")
                            .agg(AGGREGATES),
            "session",
                    f -> timed(f).groupBy("k")
                            .window(session("4s").allowedLateness("2s"))
                            .agg(AGGREGATES),
            "session at most",
                    f -> timed(f).groupBy("k")
                            .dropNullKeys()
                            .window(session("6s").atMost("20s"))
                            .agg(AGGREGATES),
            "calendar",
                    f -> timed(f).window(calendar("day").zone("Asia/Kolkata"))
                            .groupBy("k")
                            .agg(AGGREGATES),
            "rows", f -> f.window(tumblingRows(7)).groupBy("k").agg(AGGREGATES),
            "hopping rows", f -> f.window(hoppingRows(9, 3)).agg(AGGREGATES));

    private static StreamFrame timed(StreamFrame frame) {
        return frame.eventTime("time").outOfOrder("3s");
    }

    @Test
    void cutsNeverShow() {
        PLANS.forEach((name, plan) ->
                Cuts.never(name, Events.random(new Random(1), ROWS, 9).table(), ROWS, 2, plan));
    }

    @Test
    void aTumblingPaneIsItsRowsThatWereNotLate() {
        for (long lateness : new long[] {0, 4}) {
            Events events = Events.random(new Random(3), ROWS, 12);
            List<Row> late = new ArrayList<>();
            List<Table> parts = new ArrayList<>();
            try (var pipeline = Pipeline.create("test")) {
                StreamFrame answers = timed(pipeline.read(events.table().source("rows", 10, 60)))
                        .window(tumbling("10s").allowedLateness(lateness + "s"))
                        .groupBy("k")
                        .agg("count(), sum(i) as s");
                answers.sinkBatches(batch -> parts.add(Table.of(batch)));
                answers.late().sink(late::add);
                pipeline.run();
                assertThat(answers.explain()).contains("late " + late.size()).contains("held " + (ROWS - late.size()));
            }
            long[] watermarks = events.watermarks(3);
            Map<String, long[]> expected = new TreeMap<>();
            List<Long> expectedLate = new ArrayList<>();
            for (Event event : events.list()) {
                long start = Math.floorDiv(event.time(), 10) * 10;
                if (watermarks[event.row()] != Long.MIN_VALUE && start + 10 + lateness <= watermarks[event.row()]) {
                    expectedLate.add((long) event.row());
                } else {
                    long[] sums = expected.computeIfAbsent(start + " " + event.k(), key -> new long[2]);
                    sums[0]++;
                    sums[1] += event.i() == null ? 0 : event.i();
                }
            }
            Map<String, long[]> given = new TreeMap<>();
            long last = Long.MIN_VALUE;
            for (Table part : parts) {
                for (Row row : part.toRows()) {
                    long start = ((Instant) row.value("window_start")).getEpochSecond();
                    assertThat(row.value("window_end")).isEqualTo(Instant.ofEpochSecond(start + 10));
                    assertThat(start).isGreaterThanOrEqualTo(last);
                    last = start;
                    assertThat(given.put(start + " " + row.value("k"), new long[] {row.int64("count"), row.int64("s")}))
                            .as("given once")
                            .isNull();
                }
            }
            assertThat(given.keySet()).isEqualTo(expected.keySet());
            expected.forEach((pane, sums) -> assertThat(given.get(pane)).isEqualTo(sums));
            assertThat(late.stream().map(row -> row.int64("n")).toList())
                    .isEqualTo(expectedLate)
                    .isNotEmpty();
        }
    }

    @Test
    void sessionsJoinOverADistanceOfTheGap() {
        TableBuilder in = frame("k", "time");
        for (int second : new int[] {0, 5, 10, 16, 30}) {
            in.row("a", Instant.ofEpochSecond(second));
        }
        assertTable(
                rows(
                        in,
                        f -> f.eventTime("time")
                                .groupBy("k")
                                .window(session("5s"))
                                .agg("count()")),
                frame("window_start", "window_end", "k", "count")
                        .row(Instant.ofEpochSecond(0), Instant.ofEpochSecond(15), "a", 3)
                        .row(Instant.ofEpochSecond(16), Instant.ofEpochSecond(21), "a", 1)
                        .row(Instant.ofEpochSecond(30), Instant.ofEpochSecond(35), "a", 1));
    }

    @Test
    void daysOfAZoneAreRightWhenClocksChange() {
        TableBuilder in = frame("time")
                .row(Instant.parse("2024-03-30T23:30:00Z"))
                .row(Instant.parse("2024-03-31T21:59:59Z"))
                .row(Instant.parse("2024-03-31T22:00:00Z"));
        assertTable(
                rows(
                        in,
                        f -> f.window(calendar("day").zone("Europe/Berlin").on("time"))
                                .agg("count()")),
                frame("window_start", "window_end", "count")
                        .row(Instant.parse("2024-03-30T23:00:00Z"), Instant.parse("2024-03-31T22:00:00Z"), 2)
                        .row(Instant.parse("2024-03-31T22:00:00Z"), Instant.parse("2024-04-01T22:00:00Z"), 1));
        TableBuilder dates = frame("d", "v").row(LocalDate.of(2024, 1, 31), 1).row(LocalDate.of(2024, 2, 29), 2);
        assertTable(
                rows(dates, f -> f.window(calendar("month").on("d")).agg("sum(v)")),
                frame("window_start", "window_end", "v_sum")
                        .row(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 2, 1), 1)
                        .row(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 3, 1), 2));
    }

    @Test
    void earlyAnswersAreToldFromFinalOnes() {
        TableBuilder in = frame("time", "v");
        for (int second = 0; second < 25; second++) {
            in.row(Instant.ofEpochSecond(second), 1);
        }
        Table table =
                rows(in, f -> f.window(tumbling("20s").on("time").early("5s")).agg("sum(v)"));
        List<String> given = table.toRows().stream()
                .map(row -> row.value("window_start") + " " + row.value("window_final") + " " + row.value("v_sum"))
                .toList();
        assertThat(given).contains("1970-01-01T00:00:00Z true 20", "1970-01-01T00:00:20Z true 5");
        assertThat(given.stream().filter(row -> row.contains(" true ")).count()).isEqualTo(2);
        assertThat(given.stream().filter(row -> row.contains(" false ")).count())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void rowPanesAreByKeyAndTheEndGivesTheRest() {
        TableBuilder in = frame("k", "v");
        for (int row = 0; row < 7; row++) {
            in.row(row % 3 == 0 ? "b" : "a", row);
        }
        assertTable(
                rows(in, f -> f.window(tumblingRows(3)).groupBy("k").agg("sum(v)")),
                frame("window_start", "window_end", "k", "v_sum")
                        .row(0, 3, "a", 7)
                        .row(0, 3, "b", 9)
                        .row(3, 4, "a", 5));
    }

    @Test
    void mistakesAreToldWhereTheyAreWritten() {
        rows(frame("k", "v", "d").row("a", 1.0, LocalDate.of(2024, 1, 1)), f -> {
            wrong(() -> f.window(tumbling("1m")).agg("count()"), "needs event time, but none is declared");
            wrong(() -> tumbling("0s"), "a time above zero");
            wrong(() -> hopping("1m", "2m"), "the slide is at most the size");
            wrong(() -> calendar("fortnight"), "no period 'fortnight'", "day, week");
            wrong(() -> calendar("day").zone("Mars"), "no zone 'Mars'");
            wrong(() -> tumbling("1m").zone("UTC"), "zone is for calendar");
            wrong(() -> session("1m").offset("1s"), "offset is for tumbling and hopping");
            wrong(() -> tumblingRows(3).on("d"), "counts rows");
            wrong(() -> tumblingRows(0), "panes of 0 rows");
            wrong(() -> f.window(tumbling("1h").on("d")).agg("count()"), "1h is no whole number of the units", "1d");
            wrong(() -> f.window(tumbling("1d").on("v")).agg("count()"), "event time is a timestamp or a date");
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
