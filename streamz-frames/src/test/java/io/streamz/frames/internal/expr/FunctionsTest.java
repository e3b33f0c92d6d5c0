package io.streamz.frames.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.Expr;
import io.streamz.frames.ExprFunction;
import io.streamz.frames.ExprFunctions;
import io.streamz.frames.Frames;
import io.streamz.frames.internal.Cells;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pinned answers and refusals of functions; the many random ones are in {@link EvaluationTest}. */
class FunctionsTest {
    @BeforeAll
    static void register() {
        ExprFunctions.register(
                ExprFunction.scalar("twice", 1, DataType.INT64, args -> 2 * (Long) args[0], DataType.INT64));
        ExprFunctions.register(ExprFunction.scalar(
                "twice", 2, DataType.INT64, args -> Math.multiplyExact(2, (Long) args[0]), DataType.INT64));
        ExprFunctions.register(ExprFunction.batch(
                "half",
                1,
                DataType.FLOAT64,
                (inputs, rows, out) -> {
                    double[] x = ((DoubleLane) inputs.get(0)).values();
                    for (int row = 0; row < rows; row++) {
                        ((DoubleLane) out).values()[row] = x[row] / 2;
                    }
                },
                DataType.FLOAT64));
    }

    private static String value(Expr expr) {
        BoundExpr bound = expr.bind(Samples.SCHEMA);
        Lane lane = bound.evaluate(Samples.columns(Samples.rows(new Random(1), 1, false, true), 0, 1));
        return String.valueOf(Cells.value(bound.type(), lane, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "round(2.675, 2)                                ~ 2.67",
                "round(2.5)                                     ~ 2.0",
                "round(-1250, -2)                               ~ -1200",
                "round(decimal '2.345', 2)                      ~ 2.34",
                "floor(decimal '-2.3')                          ~ -3",
                "log2(8)                                        ~ 3.0",
                "sqrt(-1)                                       ~ NaN",
                "greatest(1, null, 3)                           ~ 3",
                "least(1.5, float64 'NaN')                      ~ NaN",
                "clip(5, null, 3)                               ~ 3",
                "nullIf(3, 3.0)                                 ~ null",
                "nanAsNull(float64 'NaN')                       ~ null",
                "shiftLeft(1, 62)                               ~ 4611686018427387904",
                "length('aä😀')                                 ~ 3",
                "byte_length('aä😀')                            ~ 7",
                "upper('straße')                                ~ STRASSE",
                "substring('streamz', -2)                       ~ mz",
                "substring('a😀b', 1, 1)                        ~ 😀",
                "splitPart('a,b,,d', ',', -1)                   ~ d",
                "splitPart('a,b', ',', 2)                       ~ null",
                "replace('aaa', 'aa', 'b')                      ~ ba",
                "concat('n=', 5, ', x=', 1.5)                   ~ n=5, x=1.5",
                "lpad('7', 3, '0')                              ~ 007",
                "'100%' like '100\\%'                           ~ true",
                "'abc' not like '_c'                            ~ true",
                "regexExtract('GET /a HTTP', '^(\\w+) (\\S+)', 2) ~ /a",
                "regexReplace('2001-12-31', '(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1') ~ 31.12.2001",
                "year(date '2001-12-31')                        ~ 2001",
                "week(date '2001-12-31')                        ~ 1",
                "hour(timestamp '2024-03-31T01:30:00Z', 'Europe/Zurich')  ~ 3",
                "dateOf(timestamp '2024-06-30T22:30:00Z', 'Europe/Zurich') ~ 2024-07-01",
                "timeOf(timestamp '2024-06-30T22:30:00.5Z')     ~ 22:30:00.500",
                "timeOf(timestamp '2024-06-30T22:30:00Z', 'Europe/Zurich') ~ 00:30",
                "timeOf(timestamp '1969-12-31T23:59:59Z')       ~ 23:59:59",
                // Friday in London, Saturday in Tokyo already; a Sunday.
                "isBusinessDay(timestamp '2024-06-28T22:30:00Z')               ~ true",
                "isBusinessDay(timestamp '2024-06-28T22:30:00Z', 'Asia/Tokyo') ~ false",
                "isBusinessDay(date '2024-06-30')                              ~ false",
                "isBusinessDay(date '2024-07-01')                              ~ true",
                // The hour that is shown twice is two hours; a day of 25 hours is one day.
                "truncate(timestamp '2024-10-27T00:30:00Z', '1h', 'Europe/Zurich') ~ 2024-10-27T00:00:00Z",
                "truncate(timestamp '2024-10-27T01:30:00Z', '1h', 'Europe/Zurich') ~ 2024-10-27T01:00:00Z",
                "truncate(timestamp '2024-10-27T22:30:00Z', '1d', 'Europe/Zurich') ~ 2024-10-26T22:00:00Z",
                "truncate(timestamp '2024-03-31T05:30:00Z', '6h', 'Europe/Zurich') ~ 2024-03-31T04:00:00Z",
                "truncate(timestamp '2024-03-31T03:30:00Z', '6h', 'Europe/Zurich') ~ 2024-03-30T23:00:00Z",
                "truncate(timestamp '1969-12-31T23:59:59Z', '15m') ~ 1969-12-31T23:45:00Z",
                "truncate(date '2024-05-17', '1q')              ~ 2024-04-01",
                "truncate(date '2024-05-17', '1w')              ~ 2024-05-13",
                "offsetBy(date '2024-01-31', '1mo')             ~ 2024-02-29",
                "offsetBy(timestamp '2024-03-30T12:00:00Z', '1d', 'Europe/Zurich') ~ 2024-03-31T11:00:00Z",
                "offsetBy(timestamp '2024-03-30T12:00:00Z', '24h', 'Europe/Zurich') ~ 2024-03-31T12:00:00Z",
                "unitsBetween('mo', date '2024-01-31', date '2024-02-29') ~ 0",
                "unitsBetween('d', timestamp '2024-03-30T12:00:00Z', timestamp '2024-03-31T11:00:00Z', 'Europe/Zurich') ~ 1",
                "epoch(timestamp '1970-01-01T00:00:01.5Z', 'ms') ~ 1500",
                "formatTime(timestamp '2024-07-01T12:00:00Z', 'HH:mm', 'Europe/Zurich') ~ 14:00",
                "parseTimestamp('31.12.2001 23:59', 'dd.MM.yyyy HH:mm', 'Europe/Zurich') ~ 2001-12-31T22:59:00Z",
                "tryParseDate('x', 'yyyy-MM-dd')                ~ null",
                "parseDate('20240517', 'yyyyMMdd')              ~ 2024-05-17",
                "twice(21)                                      ~ 42",
                "twice@1(21)                                    ~ 42",
                "half(3)                                        ~ 1.5",
                "half(null)                                     ~ null"
            })
    void answersArePinned(String text, String answer) {
        assertThat(value(Expr.parse(text))).isEqualTo(answer);
        assertThat(Expr.parse(Expr.parse(text).toString())).isEqualTo(Expr.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "sqrt(s)                 ~ argument 1 of sqrt needs a number but is utf8",
                "upper(i)                ~ argument 1 of upper needs a text but is int64",
                "truncate(ts, '1 hour')  ~ no unit '1 hour'",
                "truncate(d, '1h')       ~ a date has no parts of days",
                "hour(ts, 'Mars')        ~ no zone 'Mars'",
                "round(x, i)             ~ argument 2 of round is the number of digits behind the point: a constant",
                "regexMatch(s, '(')      ~ '(' is no regular expression",
                "regexReplace(s, 'a', '$1') ~ '$1' is no replacement",
                "s like t                ~ argument 2 of like is a pattern: a constant text",
                "formatTime(ts, 'bbb')   ~ is no pattern of a time",
                "lenght(s)               ~ did you mean 'length'?",
                "twice(x)                ~ argument 1 of twice@2 needs int64 but is float64",
                "twice(i, j)             ~ twice@2 takes 1 arguments but has 2",
                "twice@7(i)              ~ no function 'twice@7'",
                "i > @limit              ~ the parameter @limit has no value"
            })
    void mistakesAreFoundWhenBuilt(String text, String message) {
        assertThatThrownBy(() -> Expr.parse(text).bind(Samples.SCHEMA, "trades"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(message);
    }

    @Test
    void parametersAreValuesGivenLater() {
        Expr open = Expr.parse("i > @limit and s in (@first, @last)");
        assertThat(open.toString()).isEqualTo("i > @limit and s in (@first, @last)");
        assertThat(Expr.parse(open.toString())).isEqualTo(open);
        Expr closed = open.with("limit", 100).with(Map.of("first", "a", "last", "z"));
        assertThat(closed).isEqualTo(Expr.parse("i > 100 and s in ('a', 'z')"));
        assertThat(Frames.col("i").gt(Frames.param("limit"))).isEqualTo(Expr.parse("i > @limit"));
    }

    @Test
    void whenThenOtherwiseIsCase() {
        Expr sign = Frames.when("x > 0")
                .then("up")
                .when(Frames.col("x").lt(0))
                .then("down")
                .otherwise("flat");
        assertThat(sign.toString()).isEqualTo("case when x > 0 then 'up' when x < 0 then 'down' else 'flat' end");
        assertThat(Frames.col("s").replace(Map.of("a", "A")).toString())
                .isEqualTo("case when s = 'a' then 'A' else s end");
    }

    @Test
    void aFunctionThatThrowsNamesRowAndCall() {
        assertThatThrownBy(() -> value(Expr.parse("twice(9223372036854775807 + i * 0)")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("twice@2(9223372036854775807 + i * 0) failed")
                .hasMessageContaining("at row 1 of the input");
    }

    @Test
    void aFunctionWithoutANameRunsHereOnly() {
        Expr plain = Frames.col("i").add(1);
        Expr local = plain.map(DataType.INT64, DataType.UTF8, args -> "<" + args[0] + ">");
        assertThat(value(Frames.lit(41).add(1).map(DataType.INT64, DataType.UTF8, args -> "<" + args[0] + ">")))
                .isEqualTo("<42>");
        assertThat(plain.localFunctions()).isEmpty();
        assertThat(local.localFunctions()).containsExactly("<lambda>(i + 1)");
        assertThatThrownBy(() -> Expr.parse(local.toString())).isInstanceOf(PlanException.class);
    }

    @Test
    void aNameIsTakenOnce() {
        assertThatThrownBy(() -> ExprFunctions.register(
                        ExprFunction.scalar("twice", 2, DataType.INT64, args -> 1L, DataType.INT64)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("another function is known as twice@2");
        assertThatThrownBy(() -> ExprFunction.scalar("upper", 1, DataType.INT64, args -> 1L))
                .isInstanceOf(PlanException.class);
    }
}
