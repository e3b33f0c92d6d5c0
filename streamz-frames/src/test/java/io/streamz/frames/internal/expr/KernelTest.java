package io.streamz.frames.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.DataException;
import io.streamz.frames.Expr;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.Columns;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelTest {
    private static final Schema ONE = Schema.of(new Field("x", DataType.INT64));

    private static Columns rows(Long... values) {
        LongLane lane = new LongLane();
        lane.reset(values.length);
        for (int row = 0; row < values.length; row++) {
            if (values[row] == null) {
                lane.setNull(row);
            } else {
                lane.values()[row] = values[row];
            }
        }
        return Samples.columns(new Lane[] {lane}, 0, values.length);
    }

    private static List<Object> evaluate(String text, Long... values) {
        BoundExpr bound = Expr.parse(text).bind(ONE);
        Lane lane = bound.evaluate(rows(values));
        List<Object> answers = new ArrayList<>();
        for (int row = 0; row < values.length; row++) {
            Object answer = Oracle.cell(lane, row, bound.type());
            answers.add(answer instanceof java.math.BigInteger whole ? (Object) whole.longValueExact() : answer);
        }
        return answers;
    }

    @Test
    void overflowNamesExpressionRowAndNumbers() {
        assertThatThrownBy(() -> evaluate("x * 3 + 1", 1L, null, Long.MAX_VALUE / 2, 5L))
                .isInstanceOf(DataException.class)
                .hasMessage("overflow in x * 3: 4611686018427387903 * 3 does not fit int64 at row 3 of the input; "
                        + "cast an operand to float64");
    }

    @Test
    void rowsThatAreNotNeededDoNotOverflow() {
        Long big = Long.MAX_VALUE;
        assertThat(evaluate("x < 10 and x * x = 9", 3L, big, null, 2L)).containsExactly(true, false, null, false);
        assertThat(evaluate("case when x < 10 then x * x when x is null then -1 end", 3L, big, null, 12L))
                .containsExactly(9L, null, -1L, null);
        assertThat(evaluate("coalesce(try_cast(x as int8), x + 1)", 3L, 300L)).containsExactly(3L, 301L);
        assertThatThrownBy(() -> evaluate("x > 10 and x * x = 9", 3L, 4L, big))
                .hasMessageContaining("at row 3 of the input");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "-7 ~ x // 2                        ~ -4",
                "-7 ~ x % 2                         ~ 1",
                "7  ~ x % -2                        ~ -1",
                "7  ~ x // 0                        ~ null",
                "7  ~ x % 0                         ~ null",
                "7  ~ x / 0                         ~ Infinity",
                "7  ~ x / 2                         ~ 3.5",
                "7  ~ -x // 2.0                     ~ -4.0",
                "7  ~ x ** 2                        ~ 49",
                "7  ~ x ** -1                       ~ 0.14285714285714285",
                "9007199254740993 ~ x > 9007199254740992.0 ~ true",
                "9007199254740993 ~ x + 0.0 = 9007199254740992 ~ true",
                "7  ~ x in (1, null)                ~ null",
                "1  ~ x in (1, null)                ~ true",
                "7  ~ x in (7.0, 8.5)               ~ true",
                "7  ~ x not in ()                   ~ true",
                "7  ~ x = null                      ~ null",
                "7  ~ x between 7 and 7             ~ true",
                "7  ~ cast(x as decimal(5,2)) + 0.5 ~ 7.5",
                "7  ~ cast(x / 2 as int64)          ~ 3",
                "300 ~ try_cast(x as int8)          ~ null",
                "7  ~ cast(x as utf8) = '7'         ~ true",
                "7  ~ cast(cast(x as utf8) as int64) ~ 7",
                "7  ~ cast('2001-01-01' as date) = '2001-01-01' ~ true",
                "7  ~ cast(timestamp '1969-12-31T23:59:59Z' as date) = date '1969-12-31' ~ true",
                "7  ~ date '2001-01-02' - date '2001-01-01' = '24h' ~ true",
                "7  ~ float64 'NaN' = float64 'NaN' ~ false",
                "7  ~ float64 'NaN' != 1            ~ true",
                "7  ~ isNaN(x * float64 'NaN')      ~ true"
            })
    void answersArePinned(long x, String text, String answer) {
        assertThat(String.valueOf(evaluate(text, x, null).get(0))).isEqualTo(answer);
    }

    @Test
    void aBatchMakesNoGarbage() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Columns in = Samples.columns(Samples.rows(new Random(1), 100, true, true), 0, 100);
        int[] rows = new int[100];
        for (String text : List.of(
                "i * 2 + k > j // 3 or not b and x / y > 1.5",
                "s in ('a', 'b') or t = s or d < ts",
                "m * 2 + i > 3 or ts - tn > '5m'",
                "coalesce(i, j, 0) > case when x > y then 1 else k end")) {
            BoundExpr bound = Expr.parse(text).bind(Samples.SCHEMA);
            bound.select(in, rows);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 1_000; i++) {
                bound.select(in, rows);
            }
            long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertThat(bytes).as(text).isLessThan(1_000);
        }
    }
}
