package io.streamz.blackbox.frames;

import static io.streamz.frames.ChangeColumn.OP;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.core.VirtualClock;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Row;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.Trigger;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Live tables made of live tables: a view equals what the rows of the table give, and the changes add up to it. */
@ExtendWith(EmptyAllocator.class)
class LiveTablesTest {
    record Trade(String k, Long v, long i) {}

    private static final int TRIES = 40;
    private static final int BATCHES = 25;

    private static LiveTable base(StreamFrame f) {
        return f.groupBy("k").agg("sum(v) as s, count() as n, last(i) as i");
    }

    /** What is made of the base table, and whether its keys tell rows apart. */
    private static final Map<String, UnaryOperator<LiveTable>> TABLES = new TreeMap<>(Map.of(
            "filter", t -> t.filter("s > 10"),
            "filter that comes and goes", t -> t.filter("i % 2 = 0").filter("s > 3"),
            "assign", t -> t.assign("w", "s * 2").drop("n").rename("i", "j"),
            "sort", t -> t.sort("s desc", "k"),
            "head", t -> t.sort("s desc").head(3),
            "head of a filter", t -> t.filter("i % 2 = 0").nSmallest(2, "s"),
            "regroup", t -> t.groupBy("i").agg("sum(s) as total, count() as c, max(s) as m, mean(n) as q"),
            "regroup of a filter", t -> t.filter("s > 5").groupBy("i").agg("count() as c, min(k) as least"),
            "reduce", t -> t.filter("i > 0").agg("sum(s) as total, count() as c, max(n) as m"),
            "filter of a regroup",
                    t -> t.groupBy("i")
                            .agg("sum(s) as total")
                            .filter("total > 10")
                            .assign("t", "total + 1")));

    @Test
    void changesAddUpToTheView() {
        TABLES.forEach((name, made) -> {
            for (int seed = 0; seed < TRIES; seed++) {
                follow(name, made, new Random(seed));
            }
        });
    }

    /** Feeds batches of several rows, and compares after each. */
    private static void follow(String name, UnaryOperator<LiveTable> made, Random random) {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class).flushEvery(3, Duration.ofDays(1));
            LiveTable table = made.apply(base(input.frame()));
            View view = table.view();
            Map<List<Object>, Row> replayed = new LinkedHashMap<>();
            List<String> keys = table.keys();
            table.changes(OP).sink(row -> replay(name, keys, row, replayed));
            pipeline.start();
            for (int batch = 0; batch < BATCHES; batch++) {
                for (int row = 0; row < 3; row++) {
                    input.emit(trade(random));
                }
                assertThat(texts(replayed.values(), true))
                        .as("%s after batch %d", name, batch)
                        .isEqualTo(texts(view.now().toRows(), false));
            }
        }
    }

    private static Trade trade(Random random) {
        String key = random.nextInt(9) == 0 ? null : "k" + random.nextInt(7);
        return new Trade(key, random.nextInt(9) == 0 ? null : (long) random.nextInt(9) - 3, random.nextInt(3));
    }

    private static void replay(String name, List<String> keys, Row row, Map<List<Object>, Row> into) {
        List<Object> key = keys.stream().map(row::value).toList().isEmpty() ? List.of() : values(row, keys);
        boolean there = into.containsKey(key);
        switch (row.text("op")) {
            case "insert" -> assertThat(there).as("%s inserts %s", name, row).isFalse();
            case "update" -> assertThat(there).as("%s updates %s", name, row).isTrue();
            default -> {
                assertThat(there).as("%s deletes %s", name, row).isTrue();
                into.remove(key);
                return;
            }
        }
        into.put(key, row);
    }

    private static List<Object> values(Row row, List<String> columns) {
        List<Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(row.value(column)));
        return values;
    }

    private static Set<String> texts(Collection<Row> rows, boolean skipFirst) {
        TreeSet<String> texts = new TreeSet<>();
        for (Row row : rows) {
            List<String> names = row.schema().names();
            texts.add(values(row, skipFirst ? names.subList(1, names.size()) : names)
                    .toString());
        }
        return texts;
    }

    /** A second group-by equals the same group-by over the rows that the first one has now. */
    @Test
    void aSecondGroupByIsRightUnderUpdates() {
        for (int seed = 0; seed < TRIES; seed++) {
            Random random = new Random(100 + seed);
            try (var pipeline = Pipeline.create("test")) {
                var input = pipeline.input(Trade.class);
                LiveTable table = base(input.frame());
                String aggregates =
                        "count() as c, sum(s) as total, mean(s) as q, max(s) as m, median(n) as d, first(k) as f";
                View first = table.view();
                View second = table.groupBy("i").agg(aggregates).view();
                table.groupBy("i").agg(aggregates).changes().sink(row -> {});
                var held = table.groupBy("i").agg(aggregates);
                View followed = held.view();
                held.changes().sink(row -> {});
                pipeline.start();
                for (int row = 0; row < 60; row++) {
                    input.emit(trade(random));
                    TableBuilder now = frame("k", "s", "n", "i");
                    first.now().toRows().forEach(r -> now.row(r.value("k"), r.value("s"), r.value("n"), r.value("i")));
                    Table expected = run(now, f -> f.groupBy("i").agg(aggregates));
                    assertThat(texts(second.now().toRows(), false))
                            .as("seed %d row %d", seed, row)
                            .isEqualTo(texts(expected.toRows(), false));
                    assertThat(texts(followed.now().toRows(), false)).isEqualTo(texts(expected.toRows(), false));
                }
            }
        }
    }

    @Test
    void answersAreCombinedByKey() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            LiveTable all = input.frame().groupBy("k").agg("sum(v) as s, count() as n");
            LiveTable some = input.frame().filter("i = 1").groupBy("k").agg("sum(v) as s");
            View share = some.div(all).view();
            View beside = all.beside(some, "_1").sort("k").view();
            Map<List<Object>, Row> replayed = new LinkedHashMap<>();
            all.beside(some, "_1").changes(OP).sink(row -> replay("beside", List.of("k"), row, replayed));
            pipeline.start();
            input.emit(new Trade("a", 4L, 1));
            input.emit(new Trade("a", 12L, 0));
            input.emit(new Trade("b", 1L, 0));
            assertThat(share.now().toRows()).hasToString("[{k=a, s=0.25}]");
            assertThat(texts(replayed.values(), true))
                    .isEqualTo(texts(beside.now().toRows(), false));
            assertThat(beside.now().isNull(1, "s_1")).isTrue();
            Random random = new Random(3);
            for (int row = 0; row < 200; row++) {
                input.emit(trade(random));
                assertThat(texts(replayed.values(), true))
                        .isEqualTo(texts(beside.now().toRows(), false));
            }
            assertThatThrownBy(() -> all.beside(input.frame().groupBy("i").agg("count()"), "_1"))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("different keys");
        }
    }

    @Test
    void equalRowsStandByTheirOtherColumns() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            LiveTable top =
                    input.frame().groupBy("k").agg("sum(v) as s").sort("s desc").head(2);
            View view = top.view();
            List<String> changes = new ArrayList<>();
            top.changes(OP).sink(row -> changes.add(row.text("op") + " " + row.text("k") + " " + row.value("s")));
            pipeline.start();
            for (String key : List.of("a", "b", "c")) {
                input.emit(new Trade(key, 1L, 0));
            }
            assertThat(view.now().toRows().stream().map(row -> row.text("k"))).containsExactly("a", "b");
            input.emit(new Trade("c", 1L, 0));
            assertThat(view.now().toRows().stream().map(row -> row.text("k"))).containsExactly("c", "a");
            assertThat(changes).containsExactly("insert a 1", "insert b 1", "delete b null", "insert c 2");
        }
    }

    @Test
    void changesAreToldFromTimeToTime() {
        VirtualClock clock = VirtualClock.atEpoch();
        List<String> timed = new ArrayList<>();
        List<String> counted = new ArrayList<>();
        List<String> once = new ArrayList<>();
        try (var pipeline = Pipeline.create("test", clock)) {
            var input = pipeline.input(Trade.class);
            LiveTable table = input.frame().groupBy("k").agg("sum(v) as s");
            tell(table.trigger(Trigger.every("5s")), timed);
            tell(table.trigger(Trigger.rows(2)), counted);
            tell(table.trigger(Trigger.once()), once);
            pipeline.start();
            input.emit(new Trade("a", 1L, 0));
            input.emit(new Trade("a", 2L, 0));
            assertThat(timed).isEmpty();
            assertThat(counted).containsExactly("insert a 3");
            clock.advance(Duration.ofSeconds(5));
            assertThat(timed).containsExactly("insert a 3");
            input.emit(new Trade("a", 4L, 0));
            input.emit(new Trade("b", 1L, 0));
            input.emit(new Trade("a", -4L, 0));
            clock.advance(Duration.ofSeconds(5));
            // What came back to where it was is not told.
            assertThat(timed).containsExactly("insert a 3", "insert b 1");
            assertThat(once).isEmpty();
            input.end();
        }
        assertThat(once).containsExactly("insert a 3", "insert b 1");
        assertThat(counted).containsExactly("insert a 3", "update a 7", "insert b 1", "update a 3");
    }

    record Timed(String k, Long v, Instant t) {}

    /** Batches that do not move event time on tell nothing; the one that does tells the last of each row. */
    @Test
    void changesAreToldWhenEventTimeMovesOn() {
        List<String> told = new ArrayList<>();
        List<String> filtered = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Timed.class);
            LiveTable table = input.frame()
                    .eventTime("t")
                    .outOfOrder("2s")
                    .filter("k <> 'x'")
                    .groupBy("k")
                    .agg("sum(v) as s");
            tell(table.trigger(Trigger.onWatermark()), told);
            tell(table.filter("s > 3").sort("s").trigger(Trigger.onWatermark()), filtered);
            pipeline.start();
            input.emit(new Timed("a", 1L, Instant.ofEpochSecond(10)));
            assertThat(told).containsExactly("insert a 1");
            input.emit(new Timed("a", 2L, Instant.ofEpochSecond(9)));
            input.emit(new Timed("b", 4L, Instant.ofEpochSecond(10)));
            assertThat(told).hasSize(1);
            assertThat(filtered).isEmpty();
            // A row that is left out moves event time on, too.
            input.emit(new Timed("x", 4L, Instant.ofEpochSecond(11)));
            assertThat(told).containsExactly("insert a 1", "update a 3", "insert b 4");
            assertThat(filtered).containsExactly("insert b 4");
            assertThatThrownBy(() -> input.frame().groupBy("k").agg("count()").trigger(Trigger.onWatermark()))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("onWatermark()")
                    .hasMessageContaining("eventTime");
            input.emit(new Timed("b", -4L, Instant.ofEpochSecond(8)));
            input.end();
        }
        assertThat(told).containsExactly("insert a 1", "update a 3", "insert b 4", "update b 0");
        assertThat(filtered).containsExactly("insert b 4", "delete b null");
    }

    private static void tell(LiveTable table, List<String> into) {
        table.changes(OP).sink(row -> into.add(row.text("op") + " " + row.text("k") + " " + row.value("s")));
    }

    @Test
    void aSlowReaderSeesTheLastOfEach() throws Exception {
        List<Table> seen = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            LiveTable table = input.frame().groupBy("k").agg("sum(v) as s");
            table.conflated().sink(seen::add);
            View view = table.view();
            pipeline.start();
            for (int i = 0; i < 1000; i++) {
                input.emit(new Trade("k" + i % 3, 1L, 0));
            }
            input.end();
            pipeline.done().toCompletableFuture().get();
            Map<List<Object>, Row> replayed = new LinkedHashMap<>();
            seen.forEach(changes -> changes.toRows().forEach(row -> replay("slow", List.of("k"), row, replayed)));
            assertThat(texts(replayed.values(), true))
                    .isEqualTo(texts(view.now().toRows(), false));
            assertThat(seen.size()).isLessThanOrEqualTo(1000);
        }
    }

    @Test
    void valuesAreCounted() {
        Table counts = run(frame("k").row("a").row("b").row("b").row((Object) null), f -> f.valueCounts("k"));
        assertThat(counts.toRows().stream().map(row -> row.value("count"))).containsExactly(2L, 1L, 1L);
        assertThat(counts.text(0, "k")).isEqualTo("b");
    }
}
