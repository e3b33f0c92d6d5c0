package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rowsCut;
import static io.streamz.test.Tables.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.frames.Frames;
import io.streamz.frames.Join;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.Trigger;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An answer joined back to the rows that it is made of: each row has it as the rows up to that one leave it. */
@ExtendWith(EmptyAllocator.class)
class AsOfEachRowTest {
    private static final int ROWS = 50;

    /** Tables by k, of rows k, v, i, t. */
    private static final Map<String, Function<StreamFrame, LiveTable>> TABLES = new TreeMap<>(Map.ofEntries(
            Map.entry("groups", f -> f.groupBy("k").agg("sum(v) as s, mean(v) as m, count() as n")),
            Map.entry("groups of some rows", f -> f.filter("i > 2").groupBy("k").agg("median(v) as s, count() as n")),
            Map.entry(
                    "groups behind a step",
                    f -> f.cumSum("i").assign("w", "v * i_cumSum").groupBy("k").agg("sum(w) as s, max(i_cumSum) as n")),
            Map.entry(
                    "some groups",
                    f -> f.groupBy("k").agg("sum(v) as s, count() as n").filter("n % 3 <> 1")),
            Map.entry(
                    "columns of groups",
                    f -> f.groupBy("k").agg("sum(v) as s, count() as n").select("k", "s / n as s")),
            Map.entry("last rows", f -> f.window(Frames.rows(7)).groupBy("k").agg("sum(v) as s, count() as n")),
            Map.entry(
                    "last rows of each",
                    f -> f.groupBy("k").window(Frames.rows(2)).agg("sum(v) as s")),
            Map.entry(
                    "last seconds",
                    f -> f.window(Frames.time("5s").on("t")).groupBy("k").agg("sum(v) as s, count() as n")),
            Map.entry("two keys", f -> f.groupBy("k", "i").agg("count() as n")),
            Map.entry(
                    "first groups",
                    f -> f.groupBy("k")
                            .agg("count() as n, sum(v) as s")
                            .sort("n desc")
                            .head(2)),
            Map.entry(
                    "groups of groups",
                    f -> f.groupBy("k", "i").agg("count() as n").groupBy("k").agg("max(n) as n, count() as groups")),
            Map.entry(
                    "from time to time", f -> f.groupBy("k").agg("count() as n").trigger(Trigger.rows(3))),
            Map.entry(
                    "beside",
                    f -> f.filter("i > 2")
                            .groupBy("k")
                            .agg("count() as n")
                            .beside(f.groupBy("k").agg("sum(v) as s"), "_all"))));

    private record Left(Function<StreamFrame, StreamFrame> steps, Predicate<Object[]> stays) {}

    private static final Map<String, Left> LEFT = Map.of(
            "all rows", new Left(f -> f, row -> true),
            "some rows", new Left(f -> f.filter("i % 2 = 0"), row -> (long) row[2] % 2 == 0),
            "rows with steps",
                    new Left(f -> f.filter("i > 2").assign("x", "i + 1").drop("x"), row -> (long) row[2] > 2));

    private static List<Object[]> rows(Random random) {
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(new Object[] {
                random.nextInt(9) == 0 ? null : "key " + random.nextInt(5),
                random.nextInt(9) == 0 ? null : random.nextInt(3) == 0 ? 1e17 : random.nextDouble(),
                random.nextLong(6),
                Instant.ofEpochSecond(row + random.nextInt(3) / 2)
            });
        }
        return rows;
    }

    private static TableBuilder table(List<Object[]> rows) {
        TableBuilder table = frame("k", "v", "i", "t").row("", 0.5, 0L, Instant.EPOCH);
        rows.forEach(table::row);
        return table;
    }

    /** The rows of a table by what stands in its keys. */
    private static Map<List<Object>, List<Object>> byKey(Table table, List<String> keys) {
        Map<List<Object>, List<Object>> byKey = new HashMap<>();
        table.toRows()
                .forEach(row -> byKey.put(
                        new ArrayList<>(keys.stream().map(row::value).toList()),
                        new ArrayList<>(table.schema().names().stream()
                                .filter(name -> !keys.contains(name))
                                .map(row::value)
                                .toList())));
        return byKey;
    }

    /** What a left join gives by its definition: for each row the table over the rows up to it. */
    private static List<List<Object>> defined(
            List<Object[]> rows, Function<StreamFrame, LiveTable> plan, List<String> keys, Left left, boolean before) {
        List<List<Object>> out = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Object[] cells = rows.get(row);
            if (!left.stays.test(cells)) {
                continue;
            }
            Table then = run(table(rows.subList(0, before ? row : row + 1)), plan);
            List<Object> key = new ArrayList<>();
            keys.forEach(name -> key.add(cells[List.of("k", "v", "i", "t").indexOf(name)]));
            List<Object> found = key.stream().anyMatch(Objects::isNull)
                    ? null
                    : byKey(then, keys).get(key);
            List<Object> joined = new ArrayList<>(Arrays.asList(cells));
            joined.addAll(
                    found == null
                            ? new ArrayList<>(Collections.nCopies(then.schema().size() - keys.size(), null))
                            : found);
            out.add(joined);
        }
        return out;
    }

    private static List<List<Object>> cells(Table table) {
        List<List<Object>> rows = new ArrayList<>();
        table.toRows().forEach(row -> {
            List<Object> cells = new ArrayList<>();
            for (int column = 0; column < table.schema().size(); column++) {
                cells.add(row.value(column));
            }
            rows.add(cells);
        });
        return rows;
    }

    @Test
    void itIsTheTableOverTheRowsUpToEach() {
        TABLES.forEach((name, plan) -> LEFT.forEach((side, left) -> {
            for (boolean before : new boolean[] {false, true}) {
                // A trigger tells of what has come when the next rows come; the view that is the oracle here shows all.
                if (!name.equals("from time to time")) {
                    long seed = name.hashCode() * 31L + side.hashCode() + (before ? 1 : 0);
                    check(name + ", " + side + (before ? ", before" : ""), plan, left, before, seed);
                }
            }
        }));
    }

    private static void check(
            String name, Function<StreamFrame, LiveTable> plan, Left left, boolean before, long seed) {
        Random random = new Random(seed);
        List<Object[]> rows = rows(random);
        List<String> keys = name.startsWith("two keys") ? List.of("k", "i") : List.of("k");
        // The row that says what the types are is let go again.
        Function<StreamFrame, StreamFrame> joined = f -> {
            StreamFrame all = f.filter("k is null or k <> ''");
            Join join = left.steps.apply(all).join(plan.apply(all));
            return (before ? join.before() : join).left();
        };
        Function<StreamFrame, LiveTable> counted = f -> plan.apply(f.filter("k is null or k <> ''"));
        List<List<Object>> expected = defined(rows, counted, keys, left, before);
        for (int i = 0; i < 6; i++) {
            int[] cuts = i == 0 ? new int[0] : Cuts.of(random, ROWS);
            assertThat(cells(rowsCut(table(rows), joined, cuts)))
                    .as("%s, seed %d, cut at %s", name, seed, Arrays.toString(cuts))
                    .isEqualTo(expected);
        }
    }

    @Test
    void cutsNeverShow() {
        Random random = new Random(5);
        TABLES.forEach((name, plan) -> LEFT.forEach((side, left) -> {
            TableBuilder rows = table(rows(random));
            Cuts.never(
                    name + ", " + side,
                    rows,
                    ROWS,
                    6,
                    f -> left.steps.apply(f).join(plan.apply(f)).left());
            Cuts.never(
                    name + ", " + side + ", before",
                    rows,
                    ROWS,
                    7,
                    f -> left.steps.apply(f).join(plan.apply(f)).before().left());
        }));
    }

    @Test
    void joinsMayBeJoinedAgain() {
        TableBuilder rows = table(rows(new Random(8)));
        Cuts.never("twice", rows, ROWS, 9, f -> {
            StreamFrame once = f.join(f.groupBy("k").agg("mean(v) as m")).left();
            return once.join(once.filter("v > m").groupBy("k").agg("count() as above"))
                    .left();
        });
        Cuts.never("in order", rows, ROWS, 10, f -> {
            StreamFrame ordered = f.eventTime("t").outOfOrder("2s").inOrder();
            return ordered.join(f.groupBy("k").agg("sum(v) as s")).inner();
        });
        Cuts.never("both sides of a join by time", rows, ROWS, 11, f -> {
            StreamFrame timed = f.eventTime("t").outOfOrder("2s");
            StreamFrame joined = timed.joinAsOf(timed.select("t", "k", "v as w"))
                    .by("k")
                    .backward()
                    .left();
            return joined.join(joined.groupBy("k").agg("sum(w) as s")).left();
        });
    }

    record Tick(String k, long v) {}

    @Test
    void whatIsAttachedLateGoesOnFromTheTableAsItStands() {
        List<String> out = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Tick.class).flushEvery(2, Duration.ofDays(1));
            StreamFrame ticks = input.frame();
            LiveTable sums = ticks.filter("v > 0").groupBy("k").agg("sum(v) as s, median(v) as m");
            var view = sums.filter("s > 2").view();
            pipeline.start();
            input.emitAll(List.of(new Tick("a", 1), new Tick("b", 2), new Tick("a", 3), new Tick("b", -5)));
            ticks.join(sums.filter("s > 2")).left().sink(row -> out.add(row.toString()));
            ticks.join(sums).before().inner().sink(row -> out.add("before " + row));
            input.emitAll(List.of(new Tick("b", 7), new Tick("a", 1)));
            input.emitAll(List.of(new Tick("c", 1), new Tick("c", 1)));
            assertThat(view.now().toRows().toString()).isEqualTo("[{k=a, s=5, m=1.0}, {k=b, s=9, m=4.5}]");
            input.end();
            pipeline.run();
        }
        assertThat(out)
                .containsExactly(
                        "{k=b, v=7, s=9, m=4.5}",
                        "{k=a, v=1, s=5, m=1.0}",
                        "before {k=b, v=7, s=2, m=2.0}",
                        "before {k=a, v=1, s=4, m=2.0}",
                        "{k=c, v=1, s=null, m=null}",
                        "{k=c, v=1, s=null, m=null}",
                        "before {k=c, v=1, s=1, m=1.0}");
    }

    @Test
    void othersSeeTheirBatchesWhole() {
        List<Integer> sizes = new ArrayList<>();
        List<Integer> changes = new ArrayList<>();
        TableBuilder rows = table(rows(new Random(12)));
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame f = pipeline.read(rows.source("rows", 20, 40));
            LiveTable answer = f.groupBy("k").agg("sum(v) as s");
            answer.changes().sinkBatches(batch -> changes.add(batch.rows()));
            StreamFrame joined = f.join(answer).left();
            joined.sink(row -> {});
            f.sinkBatches(batch -> sizes.add(batch.rows()));
            pipeline.run();
            assertThat(joined.explain())
                    .contains(
                            "as of each row  [runs of different k",
                            "join(rows > groupBy(k).agg(sum(v) as s)).on(k).left()  [state of a row for each key of the"
                                    + " table, as of each row")
                    .contains("rows in 51, held 51");
            assertThat(joined.graph().text()).contains("as of each row");
            assertThat(joined.whyNoOutput()).startsWith("51 rows out of join(");
        }
        assertThat(sizes).containsExactly(20, 20, 11);
        assertThat(changes).hasSize(3);
    }

    @Test
    void aColumnOfBothSidesIsRefused() {
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame f = pipeline.read(table(List.of()).source("rows"));
            assertThatThrownBy(() -> f.join(f.groupBy("k").agg("sum(v) as v")).left())
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("both sides have a column 'v'");
        }
    }

    @Test
    void beforeNeedsRowsInCommon() {
        try (Pipeline pipeline = Pipeline.create("test")) {
            TableBuilder rows = table(List.of());
            StreamFrame left = pipeline.read(rows.source("left"));
            StreamFrame right = pipeline.read(rows.source("right"));
            assertThatThrownBy(() -> left.join(right.groupBy("k").agg("sum(v) as s"))
                            .before()
                            .left())
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("right > groupBy(k).agg(sum(v) as s) is not")
                    .hasMessageContaining("leave before() out");
            assertThatThrownBy(() -> left.join(right).on("k").before().semi())
                    .hasMessageContaining("before() is about a live table");
        }
    }
}
