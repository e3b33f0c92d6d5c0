package io.streamz.blackbox.frames;

import static io.streamz.frames.ChangeColumn.OP;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.Frames;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables that begin with earlier answers, or with an earlier state, are what they would be had they seen all rows. */
@ExtendWith(EmptyAllocator.class)
class StartTest {
    private static final int SEEDS = 40;
    private static final int ROWS = 60;
    private static final String GOES_ON =
            "count() as n, count(v) as nv, size(), nullCount(s) as ns, sum(v), sum(i), sum(d), sum(i > 1) as many, min(v), "
                    + "max(s), min(d), max(t), last(i), last(s), firstNonNull(v), lastNonNull(i), any(i > 2) as a, "
                    + "all(i > -2) as b, product(v) as p, sum(v) where i > 0 as some";

    private static Object[] row(Random random, int number) {
        return new Object[] {
            random.nextInt(8) == 0 ? null : "k" + random.nextInt(5),
            random.nextInt(8) == 0 ? null : random.nextInt(9) / 4.0 - 1,
            random.nextInt(8) == 0 ? null : random.nextLong(7) - 3,
            random.nextInt(8) == 0 ? null : "s" + random.nextInt(30),
            random.nextInt(8) == 0 ? null : BigDecimal.valueOf(random.nextInt(1000), 2),
            Instant.ofEpochSecond(number + random.nextInt(3))
        };
    }

    private static TableBuilder table(List<Object[]> rows) {
        TableBuilder table = frame("k", "v", "i", "s", "d", "t");
        table.row("k0", 1.0, 1L, "s", new BigDecimal("1.00"), Instant.EPOCH);
        rows.forEach(table::row);
        return table;
    }

    private static List<Object[]> rows(Random random) {
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(row(random, row));
        }
        return rows;
    }

    /** The first row of each table says the types; it is not among the rows that count. */
    private static StreamFrame counted(StreamFrame f) {
        return f.filter("t > timestamp '1970-01-01T00:00:00Z' or k <> 'k0' or s <> 's'");
    }

    private static LiveTable grouped(StreamFrame f) {
        return counted(f).groupBy("k").agg(GOES_ON);
    }

    private static LiveTable whole(StreamFrame f) {
        return counted(f).agg(GOES_ON);
    }

    @Test
    void answersGoOn() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Object[]> rows = rows(random);
            int cut = random.nextInt(ROWS + 1);
            TableBuilder first = table(rows.subList(0, cut));
            TableBuilder second = table(rows.subList(cut, ROWS));
            for (Function<StreamFrame, LiveTable> plan :
                    List.<Function<StreamFrame, LiveTable>>of(StartTest::grouped, StartTest::whole)) {
                Table earlier = run(first, plan);
                Table later = run(second, f -> plan.apply(f).startFrom(earlier));
                assertThat(Cuts.exact(later))
                        .as("seed %d, cut %d", seed, cut)
                        .isEqualTo(Cuts.exact(run(table(rows), plan)));
            }
        }
    }

    private static final Map<String, Function<StreamFrame, LiveTable>> TABLES = Map.of(
            "groups", f -> counted(f).groupBy("k", "i").agg("mean(v), var(d), median(i), nunique(s), count()"),
            "all rows", f -> counted(f).agg("mean(v), std(v), quantile(v, 0.9) as q, mode(s)"),
            "a window", f -> counted(f).window(Frames.rows(9)).groupBy("k").agg("mean(v), max(i), count()"),
            "windows", f -> counted(f).groupBy("k").window(Frames.rows(3)).agg("sum(v), last(s)"),
            "keys that leave", f -> counted(f).groupBy("k").maxKeys(3).agg("mean(v), count()"),
            "largest", f -> counted(f).groupBy("k").nLargest(2, "v"));

    private static byte[] state(TableBuilder rows, Function<StreamFrame, LiveTable> plan) {
        try (Pipeline pipeline = Pipeline.create("test")) {
            View view = plan.apply(pipeline.read(rows.source("table"))).view();
            pipeline.run();
            return view.state();
        }
    }

    @Test
    void statesGoOn() {
        TABLES.forEach((name, plan) -> {
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                List<Object[]> rows = rows(random);
                int cut = random.nextInt(ROWS);
                byte[] first = state(table(rows.subList(0, cut)), plan);
                // Once more without rows: a state that was begun with is a state.
                byte[] again = state(table(List.of()), f -> plan.apply(f).startFrom(first));
                assertThat(again).isEqualTo(first);
                Table later =
                        run(table(rows.subList(cut, ROWS)), f -> plan.apply(f).startFrom(again));
                assertThat(Cuts.exact(later))
                        .as("%s, seed %d, cut %d", name, seed, cut)
                        .isEqualTo(Cuts.exact(run(table(rows), plan)));
            }
        });
    }

    @Test
    void cutsDoNotShow() {
        List<Object[]> rows = rows(new Random(8));
        Table earlier = run(table(rows.subList(0, 30)), StartTest::grouped);
        Cuts.neverInTables(
                "started", table(rows.subList(30, ROWS)), 31, 4, f -> grouped(f).startFrom(earlier));
    }

    @Test
    void rowsThatWereThereAreUpdated() {
        Table earlier =
                run(frame("k", "v").row("a", 1).row("b", 2), f -> f.groupBy("k").agg("sum(v) as s"));
        List<String> changes = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("test")) {
            var rows = pipeline.read(frame("k", "v").row("b", 3).row("c", 4).source("rows"));
            LiveTable table = rows.groupBy("k").agg("sum(v) as s").startFrom(earlier);
            table.changes(OP).sink(row -> changes.add(row.toString()));
            View large = table.filter("s > 0").sort("s desc").view();
            View before = table.view();
            pipeline.run();
            assertThat(before.now().toRows()).hasToString("[{k=a, s=1}, {k=b, s=5}, {k=c, s=4}]");
            assertThat(large.now().toRows()).hasToString("[{k=b, s=5}, {k=c, s=4}, {k=a, s=1}]");
            assertThat(table.explain()).contains("agg(sum(v) as s).startFrom(2 rows, ");
        }
        assertThat(changes).containsExactly("{op=update, k=b, s=5}", "{op=insert, k=c, s=4}");
    }

    @Test
    void wrongStartsSayWhatIsRight() {
        TableBuilder rows = frame("k", "v").row("a", 1);
        Table earlier = run(rows, f -> f.groupBy("k").agg("mean(v), sum(v)"));
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame f = pipeline.read(rows.source("rows"));
            assertThatThrownBy(() -> f.groupBy("k").agg("mean(v)").startFrom(earlier))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("mean(v)")
                    .hasMessageContaining("startFrom(view.state())");
            assertThatThrownBy(() -> f.groupBy("k").nLargest(3, "v").startFrom(earlier))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("do not say when their rows came");
            assertThatThrownBy(() -> f.groupBy("k").agg("first(v)").startFrom(earlier))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("first(v)");
            assertThatThrownBy(() -> f.groupBy("k").agg("count()").startFrom(earlier))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("no column 'count'");
            assertThatThrownBy(() -> f.groupBy("k").agg("sum(v / 2) as v_sum").startFrom(earlier))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("column v_sum is int64 in the table of earlier answers, and float64 here");
            assertThatThrownBy(() ->
                            f.groupBy("k").agg("sum(v)").filter("v_sum > 1").startFrom(earlier))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("directly behind agg");
            byte[] state = state(rows, g -> g.groupBy("k").agg("sum(v)"));
            assertThatThrownBy(() -> f.groupBy("k").agg("mean(v)").startFrom(state))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("the state is of groupBy(k).agg(sum(v))");
            state[state.length / 2]++;
            assertThatThrownBy(() -> f.groupBy("k").agg("sum(v)").startFrom(state))
                    .isInstanceOf(DataException.class);
            assertThatThrownBy(() -> f.groupBy("k").agg("sum(v)").startFrom(new byte[] {1, 2}))
                    .isInstanceOf(DataException.class);
            assertThatThrownBy(() -> f.tail(3).state()).isInstanceOf(PlanException.class);
            assertThatThrownBy(() -> f.groupBy("k").agg("sum(v)").view().state())
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("has not started");
        }
    }
}
