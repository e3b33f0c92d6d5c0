package io.streamz.frames.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import io.streamz.frames.Expr;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of functions and types in docs/expressions.md says what binding says. */
class ExpressionTableTest {
    private static final List<DataType> TYPES = List.of(
            DataType.BOOL,
            DataType.INT64,
            DataType.FLOAT64,
            DataType.decimal(10, 2),
            DataType.UTF8,
            DataType.BINARY,
            DataType.DATE,
            DataType.time(ChronoUnit.NANOS),
            DataType.timestamp(ChronoUnit.NANOS),
            DataType.duration(ChronoUnit.NANOS));

    private static final List<String> CALLS = List.of(
            "x + x",
            "x - x",
            "x * x",
            "x / x",
            "x // x",
            "x % x",
            "x ** 2",
            "-x",
            "abs(x)",
            "x = x",
            "x < x",
            "x in (x)",
            "x between x and x",
            "x is null",
            "x and x",
            "not x",
            "case when true then x end",
            "coalesce(x, x)",
            "nullIf(x, x)",
            "greatest(x, x)",
            "least(x, x)",
            "clip(x, x, x)",
            "sqrt(x)",
            "cbrt(x)",
            "exp(x)",
            "expm1(x)",
            "log(x)",
            "log10(x)",
            "log2(x)",
            "log1p(x)",
            "sin(x)",
            "cos(x)",
            "tan(x)",
            "asin(x)",
            "acos(x)",
            "atan(x)",
            "sinh(x)",
            "cosh(x)",
            "tanh(x)",
            "atan2(x, x)",
            "hypot(x, x)",
            "floor(x)",
            "ceil(x)",
            "trunc(x)",
            "round(x)",
            "round(x, 1)",
            "sign(x)",
            "isNaN(x)",
            "isFinite(x)",
            "isInfinite(x)",
            "nanAsNull(x)",
            "bitAnd(x, x)",
            "bitOr(x, x)",
            "bitXor(x, x)",
            "bitNot(x)",
            "shiftLeft(x, 1)",
            "shiftRight(x, 1)",
            "length(x)",
            "byteLength(x)",
            "upper(x)",
            "lower(x)",
            "trim(x)",
            "trimStart(x)",
            "trimEnd(x)",
            "substring(x, 1, 2)",
            "startsWith(x, 'a')",
            "endsWith(x, 'a')",
            "contains(x, 'a')",
            "indexOf(x, 'a')",
            "replace(x, 'a', 'b')",
            "splitPart(x, ',', 0)",
            "concat(x, x)",
            "padStart(x, 9)",
            "padEnd(x, 9, '.')",
            "x like 'a%'",
            "regexMatch(x, 'a')",
            "regexExtract(x, 'a', 0)",
            "regexReplace(x, 'a', 'b')",
            "year(x)",
            "quarter(x)",
            "month(x)",
            "day(x)",
            "hour(x)",
            "minute(x)",
            "second(x)",
            "nano(x)",
            "dayOfWeek(x)",
            "dayOfYear(x)",
            "week(x)",
            "dateOf(x)",
            "timeOf(x)",
            "isBusinessDay(x)",
            "truncate(x, '1d')",
            "offsetBy(x, '1mo')",
            "unitsBetween('d', x, x)",
            "epoch(x, 's')",
            "formatTime(x, 'yyyy')",
            "parseTimestamp(x, 'yyyy-MM-dd')",
            "tryParseTimestamp(x, 'yyyy-MM-dd')",
            "parseDate(x, 'yyyy-MM-dd')",
            "tryParseDate(x, 'yyyy-MM-dd')");

    @Test
    void theTableIsTrue() throws IOException {
        Path page = Path.of("../docs/expressions.md");
        String text = Files.readString(page);
        String table = table();
        assertThat(text).as("the table should be\n%s", table).contains(table);
    }

    @Test
    void everyFunctionIsInTheTable() {
        Set<String> missing = new TreeSet<>(Op.functionNames());
        CALLS.forEach(call -> names(Texts.expression(call).node(), missing));
        assertThat(missing).isEmpty();
    }

    private static void names(Node node, Set<String> missing) {
        if (node instanceof Node.Call call) {
            missing.remove(call.op().text());
        }
        node.below().forEach(below -> names(below, missing));
    }

    private static String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| | " + TYPES.stream().map(ExpressionTableTest::plain).collect(Collectors.joining(" | ")) + " |");
        lines.add("|---".repeat(TYPES.size() + 1) + "|");
        for (String call : CALLS) {
            String cells = TYPES.stream().map(type -> cell(call, type)).collect(Collectors.joining(" | "));
            lines.add("| `" + call.replace("|", "\\|") + "` | " + cells + " |");
        }
        return String.join("\n", lines);
    }

    private static String cell(String call, DataType type) {
        try {
            return plain(Expr.parse(call).bind(Schema.of(new Field("x", type))).type());
        } catch (PlanException e) {
            return "";
        }
    }

    /** The type without what the columns of the table have in common. */
    private static String plain(DataType type) {
        return type.toString().replaceAll("\\((ns|10,2)\\)", "");
    }
}
