package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.Health;
import io.streamz.core.VirtualClock;
import io.streamz.frames.BadRows;
import io.streamz.frames.FrameProgress;
import io.streamz.frames.Frames;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StepMetrics;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xml.sax.InputSource;

/** What a pipeline tells of itself: each step's rows add up, progress is told in order, a picture shows the load. */
@ExtendWith(EmptyAllocator.class)
class ProgressTest {
    record Item(String k, Double v, long i, Instant t) {}

    private static StreamFrame timed(StreamFrame f) {
        return f.eventTime("t").outOfOrder("2s");
    }

    /** Each with a view or a sink at its end. */
    private static final Map<String, Function<StreamFrame, Object>> PLANS = new TreeMap<>(Map.ofEntries(
            Map.entry("filter", f -> f.filter("v > 1").assign("w", "v * 2").sink(row -> {})),
            Map.entry("head", f -> f.head(7).sink(row -> {})),
            Map.entry("explode", f -> f.explode("k", "1").sink(row -> {})),
            Map.entry("distinct", f -> f.distinct("k").sink(row -> {})),
            Map.entry("sample", f -> f.sample(0.5, 1).repartition(7).sink(row -> {})),
            Map.entry("group", f -> f.groupBy("k").agg("sum(v), count()").view()),
            Map.entry(
                    "leaving",
                    f -> f.groupBy("k", "i").maxKeys(3).agg("sum(v)").evicted().sink(row -> {})),
            Map.entry("largest", f -> f.groupBy("k").nLargest(2, "v").view()),
            Map.entry(
                    "described", f -> f.describe().filter("mean > 0").changes().sink(row -> {})),
            Map.entry(
                    "tables",
                    f -> f.groupBy("k")
                            .agg("sum(v) as s, last(i) as i")
                            .filter("s > 3")
                            .groupBy("i")
                            .agg("count()")
                            .sort("count desc")
                            .head(2)
                            .changes()
                            .sink(row -> {})),
            Map.entry("rolling", f -> f.rolling(3).mean("v").cumSum("i").sink(row -> {})),
            Map.entry(
                    "rolling by time",
                    f -> timed(f).groupBy("k").rolling("4s").sum("v").sink(row -> {})),
            Map.entry("in order", f -> timed(f).inOrder().sink(row -> {})),
            Map.entry("late", f -> timed(f).inOrder().late().sink(row -> {})),
            Map.entry(
                    "window",
                    f -> f.window(Frames.time("5s").on("t"))
                            .groupBy("k")
                            .agg("sum(v)")
                            .view()),
            Map.entry(
                    "panes",
                    f -> timed(f).window(Frames.tumbling("5s"))
                            .groupBy("k")
                            .agg("sum(v)")
                            .sink(row -> {})),
            Map.entry(
                    "as of",
                    f -> timed(f).joinAsOf(
                                    f.select("t", "k", "i as j").eventTime("t").outOfOrder("3s"))
                            .by("k")
                            .inner()
                            .sink(row -> {})),
            Map.entry(
                    "interval",
                    f -> timed(f).joinInterval(f.select("t as u", "k", "i as j")
                                    .eventTime("u")
                                    .outOfOrder("3s"))
                            .by("k")
                            .between("-2s", "0s")
                            .left()
                            .sink(row -> {})),
            Map.entry(
                    "table",
                    f -> f.join(f.filter("i = 1").select("k", "i as j"))
                            .on("k")
                            .inner()
                            .sink(row -> {})),
            Map.entry(
                    "latest",
                    f -> f.join(f.groupBy("k").agg("count() as n")).left().sink(row -> {})),
            Map.entry("concat", f -> f.concat(f.filter("i > 0")).sink(row -> {})),
            Map.entry(
                    "without a time",
                    f -> f.assign("u", "case when i > 0 then t end")
                            .eventTime("u")
                            .sink(row -> {}))));

    @Test
    void rowsOfEachStepAddUp() {
        PLANS.forEach((name, plan) -> {
            for (int seed = 0; seed < 10; seed++) {
                Random random = new Random(seed);
                var rows = frame("k", "v", "i", "t");
                rows.row("k", 1.0, 1L, Instant.EPOCH);
                for (int row = 0; row < 60; row++) {
                    rows.row(
                            random.nextInt(7) == 0 ? null : "k" + random.nextInt(4),
                            random.nextInt(7) == 0 ? null : random.nextInt(5) * 1.0,
                            random.nextLong(3),
                            Instant.ofEpochSecond(row + random.nextInt(9)));
                }
                try (var pipeline = Pipeline.create("test").badRows(BadRows.SKIP)) {
                    String at = name + ", seed " + seed;
                    assertThat(plan.apply(pipeline.read(rows.source("rows", 7))))
                            .as(at)
                            .isNotNull();
                    pipeline.run();
                    assertThat(pipeline.steps())
                            .isNotEmpty()
                            .allSatisfy(step -> assertThat(step.balances())
                                    .as("%s: %s", at, step)
                                    .isTrue());
                    assertThat(pipeline.steps().get(0).in()).isEqualTo(name.equals("head") ? 7 : 61);
                }
            }
        });
    }

    @Test
    void progressIsToldInOrder() {
        VirtualClock clock = VirtualClock.atEpoch();
        List<FrameProgress> told = new ArrayList<>();
        try (var pipeline = Pipeline.create("trades", clock)) {
            var input = pipeline.input(Item.class);
            input.frame().eventTime("t").groupBy("k").agg("sum(v)").view();
            pipeline.onProgress("2s", told::add);
            clock.advance(Duration.ofSeconds(2));
            assertThat(told).isEmpty();
            pipeline.start();
            input.emit(new Item("a", 1.0, 1, Instant.ofEpochSecond(5)));
            input.emit(new Item("b\"", 1.0, 1, Instant.ofEpochSecond(7)));
            clock.advance(Duration.ofSeconds(2));
            clock.advance(Duration.ofSeconds(2));
            input.end();
        }
        assertThat(told.stream().map(FrameProgress::event))
                .containsExactly(
                        FrameProgress.Event.STARTED,
                        FrameProgress.Event.PROGRESS,
                        FrameProgress.Event.IDLE,
                        FrameProgress.Event.ENDED);
        assertThat(told.stream().map(FrameProgress::rows)).containsExactly(2L, 2L, 2L, 2L);
        assertThat(told.get(1).rowsPerSecond()).isEqualTo(0.5);
        StepMetrics groups = told.get(1).steps().get(2);
        assertThat(groups.step()).isEqualTo("groupBy(k).agg(sum(v))");
        assertThat(groups.keys()).isEqualTo(2);
        assertThat(groups.held()).isEqualTo(2);
        assertThat(told.get(1).steps().get(1).watermark()).isEqualTo(Instant.ofEpochSecond(7));
        assertThat(told.get(1).json())
                .startsWith(
                        "{\"pipeline\":\"trades\",\"event\":\"progress\",\"time\":\"1970-01-01T00:00:04Z\",\"rows\":2,"
                                + "\"rowsPerSecond\":0.5,\"stateBytes\":")
                .contains("{\"step\":\"groupBy(k).agg(sum(v))\",\"path\":\"Item > eventTime(t)")
                .endsWith("]}");
    }

    @Test
    void aFailureIsTold() {
        List<FrameProgress> told = new ArrayList<>();
        var pipeline = Pipeline.create("test");
        try (pipeline) {
            pipeline.read(frame("i").row(Long.MAX_VALUE).row(1).source("rows"))
                    .assign("j", "i + 1")
                    .sink(row -> {});
            pipeline.onProgress("1s", told::add);
            assertThatThrownBy(pipeline::run).hasMessageContaining("overflow");
        }
        FrameProgress last = told.get(told.size() - 1);
        assertThat(last.event()).isEqualTo(FrameProgress.Event.FAILED);
        assertThat(last.health().state()).isEqualTo(Health.State.FAILED);
        assertThat(last.json()).contains("\"event\":\"failed\"").contains("\"failure\":\"");
    }

    @Test
    void thePictureShowsTheLoad() throws Exception {
        VirtualClock clock = VirtualClock.atEpoch();
        try (var pipeline = Pipeline.create("test", clock)) {
            var rows = pipeline.read(
                    frame("k", "v").row("a", 1.0).row("b", 2.0).row("a", 3.0).source("rows"));
            var sums = rows.filter("v > 1").groupBy("k").agg("sum(v), count(), mean(v)");
            sums.view();
            pipeline.run();
            String svg = sums.graph().svg();
            assertThat(svg).contains(">no samples of busy time: see sampleBusyTime<");
            assertThat(svg)
                    .contains(">rows<", ">3 in<", ">2 in<", ">groupBy(k).agg(sum(v), co\u2026<")
                    .contains("<title>groupBy(k).agg(sum(v), count(), mean(v)): rows in 2, held 2</title>");
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(svg)))
                            .getElementsByTagName("rect")
                            .getLength())
                    .isEqualTo(3);
        }
    }

    @Test
    void aTableThatIsOnlyLookedAtSaysSo() {
        try (var pipeline = Pipeline.create("test")) {
            var sums = pipeline.read(frame("k", "v")
                            .row("a", 1.0)
                            .row("b", 2.0)
                            .row("a", 3.0)
                            .source("rows"))
                    .groupBy("k")
                    .agg("sum(v) as s");
            var some = sums.filter("s > 3").assign("t", "s * 2");
            var none = sums.filter("s > 9");
            var told = sums.filter("s > 2").select("s");
            var view = some.view();
            none.view();
            told.changes().sink(row -> {});
            pipeline.run();
            assertThat(view.now().rows()).isEqualTo(1);
            assertThat(some.explain())
                    .containsPattern(
                            "filter\\(s > 3\\)  \\[one bit per row of the table, \\d+ bytes; made when it is looked at]")
                    .contains("assign(t = s * 2)  [no state; made when it is looked at]")
                    .doesNotContain("rows in 0");
            assertThat(some.whyNoOutput()).isEqualTo("1 row out of assign(t = s * 2) so far");
            assertThat(none.whyNoOutput()).isEqualTo("filter(s > 9) lets no row through as the table stands");
            assertThat(told.explain()).contains("select(s)  [no state; rows in 1, out 1]");
        }
    }

    @Test
    void aJoinStandsWhereTheSlowerSideDoes() {
        try (var pipeline = Pipeline.create("test")) {
            var left = pipeline.input(Item.class);
            var right = pipeline.input(Item.class);
            var joined = left.frame()
                    .eventTime("t")
                    .joinAsOf(right.frame().select("t", "k", "v as w").eventTime("t"))
                    .by("k")
                    .left();
            joined.sink(row -> {});
            pipeline.start();
            left.emit(new Item("a", 1.0, 1, Instant.ofEpochSecond(60)));
            right.emit(new Item("a", 1.0, 1, Instant.ofEpochSecond(50)));
            assertThat(joined.explain().lines().reduce((first, last) -> last).orElseThrow())
                    .contains("joinAsOf")
                    .contains("watermark 1970-01-01T00:00:50Z");
            right.emit(new Item("a", 1.0, 1, Instant.ofEpochSecond(90)));
            assertThat(joined.explain().lines().reduce((first, last) -> last).orElseThrow())
                    .contains("watermark 1970-01-01T00:01:00Z");
        }
    }
}
