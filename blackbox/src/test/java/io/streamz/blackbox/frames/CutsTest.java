package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rows;
import static io.streamz.test.Tables.rowsCut;
import static io.streamz.test.Tables.run;
import static io.streamz.test.Tables.runCut;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.LiveTable;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How rows were cut into batches never shows: a thousand random cuts of the same rows give the same bits. */
@ExtendWith(EmptyAllocator.class)
class CutsTest {
    private static final int CUTS = 1000;
    private static final int ROWS = 300;

    private static final Map<String, Function<StreamFrame, StreamFrame>> STEPS = Map.of(
            "filter", f -> f.filter("v > 0 or i = 3"),
            "assign", f -> f.assign("w", "v * 2 + i"),
            "project", f -> f.select("k", "v as x", "i % 3 as m").drop("x").rename("m", "n"),
            "chain",
                    f -> f.filter("i > 1").assign("w", "v / i").filter("w > -1").assign("k", "i"));

    private static final Map<String, Function<StreamFrame, LiveTable>> TABLES = Map.of(
            "all", f -> f.agg("count(), sum(v), mean(v), min(v), max(i), sum(i), count(v)"),
            "by text", f -> f.groupBy("k").agg("count(), sum(v), mean(v), min(v), max(v), count(k)"),
            "by text and int", f -> f.groupBy("k", "i").agg("sum(v), sum(i) where v > 0 as positive"),
            "by float", f -> f.groupBy("v").agg("count(), max(k)"),
            "after steps",
                    f -> f.filter("v > 0").assign("w", "v * i").groupBy("i").agg("sum(w), mean(w)"));

    @Test
    void rowsDoNotShowTheirCuts() {
        TableBuilder rows = randomRows(new Random(1));
        STEPS.forEach((name, plan) -> {
            String whole = Cuts.exact(rows(rows, plan));
            Random random = new Random(2);
            for (int i = 0; i < CUTS / STEPS.size(); i++) {
                int[] cuts = Cuts.of(random, ROWS);
                assertThat(Cuts.exact(rowsCut(rows, plan, cuts)))
                        .as("%s cut at %s", name, cuts)
                        .isEqualTo(whole);
            }
        });
    }

    @Test
    void tablesDoNotShowTheirCuts() {
        TableBuilder rows = randomRows(new Random(3));
        TABLES.forEach((name, plan) -> {
            String whole = Cuts.exact(run(rows, plan));
            Random random = new Random(4);
            for (int i = 0; i < CUTS / TABLES.size(); i++) {
                int[] cuts = Cuts.of(random, ROWS);
                assertThat(Cuts.exact(runCut(rows, plan, cuts)))
                        .as("%s cut at %s", name, cuts)
                        .isEqualTo(whole);
            }
        });
    }

    private static TableBuilder randomRows(Random random) {
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, 0.0, -0.0, 1e16, -1e16, 1e300};
        TableBuilder rows = frame("k", "v", "i");
        for (int row = 0; row < ROWS; row++) {
            Object key = random.nextInt(8) == 0 ? null : "k" + random.nextInt(20);
            Object value = random.nextInt(10) == 0 ? null : random.nextGaussian();
            if (random.nextInt(20) == 0) {
                value = odd[random.nextInt(odd.length)];
            }
            rows.row(key, value, random.nextInt(10) == 0 ? null : random.nextInt(7));
        }
        return rows;
    }
}
