package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.last;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.frames.Csv;
import io.streamz.frames.Join;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Joins with a table: of a frame that is read whole, or of a live table as it stands. */
@ExtendWith(EmptyAllocator.class)
class TableJoinsTest {
    private static final int ROWS = 60;

    private static final Duration FOREVER = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private record Item(String k, BigDecimal d, int n) {}

    private static List<Item> items(Random random, int keys) {
        List<Item> items = new ArrayList<>();
        for (int n = 0; n < ROWS; n++) {
            items.add(new Item(
                    random.nextInt(9) == 0 ? null : "key " + random.nextInt(keys),
                    random.nextInt(9) == 0 ? null : BigDecimal.valueOf(random.nextInt(3), 2),
                    n));
        }
        return items;
    }

    private static TableBuilder table(List<Item> items, String n) {
        TableBuilder rows = frame("k", "d", n);
        items.forEach(item -> rows.row(item.k, item.d, item.n));
        return rows;
    }

    private static List<String> expected(
            String kind, List<Item> left, List<Item> right, BiPredicate<Item, Item> matches) {
        List<String> rows = new ArrayList<>();
        for (Item row : left) {
            List<Item> found =
                    right.stream().filter(other -> matches.test(row, other)).toList();
            switch (kind) {
                case "inner", "left" -> {
                    found.forEach(other -> rows.add("{n=" + row.n + ", m=" + other.n + "}"));
                    if (found.isEmpty() && kind.equals("left")) {
                        rows.add("{n=" + row.n + ", m=null}");
                    }
                }
                default -> {
                    if (found.isEmpty() == kind.equals("anti")) {
                        rows.add("{n=" + row.n + "}");
                    }
                }
            }
        }
        return rows;
    }

    @Test
    void everyKindIsTheDefinitionWhereverBothSidesAreCut() {
        Map<String, Function<Join, StreamFrame>> kinds = Map.of(
                "inner", join -> join.inner().select("n", "m"),
                "left", join -> join.left().select("n", "m"),
                "semi", join -> join.semi().select("n"),
                "anti", join -> join.anti().select("n"));
        Map<List<String>, BiPredicate<Item, Item>> keys = Map.of(
                List.of("k"), (a, b) -> a.k != null && a.k.equals(b.k),
                List.of("d"), (a, b) -> a.d != null && b.d != null && a.d.compareTo(b.d) == 0,
                List.of("k", "d"),
                        (a, b) -> a.k != null
                                && a.k.equals(b.k)
                                && a.d != null
                                && b.d != null
                                && a.d.compareTo(b.d) == 0);
        Random random = new Random(11);
        kinds.forEach((kind, ending) -> keys.forEach((on, matches) -> {
            List<Item> left = items(random, 6);
            List<Item> right = items(random, 30);
            List<String> expected = expected(kind, left, right, matches);
            TwoSides sides = new TwoSides(table(left, "n"), table(right, "m"));
            String[] names = on.toArray(String[]::new);
            List<String> columns = new ArrayList<>(on);
            columns.add("m");
            for (int i = 0; i < 5; i++) {
                assertThat(sides.cut(
                                random,
                                ROWS,
                                ROWS,
                                (a, b) -> ending.apply(a.join(b.select(columns.toArray(String[]::new)))
                                        .on(names))))
                        .as("%s on %s", kind, on)
                        .isEqualTo(expected);
            }
        }));
    }

    @Test
    void aTableFromAFile() throws IOException {
        Path trades = Files.writeString(folder.resolve("trades.csv"), "symbol,qty\nA,1\nB,2\nC,3\nA,4\n,5\n");
        Path names =
                Files.writeString(folder.resolve("names.csv"), "symbol,name,lot\nA,Alpha,10\nB,Beta,\n,Nobody,1\n");
        List<String> rows = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame joined = pipeline.read(Csv.read(trades))
                    .join(pipeline.read(Csv.read(names)))
                    .on("symbol")
                    .left();
            joined.assign("lots", "qty * lot").select("qty", "name", "lots").sink(row -> rows.add(row.toString()));
            var table = joined.groupBy("name").agg("sum(qty) as qty").view();
            pipeline.run();
            assertThat(joined.explain())
                    .contains(
                            "join(names).on(symbol).left()",
                            "state of the table",
                            "trades  [no state",
                            "rows in 5, out 5");
            assertTable(
                    table.now(),
                    frame("name", "qty").row("Alpha", 5).row("Beta", 2).row(null, 8));
        }
        assertThat(rows)
                .containsExactly(
                        "{qty=1, name=Alpha, lots=10}",
                        "{qty=2, name=Beta, lots=null}",
                        "{qty=3, name=null, lots=null}",
                        "{qty=4, name=Alpha, lots=40}",
                        "{qty=5, name=null, lots=null}");
    }

    /** Rows wait for a table, so what ends them does not cut it. */
    @Test
    void aTableIsReadWholeWhenFollowedRowsAreEnded() throws IOException {
        Path trades = Files.writeString(folder.resolve("trades.csv"), "symbol,qty\nA,1\n");
        Path names = Files.writeString(folder.resolve("names.csv"), "symbol,name\nA,Alpha\nB,Beta\n");
        try (Pipeline pipeline = Pipeline.create("test")) {
            var table = pipeline.read(Csv.read(names));
            pipeline.read(Csv.tail(trades)).join(table).on("symbol").left().sink(row -> {});
            pipeline.end();
            pipeline.run();
            assertThat(table.explain()).contains("out 2");
        }
    }

    record Order(String symbol, long qty) {}

    record Price(String symbol, Double price) {}

    @Test
    void theLatestRowOfALiveTableAnswers() {
        List<String> rows = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("test")) {
            var orders = pipeline.input(Order.class).flushEvery(1, FOREVER);
            var prices = pipeline.input(Price.class).flushEvery(1, FOREVER);
            var latest = prices.frame().groupBy("symbol").agg(last("price").as("price"));
            orders.frame().join(latest).left().sink(row -> rows.add(row.toString()));
            orders.frame().join(latest).on("symbol").anti().sink(row -> unknown.add(row.toString()));
            pipeline.start();
            orders.emit(new Order("A", 1));
            prices.emit(new Price("A", 1.5));
            prices.emit(new Price(null, 9.5));
            orders.emit(new Order("A", 2));
            prices.emit(new Price("A", 2.5));
            prices.emit(new Price("B", null));
            orders.emit(new Order("A", 3));
            orders.emit(new Order("B", 4));
            orders.emit(new Order(null, 5));
            orders.frame().join(latest).inner().sink(row -> rows.add("later " + row));
            orders.emit(new Order("B", 6));
            prices.emit(new Price("B", 7.5));
            orders.emit(new Order("B", 7));
            orders.end();
            prices.end();
            pipeline.run();
        }
        assertThat(rows)
                .containsExactly(
                        "{symbol=A, qty=1, price=null}",
                        "{symbol=A, qty=2, price=1.5}",
                        "{symbol=A, qty=3, price=2.5}",
                        "{symbol=B, qty=4, price=null}",
                        "{symbol=null, qty=5, price=null}",
                        "{symbol=B, qty=6, price=null}",
                        "later {symbol=B, qty=6, price=null}",
                        "{symbol=B, qty=7, price=7.5}",
                        "later {symbol=B, qty=7, price=7.5}");
        assertThat(unknown).containsExactly("{symbol=A, qty=1}", "{symbol=null, qty=5}");
    }

    @Test
    void whatCannotBeRightIsRefusedWithTheFix() {
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame left = pipeline.read(table(items(new Random(1), 3), "n").source("left"));
            StreamFrame right =
                    pipeline.read(table(items(new Random(2), 3), "m").source("right"));
            assertThatThrownBy(() -> left.join(right).inner())
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("join needs the columns that must be equal")
                    .hasMessageContaining("on(\"k\")");
            assertThatThrownBy(() -> left.join(right).on("k").inner())
                    .hasMessageContaining("both left and right have a column 'd'")
                    .hasMessageContaining("rename");
            assertThat(left.join(right).on("k").semi().schema()).isEqualTo(left.schema());
            assertThatThrownBy(() -> left.join(right).on("k", "k").semi()).hasMessageContaining("a key twice");
            assertThatThrownBy(() ->
                            left.join(right.groupBy("k").agg("sum(m)")).on("d").left())
                    .hasMessageContaining("joined on its keys [k], not on [d]")
                    .hasMessageContaining("say on(\"k\")");
            assertThatThrownBy(() -> left.join(right.assign("d", "1.5")).on("d").semi())
                    .hasMessageContaining("d is decimal")
                    .hasMessageContaining("float64 in right")
                    .hasMessageContaining("cast");
        }
    }
}
