package io.streamz.frames.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterTest {
    private static final List<Op> OPS = List.of(Op.values());
    private static final List<Object> VALUES = java.util.Arrays.asList(
            null,
            true,
            false,
            0L,
            5L,
            -5L,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0.0,
            -0.0,
            1.5,
            -1.5,
            1e300,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            "",
            "it's",
            "a\nb",
            new BigDecimal("-1.50"),
            new BigDecimal("0.001"),
            LocalDate.of(2001, 2, 3),
            LocalTime.of(1, 2, 3, 4),
            Instant.parse("2001-01-01T00:00:00.000000001Z"),
            Duration.ofMillis(-1500));
    private static final List<String> NAMES =
            List.of("a", "b_1", "größe", "two words", "a`b", "", "and", "case", "1st", "x.y", "Null");
    private static final List<String> TYPES =
            List.of("int64", "decimal(20,2)", "timestamp(ms)", "timestamp(ns, Europe/Berlin)", "utf8");

    @Test
    void everyTreeReadsBack() {
        for (long seed = 1; seed <= 20_000; seed++) {
            Node node = tree(new Random(seed), 4);
            String text = Printer.print(node);
            assertThat(Texts.expression(text).node())
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(node);
        }
    }

    @Test
    void everyTreeThatBindsReadsBack() {
        for (long seed = 1; seed <= 5_000; seed++) {
            Node node = new RandomTrees(new Random(seed)).any(5);
            assertThat(Texts.expression(Printer.print(node)).node())
                    .as("seed %d", seed)
                    .isEqualTo(node);
        }
    }

    private static int arguments(Op op, Random random) {
        int[] possible = IntStream.range(0, 5).filter(op::takes).toArray();
        return possible[random.nextInt(possible.length)];
    }

    private static Node tree(Random random, int depth) {
        if (random.nextInt(40) == 0) {
            return new Node.Parameter(NAMES.get(random.nextInt(NAMES.size())));
        }
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextBoolean()
                    ? new Node.Column(NAMES.get(random.nextInt(NAMES.size())))
                    : new Node.Literal(VALUES.get(random.nextInt(VALUES.size())));
        }
        if (random.nextInt(12) == 0) {
            DataType type =
                    TypeText.parse(TYPES.get(random.nextInt(TYPES.size()))).orElseThrow();
            return Node.cast(tree(random, depth - 1), type, random.nextBoolean());
        }
        Op op = OPS.get(random.nextInt(OPS.size()));
        int count = switch (op) {
            case CASE -> 3 + 2 * random.nextInt(2);
            case IN, COALESCE -> 1 + random.nextInt(3);
            case BETWEEN -> 3;
            case NOT, NEG, IS_NULL -> 1;
            default -> op.isFunction() ? arguments(op, random) : 2;
        };
        List<Node> args = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            args.add(tree(random, depth - 1));
        }
        return Node.call(op, args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "a+b*c                        ~ a + b * c",
                "(a+b)*c                      ~ (a + b) * c",
                "a-(b-c)                      ~ a - (b - c)",
                "(a-b)-c                      ~ a - b - c",
                "2**3**2                      ~ 2 ** 3 ** 2",
                "(2**3)**2                    ~ (2 ** 3) ** 2",
                "-2**2                        ~ -2 ** 2",
                "(-2)**2                      ~ (-2) ** 2",
                "2**-1                        ~ 2 ** -1",
                "- 5                          ~ -5",
                "-(5)                         ~ -(5)",
                "a==1 && b<>2 || !c           ~ a = 1 and b != 2 or not c",
                "not a = b AND c              ~ not a = b and c",
                "not (a or b)                 ~ not (a or b)",
                "x Is Not Null                ~ x is not null",
                "not x is null                ~ x is not null",
                "x not in (1,2 , null)        ~ x not in (1, 2, null)",
                "x not like 'a%' or `like` like y ~ x not like 'a%' or `like` like y",
                "regex_match(x,'a') = is_nan(y) ~ regexMatch(x, 'a') = isNaN(y)",
                "x > @limit + @`two words`    ~ x > @limit + @`two words`",
                "ln(ifNull(x, 0))             ~ log(coalesce(x, 0))",
                "x not between 1 and 2 and y  ~ x not between 1 and 2 and y",
                "`two words` > .5e1           ~ `two words` > 5.0",
                "`and` = 'it''s'              ~ `and` = 'it''s'",
                "date = date '2001-02-03'     ~ date = date '2001-02-03'",
                "t > timestamp '2001-01-01 02:00:00+02:00' ~ t > timestamp '2001-01-01T00:00:00Z'",
                "d < duration '1d12h'         ~ d < duration 'PT36H'",
                "ABS(x) + ISNAN(y)            ~ abs(x) + isNaN(y)",
                "CAST(x AS Int64)             ~ cast(x as int64)",
                "try_cast(x as decimal(20, 2)) ~ try_cast(x as decimal(20,2))",
                "case when a then 1 when b then 2 end ~ case when a then 1 when b then 2 end",
                "end - `case` + when          ~ `end` - `case` + `when`",
                "+a                           ~ a",
                "9223372036854775807 + -9223372036854775808 ~ 9223372036854775807 + -9223372036854775808"
            })
    void printsInOneForm(String text, String printed) {
        assertThat(Printer.print(Texts.expression(text).node())).isEqualTo(printed);
    }
}
