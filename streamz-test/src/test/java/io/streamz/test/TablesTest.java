package io.streamz.test;

import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rows;
import static io.streamz.test.Tables.rowsCut;
import static io.streamz.test.Tables.run;
import static io.streamz.test.Tables.runCut;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.frames.Field;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmptyAllocator.class)
class TablesTest {
    private static TableBuilder trades() {
        return frame("k", "v").row("a", 1).row("b", 2).row(null, null).row("a", 3);
    }

    @Test
    void aTableInAPlanATableOut() {
        assertTable(
                run(trades(), f -> f.groupBy("k").agg("sum(v)")),
                frame("k", "v_sum").row("a", 4).row("b", 2).row(null, 0));
        assertTable(
                runCut(trades(), f -> f.agg("count(), mean(v)"), 1, 1, 3),
                frame("count", "v_mean").row(4, 2.0));
    }

    @Test
    void aTableInRowsOut() {
        assertTable(
                rowsCut(trades(), f -> f.filter("v >= 2").assign("w", "v * 0.5"), 2),
                frame("k", "v", "w").row("b", 2, 1.0).row("a", 3, 1.5));
    }

    @Test
    void everyTypeOfCellComesBack() {
        TableBuilder all = frame("decimal", "date", "time", "text")
                .row(new BigDecimal("-1.25"), LocalDate.of(1969, 12, 31), Instant.parse("1969-12-31T23:59:59.5Z"), "x")
                .row(null, null, null, null)
                .row(new BigDecimal("3"), LocalDate.of(2024, 2, 29), Instant.EPOCH, "");
        assertTable(rows(all, f -> f), all);
        assertTable(rowsCut(all, f -> f, 1, 2), all);
    }

    @Test
    void differencesAreShown() {
        assertThatThrownBy(() -> assertTable(trades().table(), frame("k", "w")))
                .hasMessageContaining("its columns are [k, v], not [k, w]");
        assertThatThrownBy(() -> assertTable(trades().table(), trades().type("v", DataType.INT32)))
                .hasMessageContaining("column v: int64 is not int32");
        assertThatThrownBy(() -> assertTable(trades().table(), trades().row("c", 1)))
                .hasMessageContaining("it has 4 rows, not 5");
        assertThatThrownBy(() -> assertTable(
                        trades().table(),
                        frame("k", "v").row("a", 1).row("b", 2).row(null, 7).row("a", 3)))
                .hasMessageContaining("'v' in row 2 is null, not 7")
                .hasMessageContaining("actual:\nshape: (4, 2)");
        assertThatCode(() -> assertTable(frame("v").row(1.0).table(), frame("v").row(1 + 1e-12), 1e-9))
                .doesNotThrowAnyException();
    }

    @Test
    void aBatchThatIsLeftOpenIsFound() {
        Lane lane = DataType.INT64.kind().lane();
        lane.reset(1);
        RecordBatch open = RecordBatch.of(Schema.of(new Field("v", DataType.INT64)), lane);
        open.root();
        assertThatThrownBy(() -> EmptyAllocator.check("a test"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bytes of Arrow memory are held after a test");
        open.close();
    }
}
