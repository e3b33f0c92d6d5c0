package io.streamz.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.expr;
import static io.streamz.frames.Frames.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExprTest {
    private static final Schema TRADES = Schema.of(
            new Field("time", DataType.timestamp(ChronoUnit.NANOS)),
            new Field("symbol", DataType.UTF8),
            new Field("price", DataType.FLOAT64),
            new Field("qty", DataType.INT64),
            new Field("open", DataType.BOOL),
            new Field("day", DataType.DATE),
            new Field("fee", DataType.decimal(20, 2)),
            new Field("raw", DataType.BINARY));

    @Test
    void theBuilderMakesWhatTheTextSays() {
        assertThat(col("price").mul(col("qty")).gt(100)).isEqualTo(expr("price * qty > 100"));
        assertThat(col("a").add(1).sub(2).div(3).floorDiv(4).mod(5).pow(2).neg().abs())
                .isEqualTo(expr("abs(-(((a + 1 - 2) / 3 // 4 % 5) ** 2))"));
        assertThat(col("a").between(1, 2).and(col("b").isNull()).or("c in ('x', 'y')"))
                .isEqualTo(expr("a between 1 and 2 and b is null or c in ('x', 'y')"));
        assertThat(col("a").notIn(1L, null).and("b is not null"))
                .isEqualTo(expr("a not in (1, null)").and(col("b").isNotNull()));
        assertThat(col("a").eq("it's").as("two words")).isEqualTo(expr("a = 'it''s' as `two words`"));
        assertThat(col("a").coalesce(0).isNaN().not()).isEqualTo(expr("not isNaN(coalesce(a, 0))"));
        assertThat(col("a").cast("decimal(20, 2)").tryCast(DataType.INT64))
                .isEqualTo(expr("try_cast(cast(a as decimal(20,2)) as int64)"));
    }

    @Test
    void valuesStandForThemselves() {
        assertThat(lit(1)).isEqualTo(lit(1L)).hasToString("1");
        assertThat(lit(0.5f)).isEqualTo(lit(0.5)).hasToString("0.5");
        assertThat(lit("x")).hasToString("'x'");
        assertThat(lit(null)).hasToString("null");
        assertThat(lit(new BigDecimal("1E+3"))).hasToString("decimal '1000'");
        assertThat(lit(LocalDate.of(2001, 2, 3))).hasToString("date '2001-02-03'");
        assertThat(lit(LocalDateTime.of(2001, 2, 3, 4, 5))).isEqualTo(lit(Instant.parse("2001-02-03T04:05:00Z")));
        assertThat(lit(Duration.ofMinutes(5))).isEqualTo(expr("duration '5m'"));
        assertThatThrownBy(() -> lit(List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("a java.util.ImmutableCollections$ListN is no value of an expression");
    }

    @Test
    void aBareColumnHasItsName() {
        assertThat(col("a").name()).contains("a");
        assertThat(col("a").add(1).name()).isEmpty();
        assertThat(col("a").add(1).as("b").name()).contains("b");
        assertThat(expr("c + a * c").columns()).containsExactly("c", "a");
    }

    @Test
    void anAssignmentIsSplitAtTheFirstEqualsSign() {
        assertThat(Expr.parseAssignment("total cost=price*qty == 3"))
                .isEqualTo(expr("price * qty = 3 as `total cost`"));
        assertThat(Expr.parseAssignment("`a=``b` = 1")).isEqualTo(lit(1).as("a=`b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "qty + 1                   ~ int64",
                "qty / 2                   ~ float64",
                "qty ** 2                  ~ int64",
                "qty ** -1                 ~ float64",
                "qty + price               ~ float64",
                "fee + qty                 ~ decimal(38,2)",
                "fee * fee                 ~ decimal(38,4)",
                "fee // fee                ~ decimal(38,0)",
                "fee + price               ~ float64",
                "fee / 2                   ~ float64",
                "price > '1' is null       ~ error",
                "time - time               ~ duration(ns)",
                "time - day                ~ duration(ns)",
                "day - day                 ~ duration(s)",
                "day + duration '1d'       ~ timestamp(s)",
                "time + duration '5m'      ~ timestamp(ns)",
                "duration '90s' // 60      ~ duration(s)",
                "coalesce(qty, price)      ~ float64",
                "case when open then day else time end ~ timestamp(ns)",
                "cast(qty as int8)         ~ int8",
                "qty = 1.0                 ~ bool"
            })
    void typesFollowTheOperands(String text, String type) {
        if (type.equals("error")) {
            assertThatThrownBy(() -> expr(text).bind(TRADES)).isInstanceOf(PlanException.class);
        } else {
            assertThat(expr(text).bind(TRADES).type()).hasToString(type);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "pirce > 1      ~ no column 'pirce' in trades[time, symbol, price, qty, open, day, fee, raw]; did you mean 'price'?",
                "volume > 1     ~ no column 'volume' in trades[time, symbol, price, qty, open, day, fee, raw]",
                "price + symbol ~ cannot apply '+' to float64 and utf8 in price + symbol; it takes numbers, or times and durations",
                "open + 1       ~ cannot apply '+' to bool and int64 in open + 1; it takes numbers, or times and durations; cast a bool to int64",
                "symbol > 3     ~ cannot apply '>' to utf8 and int64 in symbol > 3; put the text in single quotes, or cast the column",
                "price = '3'    ~ cannot apply '=' to float64 and utf8 in price = '3'; numbers stand without quotes, names of columns without quotes or in backticks",
                "price = open   ~ cannot apply '=' to float64 and bool in price = open; cast one of them",
                "raw = 'a'      ~ cannot apply '=' to binary and utf8 in raw = 'a'; cast one of them",
                "qty and open   ~ 'and' needs a bool but got int64 in qty and open; compare it with a value",
                "not qty        ~ 'not' needs a bool but got int64 in not qty; compare it with a value",
                "day = 'soon'   ~ 'soon' is no date in day = 'soon'; write it as '2001-12-31'",
                "time > 'noon'  ~ 'noon' is no timestamp in time > 'noon'; write it as '2001-12-31T23:59:59.5Z'",
                "time + '5m'    ~ cannot apply '+' to timestamp(ns) and utf8 in time + '5m'; write a length of time as duration '5m', a moment as timestamp '2001-12-31T23:59:59Z'",
                "time + time    ~ cannot apply '+' to timestamp(ns) and timestamp(ns) in time + time; it takes numbers, or times and durations",
                "null           ~ null alone has no type in null; write cast(null as int64), or the type it should have",
                "-symbol        ~ cannot apply '-' to utf8 in -symbol; it takes a number or a duration",
                "isNaN(symbol)  ~ cannot apply 'isNaN' to utf8 in isNaN(symbol); it takes a number",
                "coalesce(qty, symbol)      ~ no type holds int64 and utf8 in coalesce(qty, symbol); cast one of them",
                "cast(day as float64)       ~ no conversion from date to float64 in cast(day as float64)",
                "cast('x' as int64)         ~ cannot convert 'x' to int64 in cast('x' as int64); try_cast gives null instead",
                "9223372036854775807 + 1    ~ overflow in 9223372036854775807 + 1: 9223372036854775807 + 1 does not fit int64; cast an operand to float64"
            })
    void wrongNamesAndTypesAreRefused(String text, String message) {
        assertThatThrownBy(() -> expr(text).bind(TRADES, "trades"))
                .isInstanceOf(PlanException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "price >           ~ 7  ~ expected a value but found the end",
                "price > )         ~ 8  ~ expected a value but found ')'",
                "trade price > 1   ~ 6  ~ expected an operator or the end but found 'price'; a name with a blank in it stands in backticks",
                "price 100         ~ 6  ~ expected an operator or the end but found the number 100",
                "(price            ~ 6  ~ expected an operator or ')' but found the end",
                "price > 1)        ~ 9  ~ expected an operator or the end but found ')'",
                "a = 'abc          ~ 4  ~ a text starts here and does not end; expected another '",
                "a = `abc          ~ 4  ~ a name starts here and does not end; expected another `",
                "price = \"x\"     ~ 8  ~ unexpected \"; texts stand in single quotes, names in backticks",
                "lag(price, 0)     ~ 11 ~ lag looks 0 rows back; it is 1 or more",
                "price ^ 2         ~ 6  ~ unexpected ^; a power is written **",
                "a.b               ~ 1  ~ unexpected .; a name with a point in it stands in backticks",
                "1st > 2           ~ 1  ~ a number cannot go on with a letter; a name that starts with a digit stands in backticks",
                "1 < a < 2         ~ 6  ~ comparisons do not chain; join two with and, or use parentheses",
                "a = not b         ~ 4  ~ expected a value but found 'not'; put it in parentheses",
                "and > 3           ~ 0  ~ expected a value but found 'and'; a column of that name stands in backticks",
                "a in 1            ~ 5  ~ expected '(' but found the number 1",
                "a in (1 2)        ~ 8  ~ expected ',' or ')' but found the number 2",
                "a is 3            ~ 5  ~ expected 'null' but found the number 3",
                "a between 1       ~ 11 ~ expected 'and' but found the end",
                "abs()             ~ 0  ~ abs takes 1 argument but has 0",
                "cast(a)           ~ 6  ~ expected 'as' but found ')'",
                "case when a then 1 ~ 18 ~ expected an operator, when, else or end but found the end",
                "date '2001-13-01' ~ 5  ~ '2001-13-01' is no date; write it as '2001-12-31'",
                "a as b c          ~ 7  ~ expected the end but found 'c'; a name with a blank in it stands in backticks",
                "99999999999999999999 ~ 0 ~ 99999999999999999999 is outside the range of int64; write decimal '99999999999999999999' or 99999999999999999999.0"
            })
    void wrongTextsAreRefusedWithACaret(String text, int caret, String message) {
        assertThatThrownBy(() -> expr(text))
                .isInstanceOf(PlanException.class)
                .hasMessage(message + "\n  " + text + "\n  " + " ".repeat(caret) + "^");
    }

    @Test
    void unknownFunctionsComeWithTheValidOnes() {
        assertThatThrownBy(() -> expr("1 + absx(a)"))
                .hasMessageStartingWith("no function 'absx'; did you mean 'abs'? Functions are: abs, ")
                .hasMessageEndingWith("\n  1 + absx(a)\n      ^");
        assertThatThrownBy(() -> expr("zzzzzz(a)"))
                .hasMessageStartingWith("no function 'zzzzzz'. Functions are: abs, ");
    }

    @Test
    void sizeAndDepthAreLimited() {
        assertThatThrownBy(() -> expr("(".repeat(10_000) + "a" + ")".repeat(10_000)))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("the expression nests deeper than 250 levels");
        assertThatThrownBy(() -> expr("-".repeat(60_000) + "a")).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> expr("a + ".repeat(2_000) + "a"))
                .hasMessage("the expression nests deeper than 500 levels; for one value out of many use in (...)");
        assertThatThrownBy(() -> expr("a".repeat(70_000)))
                .hasMessageStartingWith("the text is longer than 65536 characters");
        assertThatThrownBy(() -> expr("  ")).hasMessage("expected an expression but the text is empty");
        Expr deep = expr("a + ".repeat(499) + "a");
        assertThat(expr(deep.toString())).isEqualTo(deep);
    }

    @Test
    void aLongTextIsShownAroundTheCaret() {
        assertThatThrownBy(() -> expr("a + ".repeat(100) + ") + " + "a + ".repeat(100) + "a"))
                .hasMessage("expected a value but found ')'\n  ..." + "a + ".repeat(15) + ") + " + "a + ".repeat(14)
                        + "...\n  " + " ".repeat(63) + "^");
    }
}
