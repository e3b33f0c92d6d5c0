package io.streamz.blackbox.frames;

import static io.streamz.frames.ChangeColumn.EPOCH;
import static io.streamz.frames.ChangeColumn.OLD;
import static io.streamz.frames.ChangeColumn.OP;
import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rowsCut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Row;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a live table tells of its changes. */
@ExtendWith(EmptyAllocator.class)
class ChangesTest {
    private static final TableBuilder ROWS =
            frame("k", "v").row("a", 1).row("b", 2).row("a", 3).row(null, 4).row("b", 5);

    record Trade(String symbol, long qty) {}

    record Changed(String op, String symbol, long total, Long oldTotal) {}

    @Test
    void aChangeIsAnInsertOrAnUpdate() {
        assertTable(
                rowsCut(ROWS, f -> f.groupBy("k").agg("sum(v) as s").changes(OP, EPOCH), 2, 4),
                frame("op", "epoch", "k", "s")
                        .row("insert", 1, "a", 1)
                        .row("insert", 1, "b", 2)
                        .row("update", 2, "a", 4)
                        .row("insert", 2, null, 4)
                        .row("update", 3, "b", 7));
    }

    @Test
    void oldValuesAreThoseOfTheBatchBefore() {
        assertTable(
                rowsCut(
                        ROWS,
                        f -> f.groupBy("k").agg("sum(v) as s, last(k) as l").changes(OLD),
                        2,
                        4),
                frame("k", "s", "l", "old_s", "old_l")
                        .row("a", 1, "a", null, null)
                        .row("b", 2, "b", null, null)
                        .row("a", 4, "a", 1, "a")
                        .row(null, 4, null, null, null)
                        .row("b", 7, "b", 2, "b"));
    }

    @Test
    void oneRowForAllIsInsertedOnce() {
        assertTable(
                rowsCut(ROWS, f -> f.agg("count()").changes(OP, OLD), 3),
                frame("op", "count", "old_count").row("insert", 3, null).row("update", 5, 3));
    }

    @Test
    void whoComesLateKnowsTheTableFromItsFirstBatchOn() {
        List<Changed> changes = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Trade.class);
            var totals = input.frame().groupBy("symbol").agg("sum(qty) as total");
            totals.view();
            pipeline.start();
            input.emit(new Trade("a", 2));
            input.emit(new Trade("b", 3));
            totals.changes(Changed.class, OP, OLD).sink(changes::add);
            input.emit(new Trade("a", 5));
            input.emit(new Trade("b", 7));
            input.emit(new Trade("c", 1));
        }
        assertThat(changes)
                .containsExactly(
                        new Changed("update", "a", 7, null),
                        new Changed("update", "b", 10, 3L),
                        new Changed("insert", "c", 1, null));
    }

    @Test
    void plainChangesAreTheRowsThemselves() {
        List<Row> rows = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var table = pipeline.read(ROWS.source("rows")).groupBy("k").agg("sum(v)");
            assertThat(table.changes().schema()).isEqualTo(table.schema());
            var changes = table.changes();
            changes.sink(rows::add);
            pipeline.run();
            assertThat(changes.explain()).contains("changes()").contains("out 3");
        }
        assertThat(rows).hasSize(3);
    }

    @Test
    void aColumnOfThatNameIsAnErrorWhenBuilt() {
        try (var pipeline = Pipeline.create("test")) {
            var table = pipeline.read(ROWS.source("rows")).groupBy("k").agg("sum(v) as op");
            assertThatThrownBy(() -> table.changes(OP))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("'op'");
        }
    }
}
