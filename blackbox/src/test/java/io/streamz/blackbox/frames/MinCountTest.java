package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.max;
import static io.streamz.frames.Frames.sum;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.run;
import static io.streamz.test.Tables.runCut;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.Aggregations;
import io.streamz.frames.Agg;
import io.streamz.frames.Expr;
import io.streamz.frames.Table;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fewer values than minCount asks for make the answer null, whatever the aggregation. */
@ExtendWith(EmptyAllocator.class)
class MinCountTest {
    private static final TableBuilder ROWS = frame("k", "v", "side")
            .row("a", 1.0, "B")
            .row("b", 2.0, "B")
            .row("a", null, "B")
            .row("a", 3.0, "S")
            .row("b", null, "S")
            .row("c", null, "B");

    @Test
    void builderAndTextSayTheSame() {
        TableBuilder answer = frame("k", "v_sum", "most", "bought", "count")
                .row("a", 4.0, 3.0, null, 3)
                .row("b", null, null, 2.0, 2)
                .row("c", null, null, null, null);
        assertTable(
                run(
                        ROWS,
                        f -> f.groupBy("k")
                                .agg(
                                        sum("v").minCount(2),
                                        max("v").minCount(2).as("most"),
                                        sum("v").where(col("k").eq("b"))
                                                .minCount(1)
                                                .as("bought"),
                                        count().minCount(2))),
                answer);
        assertTable(
                run(
                        ROWS,
                        f -> f.groupBy("k")
                                .agg("sum(v) minCount 2, max(v) minCount 2 as most, "
                                        + "sum(v) where k = 'b' minCount 1 as bought, count() minCount 2")),
                answer);
    }

    @Test
    void itIsAskedOfAllRowsWhateverTheirCuts() {
        TableBuilder answer = frame("v_sum", "v_mean", "v_count").row(6.0, null, 3);
        for (int cuts = 0; cuts < 1 << 5; cuts++) {
            int bits = cuts;
            int[] places = IntStream.range(1, 6)
                    .filter(row -> (bits >> (row - 1) & 1) != 0)
                    .toArray();
            Table table =
                    runCut(ROWS, f -> f.agg("sum(v) minCount 3, mean(v) minCount 4, count(v) minCount 1"), places);
            assertTable(table, answer);
        }
    }

    @Test
    void anAnswerThatIsNotAskedForDoesNotOverflow() {
        TableBuilder rows = frame("n").row(Long.MAX_VALUE).row(Long.MAX_VALUE);
        assertTable(run(rows, f -> f.agg("sum(n) minCount 3")), frame("n_sum").row((Object) null));
    }

    /** All but those that count rows and nulls, which are what minCount asks for there. */
    static String[] functions() {
        return Aggregations.names().stream()
                .filter(name -> !name.equals("size") && !name.equals("nullCount"))
                .toArray(String[]::new);
    }

    /** Two of three rows have values: enough for two, too few for three. */
    @ParameterizedTest
    @MethodSource("functions")
    void everyAggregationHonoursIt(String name) {
        Aggregation aggregation = parameterised(name);
        Expr[] inputs = new Expr[Math.max(1, aggregation.leastInputs())];
        Object[][] values = {{3L, null, 4L}, {0.5, null, 2.5}, {true, null, false}};
        String refused = "";
        for (Object[] column : values) {
            TableBuilder rows = frame("x");
            Arrays.stream(column).forEach(rows::row);
            Arrays.fill(inputs, col("x"));
            Agg agg = Agg.of(aggregation, inputs).as("answer");
            try {
                assertThat(run(rows, f -> f.agg(agg.minCount(3))).row(0).value(0))
                        .as("%s of %s", name, Arrays.toString(column))
                        .isNull();
                assertThat(run(rows, f -> f.agg(agg.minCount(2))).row(0).value(0))
                        .as("%s of %s", name, Arrays.toString(column))
                        .isEqualTo(run(rows, f -> f.agg(agg)).row(0).value(0));
                return;
            } catch (io.streamz.core.PlanException e) {
                refused = e.getMessage();
            }
        }
        throw new AssertionError(name + " takes none of the types: " + refused);
    }

    private static Aggregation parameterised(String name) {
        double[][] parameters = {{}, {1}, {0.5}, {0.5, 0.5}};
        IllegalArgumentException last = null;
        for (double[] some : parameters) {
            try {
                return Aggregations.named(name, some);
            } catch (IllegalArgumentException e) {
                last = e;
            }
        }
        throw last;
    }
}
