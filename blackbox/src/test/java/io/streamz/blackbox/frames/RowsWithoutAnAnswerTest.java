package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.tumblingRows;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.DataException;
import io.streamz.frames.BadRows;
import io.streamz.frames.Frames;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An expression without an answer names the row by its place in the input, and stops there however rows are cut. */
@ExtendWith(EmptyAllocator.class)
class RowsWithoutAnAnswerTest {
    private static final long BIG = Long.MAX_VALUE;
    private static final int ROWS = 40;

    /** Row 31 is too large for one expression, row 24 for another, row 12 does not pass the filter. */
    private static TableBuilder rows() {
        TableBuilder rows = frame("n", "p");
        for (int row = 1; row <= ROWS; row++) {
            rows.row(row == 31 || row == 12 ? BIG : (long) row, row == 24 ? BIG : row % 5L);
        }
        return rows;
    }

    private static int[] cuts(Random random) {
        return random.ints(random.nextInt(ROWS), 0, ROWS + 1).sorted().toArray();
    }

    /** The error, and before it the rows that had come out. */
    private static List<String> outcome(TableBuilder rows, Function<StreamFrame, StreamFrame> plan, int[] cuts) {
        List<String> seen = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            plan.apply(pipeline.read(rows.source("rows", cuts))).sink(row -> seen.add(row.toString()));
            pipeline.run();
        } catch (DataException e) {
            seen.add(e.getMessage());
        }
        return seen;
    }

    private static void same(Function<StreamFrame, StreamFrame> plan, String error, int before) {
        same(rows(), plan, error, before);
    }

    private static void same(TableBuilder rows, Function<StreamFrame, StreamFrame> plan, String error, int before) {
        List<String> whole = outcome(rows, plan, new int[0]);
        assertThat(whole.get(whole.size() - 1)).isEqualTo(error);
        assertThat(whole).hasSize(before + 1);
        for (long seed = 1; seed <= 200; seed++) {
            assertThat(outcome(rows, plan, cuts(new Random(seed))))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
    }

    @Test
    void theFirstOfSeveralRows() {
        same(
                f -> f.filter("n < 1000 or p = 1").select("n * 2 as a", "p * 3 as b"),
                "overflow in p * 3: 9223372036854775807 * 3 does not fit int64 at row 24 of the input; cast an operand to float64",
                22);
    }

    @Test
    void acrossSteps() {
        same(
                f -> f.assign("a", "n - 1")
                        .filter("n < 1000 or p = 1")
                        .assign("b", "n * 2")
                        .filter("p * 2 >= 0"),
                "overflow in p * 2: 9223372036854775807 * 2 does not fit int64 at row 24 of the input; cast an operand to float64",
                22);
        same(
                f -> f.filter("n < 1000 or p = 1").filter("n * 2 > 0").filter("p < 100"),
                "overflow in n * 2: 9223372036854775807 * 2 does not fit int64 at row 31 of the input; cast an operand to float64",
                28);
    }

    @Test
    void withinOneExpression() {
        same(
                f -> f.filter("n < 1000 or p = 1").select("(n * 2) - (p * 3) as a"),
                "overflow in p * 3: 9223372036854775807 * 3 does not fit int64 at row 24 of the input; cast an operand to float64",
                22);
    }

    /** The row that came as the third is the one before the last in the order of time. */
    @Test
    void inTheOrderOfTimeThePlaceIsThatInTheInput() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        TableBuilder rows = frame("t", "n");
        for (int row = 0; row < ROWS; row++) {
            int second = row == 2 ? ROWS - 2 : row == ROWS - 2 ? 2 : row;
            rows.row(start.plusSeconds(second), row == 2 ? BIG : (long) row);
        }
        same(
                rows,
                f -> f.filter("n <> 7")
                        .eventTime("t")
                        .outOfOrder("1m")
                        .inOrder()
                        .filter("n <> 9")
                        .assign("b", "n * 2"),
                "overflow in n * 2: 9223372036854775807 * 2 does not fit int64 at row 3 of the input; cast an operand to float64",
                ROWS - 4);
        same(
                rows,
                f -> f.eventTime("t").outOfOrder("1m").rolling("5s").agg("sum(n * 2) as s"),
                "overflow in n * 2: 9223372036854775807 * 2 does not fit int64 at row 3 of the input; cast an operand to float64",
                ROWS - 2);
    }

    /** Wherever an aggregate is computed: rows that its condition leaves out cannot fail, others do. */
    @Test
    void whatAnAggregateDoesNotTakeCannotFail() {
        List<String> plans =
                List.of("sum(n * p) where n < 1000 as s", "sum(n * p) where n is not null and n < 1000 as s");
        for (String agg : plans) {
            List<Function<StreamFrame, StreamFrame>> shielded = List.of(
                    f -> f.groupBy("p").agg(agg).changes(),
                    f -> f.agg(agg + ", max(n), sum(n * p) where n < 999 as t").changes(),
                    f -> f.rolling(3).agg(agg),
                    f -> f.groupBy("p").rolling(3).agg(agg),
                    f -> f.window(tumblingRows(7)).agg(agg),
                    f -> f.window(Frames.rows(9)).agg(agg).changes(),
                    f -> f.window(Frames.rows(9)).groupBy("p").agg(agg).changes());
            for (Function<StreamFrame, StreamFrame> plan : shielded) {
                List<String> whole = outcome(rows(), plan.compose(f -> f.filter("p < 100")), new int[0]);
                assertThat(whole).isNotEmpty().noneMatch(line -> line.contains("overflow"));
            }
        }
        same(
                f -> f.rolling(3).agg("sum(n * 2) where n > 1000 as s"),
                "overflow in n * 2: 9223372036854775807 * 2 does not fit int64 at row 12 of the input; cast an operand to float64",
                11);
    }

    /** What stands under the shield is computed as without a row that fails. */
    @Test
    void theShieldChangesNoAnswer() {
        String agg = "sum(n * p) where n < 1000 as s, count(n + p) where n < 1000 as c";
        List<String> shielded =
                outcome(rows(), f -> f.filter("p < 100").rolling(4).agg(agg), new int[0]);
        List<String> without = outcome(
                rows(),
                f -> f.filter("p < 100")
                        .assign("m", "case when n < 1000 then n else null end")
                        .rolling(4)
                        .agg("sum(m * p) where n < 1000 as s, count(m + p) where n < 1000 as c")
                        .drop("m"),
                new int[0]);
        assertThat(shielded).isEqualTo(without).hasSize(ROWS - 1);
    }

    @Test
    void anAggregateHasTakenTheRowsBefore() {
        for (long seed = 1; seed <= 200; seed++) {
            try (var pipeline = Pipeline.create("test")) {
                pipeline.read(rows().source("rows", cuts(new Random(seed))))
                        .filter("n < 1000 or p = 1")
                        .agg("count(), sum(n * 2) as a, sum(p * 3) as b, max(n)")
                        .changes()
                        .sink(change -> {});
                String error = "";
                try {
                    pipeline.run();
                } catch (DataException e) {
                    error = e.getMessage();
                }
                assertThat(error).as("seed %d", seed).contains("at row 24 of the input");
            }
        }
    }

    @Test
    void skippedRowsAreToldOfByTheirPlace() {
        for (long seed = 1; seed <= 50; seed++) {
            List<String> told = new ArrayList<>();
            try (var pipeline = Pipeline.create("test")
                    .badRows(BadRows.SKIP)
                    .onReject(reject -> told.add(reject.reason().replaceAll(".* at (row \\d+).*", "$1")))) {
                pipeline.read(rows().source("rows", cuts(new Random(seed))))
                        .assign("a", "n * 2")
                        .sink(row -> {});
                pipeline.run();
            }
            assertThat(told).containsExactly("row 12", "row 31");
        }
    }
}
