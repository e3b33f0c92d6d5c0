package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.run;
import static io.streamz.test.Tables.runCut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.frames.BadRows;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reject;
import io.streamz.frames.Table;
import io.streamz.test.TableBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Overflow is judged on the answer that is given, never on the state. */
class OverflowTest {
    private static final long MOST = Long.MAX_VALUE;

    private static TableBuilder rows() {
        return frame("k", "v").row("a", MOST).row("b", 1).row("a", 1).row("a", MOST);
    }

    @Test
    void anAnswerThatDoesNotFitFailsWithColumnAndKey() {
        assertThatThrownBy(() -> run(rows(), f -> f.groupBy("k").agg("sum(v)")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("overflow: v_sum of k=a does not fit int64")
                .hasMessageContaining("BadRows.SKIP");
        assertThatThrownBy(() -> run(rows(), f -> f.agg("sum(v) as total")))
                .hasMessageContaining("overflow: total does not fit int64");
    }

    @Test
    void aTotalThatFitsAgainIsRightAgain() {
        TableBuilder back = rows().row("a", -MOST).row("a", -1);
        assertTable(
                runCut(back, f -> f.groupBy("k").agg("sum(v)"), 1, 2, 3, 4, 5),
                frame("k", "v_sum").row("a", MOST).row("b", 1));
    }

    @Test
    void aSkippedAnswerIsNullAndToldOnce() {
        List<Reject> rejects = new ArrayList<>();
        try (var pipeline = Pipeline.create("test").badRows(BadRows.SKIP).onReject(rejects::add)) {
            var view = pipeline.read(rows().source("rows", 1, 2))
                    .groupBy("k")
                    .agg("sum(v), count(v)")
                    .view();
            pipeline.run();
            for (int times = 0; times < 3; times++) {
                assertTable(
                        view.now(),
                        frame("k", "v_sum", "v_count").row("a", null, 3).row("b", 1, 1));
            }
        }
        assertThat(rejects).singleElement().satisfies(reject -> {
            assertThat(reject.reason()).isEqualTo("overflow: v_sum of k=a does not fit int64");
            assertThat(reject.column()).isEqualTo("v_sum");
        });
    }

    @Test
    void changesAreJudgedBatchByBatch() {
        List<Table> changes = new ArrayList<>();
        try (var pipeline = Pipeline.create("test").badRows(BadRows.SKIP)) {
            var table = pipeline.read(rows().row("a", -MOST - 1).source("rows", 2, 3, 4))
                    .groupBy("k")
                    .agg("sum(v)");
            table.changes().sinkBatches(batch -> changes.add(Table.of(batch)));
            pipeline.run();
        }
        assertTable(changes.get(0), frame("k", "v_sum").row("a", MOST).row("b", 1));
        assertTable(changes.get(1), frame("k", "v_sum").row("a", null));
        assertTable(changes.get(2), frame("k", "v_sum").row("a", null));
        assertTable(changes.get(3), frame("k", "v_sum").row("a", MOST));
    }
}
