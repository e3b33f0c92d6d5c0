package io.streamz.blackbox.frames;

import static io.streamz.frames.ChangeColumn.OP;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.streamz.core.PlanException;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Row;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables that a frame gives at once: the largest and smallest rows, what stands in each column, counts and sums of groups. */
@ExtendWith(EmptyAllocator.class)
class FrameTablesTest {
    record Item(String k, Double v, Long i, String side) {}

    private static final int ROWS = 90;
    private static final int SEEDS = 30;

    private static Item item(Random random) {
        return new Item(
                random.nextInt(8) == 0 ? null : "k" + random.nextInt(4),
                switch (random.nextInt(9)) {
                    case 0 -> null;
                    case 1 -> Double.NaN;
                    case 2 -> -0.0;
                    default -> random.nextInt(6) - 2.5;
                },
                random.nextInt(10) == 0 ? null : random.nextLong(7) - 3,
                random.nextBoolean() ? "buy" : "sell");
    }

    private static List<Item> items(int seed) {
        Random random = new Random(seed);
        List<Item> items = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            items.add(item(random));
        }
        return items;
    }

    private static TableBuilder table(List<Item> items) {
        TableBuilder table = frame("k", "v", "i", "side");
        items.forEach(item -> table.row(item.k, item.v, item.i, item.side));
        return table;
    }

    private static <T extends Comparable<T>> List<Item> best(
            List<Item> items, Function<Item, T> value, int most, boolean largest) {
        Comparator<T> order = largest ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return items.stream()
                .sorted(Comparator.comparing(value, Comparator.nullsLast(order)))
                .limit(most)
                .toList();
    }

    private static Double noSign(Item item) {
        return item.v == null ? null : item.v + 0.0;
    }

    private static void same(Table top, List<Item> expected) {
        assertThat(top.rows()).isEqualTo(expected.size());
        for (int row = 0; row < top.rows(); row++) {
            Item item = expected.get(row);
            assertThat(top.int64(row, "rank")).isEqualTo(row + 1);
            assertThat(top.value(row, "k")).isEqualTo(item.k);
            assertThat(top.value(row, "v")).isEqualTo(item.v);
            assertThat(top.value(row, "i")).isEqualTo(item.i);
            assertThat(top.value(row, "side")).isEqualTo(item.side);
        }
    }

    @Test
    void theLargestRowsAreThoseOfAStableSort() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Item> items = items(seed);
            for (int most : List.of(1, 3, 40, 200)) {
                same(run(table(items), f -> f.nLargest(most, "v")), best(items, FrameTablesTest::noSign, most, true));
                same(run(table(items), f -> f.nSmallest(most, "i")), best(items, Item::i, most, false));
                same(run(table(items), f -> f.nSmallest(most, "side")), best(items, Item::side, most, false));
            }
        }
    }

    @Test
    void eachGroupHasItsLargestRows() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Item> items = items(seed);
            Table top = run(table(items), f -> f.groupBy("k").nLargest(2, "v"));
            List<String> expected = new ArrayList<>();
            for (String key : items.stream().map(Item::k).distinct().toList()) {
                List<Item> own = items.stream()
                        .filter(item -> Objects.equals(key, item.k))
                        .toList();
                int rank = 0;
                for (Item item : best(own, FrameTablesTest::noSign, 2, true)) {
                    expected.add(key + " " + ++rank + " " + item.v + " " + item.i + " " + item.side);
                }
            }
            assertThat(top.toRows().stream()
                            .map(row -> row.value("k") + " " + row.value("rank") + " " + row.value("v") + " "
                                    + row.value("i") + " " + row.value("side")))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            Table known = run(table(items), f -> f.groupBy("k").dropNullKeys().nLargest(2, "v"));
            assertThat(known.rows()).isEqualTo((int)
                    expected.stream().filter(row -> !row.startsWith("null")).count());
        }
    }

    private static double quantile(List<Double> sorted, double q) {
        if (sorted.contains(Double.NaN)) {
            return Double.NaN;
        }
        double place = q * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    private static void describes(Row row, List<? extends Number> values, int nulls) {
        assertThat(row.int64("count")).isEqualTo(values.size());
        assertThat(row.int64("nulls")).isEqualTo(nulls);
        List<Double> sorted = values.stream().map(Number::doubleValue).sorted().toList();
        double mean = sorted.stream().mapToDouble(x -> x).average().orElseThrow();
        double squares =
                sorted.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        boolean nan = sorted.contains(Double.NaN);
        close(row, "mean", mean);
        close(row, "std", Math.sqrt(squares / (sorted.size() - 1)));
        close(row, "min", nan ? Double.NaN : sorted.get(0));
        close(row, "max", nan ? Double.NaN : sorted.get(sorted.size() - 1));
        close(row, "q25", quantile(sorted, 0.25));
        close(row, "median", quantile(sorted, 0.5));
        close(row, "q75", quantile(sorted, 0.75));
    }

    private static void close(Row row, String column, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(row.float64(column)).as(column).isNaN();
        } else {
            assertThat(row.float64(column)).as(column).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void columnsAreDescribed() {
        for (int seed = 0; seed < SEEDS; seed++) {
            boolean nan = seed % 2 == 0;
            List<Item> items = items(seed).stream()
                    .map(item -> nan || item.v == null || !item.v.isNaN() ? item : new Item(item.k, 1.5, item.i, "x"))
                    .toList();
            List<Row> rows = run(table(items), StreamFrame::describe).toRows();
            assertThat(rows.stream().map(row -> row.text("column"))).containsExactly("k", "v", "i", "side");
            List<Double> doubles =
                    items.stream().map(Item::v).filter(Objects::nonNull).toList();
            describes(rows.get(1), doubles, ROWS - doubles.size());
            List<Long> longs =
                    items.stream().map(Item::i).filter(Objects::nonNull).toList();
            describes(rows.get(2), longs, ROWS - longs.size());
            assertThat(rows.get(3).int64("count")).isEqualTo(ROWS);
            for (String number : List.of("mean", "std", "min", "q25", "median", "q75", "max")) {
                assertThat(rows.get(3).value(number)).isNull();
            }
            Table grouped = run(table(items), f -> f.groupBy("side").describe());
            assertThat(grouped.schema().names()).startsWith("side", "column", "count", "nulls");
            for (Row row : grouped.toRows()) {
                if (row.text("column").equals("i")) {
                    List<Item> own = items.stream()
                            .filter(item -> item.side.equals(row.text("side")))
                            .toList();
                    List<Long> values =
                            own.stream().map(Item::i).filter(Objects::nonNull).toList();
                    describes(row, values, own.size() - values.size());
                }
            }
        }
    }

    @Test
    void beforeTheFirstRowColumnsAreDescribedAsEmpty() {
        try (var pipeline = Pipeline.create("test")) {
            View described = pipeline.input(Item.class).frame().describe().view();
            View top = pipeline.input(Item.class).frame().nLargest(3, "v").view();
            pipeline.start();
            assertThat(described.now().toRows().get(1))
                    .hasToString("{column=v, count=0, nulls=0, mean=null, std=null, min=null, q25=null, median=null, "
                            + "q75=null, max=null}");
            assertThat(top.now().rows()).isZero();
        }
    }

    @Test
    void groupsAreReduced() {
        TableBuilder rows =
                frame("k", "v", "i").row("a", 1.5, 4L).row("b", 2.0, null).row("a", 1.0, 6L);
        assertThat(run(rows, f -> f.groupBy("k").sum()).toRows())
                .hasToString("[{k=a, v_sum=2.5, i_sum=10}, {k=b, v_sum=2.0, i_sum=0}]");
        assertThat(run(rows, f -> f.groupBy("k").mean("i")).toRows())
                .hasToString("[{k=a, i_mean=5.0}, {k=b, i_mean=null}]");
        assertThat(run(rows, f -> f.groupBy("k").size()).toRows()).hasToString("[{k=a, size=2}, {k=b, size=1}]");
        assertThat(run(rows, f -> f.groupBy("k").max()).toRows())
                .hasToString("[{k=a, v_max=1.5, i_max=6}, {k=b, v_max=2.0, i_max=null}]");
        assertThat(run(rows, f -> f.groupBy("k").valueCounts("v")).toRows())
                .hasToString("[{k=a, v=1.0, count=1}, {k=a, v=1.5, count=1}, {k=b, v=2.0, count=1}]");
        assertThat(run(rows, StreamFrame::sum).toRows()).hasToString("[{v_sum=4.5, i_sum=10}]");
    }

    private static final Map<String, Function<StreamFrame, LiveTable>> TABLES = Map.of(
            "largest", f -> f.nLargest(4, "v"),
            "smallest of each", f -> f.groupBy("k").nSmallest(2, "i"),
            "largest, filtered", f -> f.groupBy("side").nLargest(3, "i").filter("v > 0"),
            "describe", StreamFrame::describe,
            "describe of each", f -> f.groupBy("k").describe().filter("mean > 0"));

    @Test
    void cutsDoNotShow() {
        TABLES.forEach((name, plan) -> Cuts.neverInTables(name, table(items(5)), ROWS, 17, plan));
    }

    /** The changes, played into a map by key, are the view after each batch; a table that is attached late has them too. */
    @Test
    void changesAddUpToTheView() {
        TABLES.forEach((name, plan) -> {
            for (int seed = 0; seed < 10; seed++) {
                Random random = new Random(seed);
                try (var pipeline = Pipeline.create("test")) {
                    var input = pipeline.input(Item.class).flushEvery(4, Duration.ofDays(1));
                    LiveTable table = plan.apply(input.frame());
                    View view = table.view();
                    Map<List<Object>, String> replayed = new LinkedHashMap<>();
                    table.changes(OP).sink(row -> play(name, table.keys(), row, replayed));
                    pipeline.start();
                    for (int row = 0; row < ROWS; row++) {
                        input.emit(item(random));
                        if (row % 4 == 3) {
                            assertThat(replayed.values())
                                    .as("%s, seed %d, row %d", name, seed, row)
                                    .containsExactlyInAnyOrderElementsOf(view.now().toRows().stream()
                                            .map(each -> each.toMap().toString())
                                            .toList());
                        }
                    }
                }
            }
        });
    }

    private static void play(String name, List<String> keys, Row row, Map<List<Object>, String> into) {
        List<Object> key = new ArrayList<>();
        keys.forEach(column -> key.add(row.value(column)));
        boolean there = into.containsKey(key);
        assertThat(row.text("op").equals("insert")).as("%s %s", name, row).isEqualTo(!there);
        Map<String, Object> values = new LinkedHashMap<>(row.toMap());
        values.remove("op");
        if (row.text("op").equals("delete")) {
            into.remove(key);
        } else {
            into.put(key, values.toString());
        }
    }

    @Test
    void wrongPlansSayWhatIsRight() {
        try (var pipeline = Pipeline.create("test")) {
            StreamFrame f = pipeline.input(Item.class).frame();
            assertThatThrownBy(() -> f.nLargest(0, "v"))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("nLargest(10, \"v\")");
            assertThatThrownBy(() -> f.nLargest(3, "w"))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("no column 'w'");
            assertThatThrownBy(() -> f.rename("i", "rank").groupBy("k").nSmallest(3, "v"))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("rename(\"rank\", \"rank_before\")");
            assertThat(f.groupBy("k").nLargest(3, "v").explain())
                    .contains("groupBy(k).nLargest(3, v)")
                    .contains("state of 3 rows of each key: grows with the number of different k");
        }
    }
}
