package io.streamz.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.mean;
import static io.streamz.frames.Frames.size;
import static io.streamz.frames.Frames.sum;
import static io.streamz.frames.Frames.var;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.Aggregations;
import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggTest {
    private static final Schema TRADES = Schema.of(
            new Field("symbol", DataType.UTF8), new Field("price", DataType.FLOAT64), new Field("qty", DataType.INT64));

    @Test
    void theBuilderMakesWhatTheTextSays() {
        assertThat(Agg.parse("count(), sum(qty), mean(price) as avg_price, var(qty, 0)"))
                .containsExactly(count(), sum("qty"), mean("price").as("avg_price"), var("qty", 0));
        assertThat(Agg.parse("count(*), COUNT(qty), size()")).containsExactly(count(), count("qty"), size());
        assertThat(Agg.parse("sum(price * qty) where symbol = 'A' minCount 3 as `a b`"))
                .containsExactly(col("price")
                        .mul(col("qty"))
                        .sum()
                        .where("symbol = 'A'")
                        .minCount(3)
                        .as("a b"));
        assertThat(Agg.parse("sum(qty) as q where qty > 0"))
                .containsExactly(sum("qty").where(col("qty").gt(0)).as("q"));
    }

    @Test
    void twoConditionsNarrow() {
        assertThat(sum("qty").where("qty > 0").where("price > 0")).hasToString("sum(qty) where qty > 0 and price > 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count()",
                "var(qty, 0)",
                "sum(price * qty) where not symbol in ('A', 'B') minCount 2 as `where`",
                "mean(`unit price`), max(qty) as largest"
            })
    void printedTextReadsBack(String text) {
        List<Agg> aggs = Agg.parse(text);
        String printed = aggs.stream().map(Agg::toString).collect(Collectors.joining(", "));
        assertThat(Agg.parse(printed)).isEqualTo(aggs);
    }

    @Test
    void everyBuiltInAggregationIsKnownByName() {
        for (String name : Aggregations.names()) {
            String call = name + "(" + arguments(name) + ")";
            assertThat(Agg.parse(call).get(0)).hasToString(call);
        }
    }

    private static String arguments(String name) {
        List<String> withParameter = List.of("quantile", "nth", "collect", "nLargest", "nSmallest");
        Aggregation known = withParameter.contains(name) ? Aggregations.named(name, 1) : Aggregations.named(name);
        String inputs = String.join(", ", List.of("qty", "price", "time").subList(0, known.inputs()));
        return withParameter.contains(name) ? inputs + ", 1" : inputs;
    }

    @Test
    void outputsHaveNamesAndTypes() {
        assertThat(
                        outputs(
                                "count(), count(qty), sum(qty), sum(price), mean(qty), sum(price * qty) as notional, var(qty, 0)"))
                .containsExactly(
                        "count: int64",
                        "qty_count: int64",
                        "qty_sum: int64",
                        "price_sum: float64",
                        "qty_mean: float64",
                        "notional: float64",
                        "qty_var: float64");
        assertThat(col("price").mul(2).as("twice").mean().name()).isEqualTo("twice_mean");
        assertThat(sum("qty").where("price > 1").columns()).containsExactly("qty", "price");
    }

    private static List<String> outputs(String text) {
        return Agg.parse(text).stream()
                .map(agg -> agg.bind(TRADES, "trades").output().toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "sum(symbol)          ~ sum needs a number, a duration or a bool but got utf8 in sum(symbol)",
                "sum(price * qty)     ~ the aggregate sum(price * qty) of an expression has no name; give it one with as",
                "sum(qyt)             ~ no column 'qyt' in trades[symbol, price, qty]; did you mean 'qty'?",
                "sum(qty) where price ~ where needs a bool but got float64 in price; compare it with a value"
            })
    void wrongNamesAndTypesAreRefused(String text, String message) {
        assertThatThrownBy(() -> outputs(text))
                .isInstanceOf(PlanException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "sum               ~ 3  ~ expected '(' but found the end",
                "sum(qty           ~ 7  ~ expected ',' or ')' but found the end",
                "sum()             ~ 0  ~ sum takes 1 input but got 0",
                "sum(qty, price)   ~ 0  ~ sum takes 1 input but got 2",
                "sum(qty, 3)       ~ 0  ~ sum takes no parameters but got 1",
                "sum(qty) total    ~ 9  ~ expected ',', where, minCount, as or the end but found 'total'",
                "sum(qty) as       ~ 11 ~ expected a name but found the end",
                "sum(qty) where    ~ 14 ~ expected a value but found the end",
                "sum(qty),         ~ 9  ~ expected an aggregation such as sum(x) but found the end",
                "sum(qty) minCount 0 ~ 18 ~ expected a number of values from 1 but found the number 0"
            })
    void wrongTextsAreRefusedWithACaret(String text, int caret, String message) {
        assertThatThrownBy(() -> Agg.parse(text))
                .isInstanceOf(PlanException.class)
                .hasMessage(message + "\n  " + text + "\n  " + " ".repeat(caret) + "^");
    }

    @Test
    void unknownFunctionsComeWithTheValidOnes() {
        assertThatThrownBy(() -> Agg.parse("count(), summ(qty)"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("no aggregation 'summ'; did you mean 'sum'? Aggregations are: absSum, ")
                .hasMessageEndingWith("\n  count(), summ(qty)\n           ^");
        assertThatThrownBy(() -> col("qty").aggregate("total"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("no aggregation 'total'");
        assertThatThrownBy(() -> sum("qty").minCount(0)).hasMessage("minCount is 0; use 1 or more");
    }
}
