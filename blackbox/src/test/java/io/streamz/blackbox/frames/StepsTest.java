package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.sum;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rows;
import static io.streamz.test.Tables.rowsCut;
import static io.streamz.test.Tables.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.LongLane;
import io.streamz.core.PlanException;
import io.streamz.frames.Field;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Schema;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The steps of frames, as tables in and tables out. */
@ExtendWith(EmptyAllocator.class)
class StepsTest {
    private static final TableBuilder ROWS =
            frame("k", "v").row("a", 1).row("b", 2).row("a", null).row(null, 4).row("b", 2);

    @Test
    void rowsAreKept() {
        assertTable(
                rows(ROWS, f -> f.query("v > 1")),
                frame("k", "v").row("b", 2).row(null, 4).row("b", 2));
        assertTable(
                rows(ROWS, f -> f.filter("v > @least", Map.of("least", 3))),
                frame("k", "v").row(null, 4));
        assertTable(
                rowsCut(ROWS, f -> f.head(3), 2),
                frame("k", "v").row("a", 1).row("b", 2).row("a", null));
        assertTable(
                rows(ROWS, StreamFrame::dropNulls),
                frame("k", "v").row("a", 1).row("b", 2).row("b", 2));
        assertTable(
                rows(ROWS, f -> f.distinct("k")),
                frame("k", "v").row("a", 1).row("b", 2).row(null, 4));
        assertTable(
                rows(ROWS, StreamFrame::distinct),
                frame("k", "v").row("a", 1).row("b", 2).row("a", null).row(null, 4));
    }

    @Test
    void columnsAreMade() {
        assertTable(
                rows(
                        ROWS,
                        f -> f.head(2)
                                .assign(col("v").mul(2).as("w"), col("w").add(1).as("x"))),
                frame("k", "v", "w", "x").row("a", 1, 2, 3).row("b", 2, 4, 5));
        assertTable(
                rows(ROWS, f -> f.head(1).rename(Map.of("k", "v", "v", "k"))),
                frame("v", "k").row("a", 1));
        assertTable(
                rows(ROWS, f -> f.head(1).cast("v", "float64")), frame("k", "v").row("a", 1.0));
        assertTable(
                rows(ROWS, f -> f.head(3).fillNull(0)),
                frame("k", "v").row("a", 1).row("b", 2).row("a", 0));
        assertTable(
                rows(
                        ROWS,
                        f -> f.fillNull("none")
                                .replace("k", Map.of("a", "A"))
                                .distinct("k")
                                .select("k")),
                frame("k").row("A").row("b").row("none"));
    }

    @Test
    void framesAreJoinedEndToEnd() {
        try (var pipeline = Pipeline.create("test")) {
            StreamFrame left = pipeline.read(ROWS.source("left"));
            StreamFrame right = pipeline.read(frame("v", "k").row(7, "c").source("right"));
            List<Object> seen = new ArrayList<>();
            left.concat(right).groupBy("k").agg(sum("v")).view();
            var table =
                    left.concat(right, left).groupBy("k").agg(count(), sum("v")).view();
            right.concat(left).sink(row -> seen.add(row.value("k")));
            pipeline.run();
            assertThat(table.now().toRows().stream().map(Object::toString))
                    .hasSize(4)
                    .anySatisfy(row -> assertThat(row).contains("k=c", "count=1", "v_sum=7"))
                    .anySatisfy(row -> assertThat(row).contains("k=b", "count=4", "v_sum=8"));
            assertThat(seen).hasSize(6).contains("c");
            assertThatThrownBy(() -> left.concat(right.drop("v")))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("it lacks [v: int64]");
        }
    }

    @Test
    void batchesAreMadeAnew() {
        Schema schema = Schema.of(new Field("n", DataType.INT64));
        assertTable(
                rowsCut(
                        ROWS,
                        f -> f.mapBatches("rows", schema, (in, out) -> {
                            LongLane lane = (LongLane) out.fill(0);
                            lane.reset(1);
                            lane.values()[0] = in.rows();
                            out.filled(1);
                        }),
                        2),
                frame("n").row(2).row(3));
        List<Long> sums = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            pipeline.read(ROWS.source("rows", 2))
                    .fold(0L, (sum, batch) -> sum + batch.rows())
                    .sink(sums::add);
            pipeline.run();
        }
        assertThat(sums).containsExactly(2L, 5L);
    }

    @Test
    void groupsAreMadeByExpressions() {
        TableBuilder times = frame("t", "v")
                .row(Instant.parse("2024-01-01T00:10:00Z"), 1)
                .row(Instant.parse("2024-01-01T00:50:00Z"), 2)
                .row(Instant.parse("2024-01-01T01:00:00Z"), 4);
        TableBuilder hours = frame("hour", "v_sum")
                .row(Instant.parse("2024-01-01T00:00:00Z"), 3)
                .row(Instant.parse("2024-01-01T01:00:00Z"), 4);
        assertTable(
                run(times, f -> f.groupBy(col("t").truncate("1h").as("hour")).agg(sum("v"))), hours);
        assertTable(run(times, f -> f.groupBy("truncate(t, '1h') as hour").agg(sum("v"))), hours);
        assertThatThrownBy(() -> run(times, f -> f.groupBy("truncate(t, '1h')").agg(sum("v"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("has no name");
        assertThatThrownBy(() -> run(times, f -> f.groupBy("tt").agg(sum("v"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("did you mean 't'?");
    }

    @Test
    void wholeFramesAreReduced() {
        assertTable(run(ROWS, f -> f.sum()), frame("v_sum").row(9));
        assertTable(run(ROWS, f -> f.count()), frame("k_count", "v_count").row(4, 4));
        assertTable(run(ROWS, f -> f.max("v")), frame("v_max").row(4));
        assertTable(run(ROWS, f -> f.size()), frame("size").row(5));
        assertThatThrownBy(() -> run(ROWS, f -> f.select("k").sum()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no column that sum is for");
    }
}
