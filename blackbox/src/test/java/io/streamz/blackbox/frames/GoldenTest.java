package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamz.aggregations.DataType;
import io.streamz.frames.Expr;
import io.streamz.frames.Frames;
import io.streamz.frames.Latest;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Row;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers that were worked out elsewhere, from scratch over the whole history, after each batch. */
@ExtendWith(EmptyAllocator.class)
class GoldenTest {
    private static final double TOLERANCE = 1e-9;

    /** What each operation of the file is here: a plan whose tables, one after each batch, are collected. */
    private static final Map<String, BiConsumer<StreamFrame, List<Table>>> PLANS = Map.ofEntries(
            all("v.sum", "sum(v)"),
            all("v.mean", "mean(v)"),
            all("v.count", "count(v)"),
            all("expanding().v.sum", "sum(v)"),
            byKey("groupby('k').v.sum", "sum(v)"),
            byKey("groupby('k').v.mean", "mean(v)"),
            byKey("groupby('k').v.sum/groupby('k').v.count", "mean(v)"),
            byKey("groupby('k').v.count", "count(v)"),
            byKey("groupby('k').v.var", "var(v)"),
            byKey("groupby('k').v.std", "std(v)"),
            byKey("groupby('k').v.var0", "var(v, 0)"),
            byKey("groupby('k').size", "size()"),
            byKey("k.value_counts", "count(k)"),
            rows("v[v>2]", f -> f.filter("v > 2").select("v")),
            rows("assign(w=v*2).w", f -> f.assign("w", "v * 2").select("w")));

    private static final Map<String, String> ANSWERS = Map.of(
            "sum", "sum(v)",
            "mean", "mean(v)",
            "count", "count(v)",
            "min", "min(v)",
            "max", "max(v)",
            "median", "median(v)",
            "var", "var(v)",
            "std", "std(v)",
            "var0", "var(v, 0)",
            "size", "size()");
    private static final Pattern WINDOW =
            Pattern.compile("window\\((?:n=(\\d+)|value='(\\w+)')\\)(\\.groupby\\('k'\\))?(?:\\.v)?\\.(\\w+)");
    private static final Pattern ROLLING = Pattern.compile("rolling\\((\\d+|'\\w+')\\)\\.v\\.(\\w+)");
    private static final Map<String, String> CUMULATIVE = Map.of(
            "v.cumsum", "cumSum(v)",
            "v.cumprod", "cumProd(v)",
            "v.cummin", "cumMin(v)",
            "v.cummax", "cumMax(v)");

    /** The plan of an operation over windows, or null. */
    private static BiConsumer<StreamFrame, List<Table>> overWindows(String op) {
        Matcher window = WINDOW.matcher(op);
        if (window.matches() && ANSWERS.containsKey(window.group(4))) {
            Latest newest = window.group(1) != null
                    ? Frames.rows(Long.parseLong(window.group(1)))
                    : Frames.time(window.group(2)).on("time");
            String answer = ANSWERS.get(window.group(4));
            return (f, tables) -> (window.group(3) == null
                            ? f.window(newest).agg(answer)
                            : f.window(newest).groupBy("k").agg(answer))
                    .snapshots()
                    .sink(tables::add);
        }
        if (op.equals("window(n=4).k.value_counts")) {
            return (f, tables) -> f.window(Frames.rows(4))
                    .groupBy("k")
                    .agg("count(k)")
                    .snapshots()
                    .sink(tables::add);
        }
        Matcher rolling = ROLLING.matcher(op);
        if (rolling.matches()) {
            boolean byTime = rolling.group(1).startsWith("'");
            return rows(
                            op,
                            f -> (byTime ? f.eventTime("time") : f)
                                    .select(Expr.parse(ANSWERS.get(rolling.group(2)) + " rolling " + rolling.group(1)
                                            + " as answer")))
                    .getValue();
        }
        if (CUMULATIVE.containsKey(op)) {
            return rows(op, f -> f.select(Expr.parse(CUMULATIVE.get(op) + " as answer")))
                    .getValue();
        }
        // The original gives one answer a batch: that of its last row.
        return op.equals("ewm(com=1).v.mean")
                ? (f, tables) -> f.select(Expr.parse("ewmMean(v) com 1 as answer"))
                        .sinkBatches(batch -> tables.add(Table.of(batch).tail(1)))
                : null;
    }

    private static JsonNode golden;

    @BeforeAll
    static void read() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolveSibling("shared"))) {
            folder = folder.getParent();
        }
        assumeTrue(folder != null, "the shared data is not here");
        golden = new ObjectMapper()
                .readTree(folder.resolveSibling("shared/golden/streamz-golden.json")
                        .toFile());
    }

    @Test
    void answersAreThoseOfTheFile() {
        int checked = 0;
        for (JsonNode vector : golden.get("vectors")) {
            String op = vector.get("op").asText();
            var plan = PLANS.containsKey(op) ? PLANS.get(op) : overWindows(op);
            if (plan != null && !vector.get("truth").isNull()) {
                check(vector, plan);
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(432);
    }

    private static void check(JsonNode vector, BiConsumer<StreamFrame, List<Table>> plan) {
        JsonNode batches = golden.get("datasets").get(vector.get("dataset").asText());
        TableBuilder rows = frame("k", "v", "time")
                .type("k", DataType.UTF8)
                .type("v", DataType.FLOAT64)
                .type("time", DataType.timestamp(ChronoUnit.NANOS));
        List<Integer> cuts = new ArrayList<>();
        int size = 0;
        for (JsonNode batch : batches) {
            JsonNode keys = batch.get("columns").get("k");
            JsonNode values = batch.get("columns").get("v");
            cuts.add(size);
            for (int row = 0; row < keys.size(); row++) {
                rows.row(
                        keys.get(row).asText(),
                        number(values.get(row)),
                        time(batch.get("index").get(row)));
            }
            size += keys.size();
        }
        List<Table> tables = new ArrayList<>();
        try (var pipeline = Pipeline.create("golden")) {
            // The first cut stands before the first row, where no batch is meant.
            int[] inner = cuts.stream().skip(1).mapToInt(cut -> cut).toArray();
            plan.accept(pipeline.read(rows.source("rows", inner)), tables);
            pipeline.run();
        }
        assertThat(tables).as(name(vector)).hasSameSizeAs(batches);
        for (int batch = 0; batch < tables.size(); batch++) {
            JsonNode truth = vector.get("truth").get(batch);
            if (!truth.isNull()) {
                compare(name(vector) + " after batch " + batch, tables.get(batch), truth);
            }
        }
    }

    private static void compare(String name, Table table, JsonNode truth) {
        if (truth.isNumber()) {
            assertThat(table.rows()).as(name).isOne();
            compare(name, table.row(0).value(0), number(truth));
            return;
        }
        JsonNode values = truth.get("values");
        assertThat(table.rows()).as(name).isEqualTo(values.size());
        boolean keyed = table.schema().size() == 2;
        for (int i = 0; i < values.size(); i++) {
            String key = truth.get("index").get(i).asText();
            Row row = keyed
                    ? table.toRows().stream()
                            .filter(one -> key.equals(one.text("k")))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(name + ": no group " + key))
                    : table.row(i);
            compare(name + " at " + key, row.value(keyed ? 1 : 0), number(values.get(i)));
        }
    }

    private static void compare(String name, Object actual, Double truth) {
        if (truth == null) {
            assertThat(actual).as(name).isNull();
        } else {
            assertThat(((Number) actual).doubleValue()).as(name).isCloseTo(truth, within(Math.abs(truth) * TOLERANCE));
        }
    }

    /** Where rows are named by a time, that; else nothing goes by it. */
    private static Instant time(JsonNode index) {
        return index.isTextual() ? Instant.parse(index.asText() + "Z") : null;
    }

    private static Double number(JsonNode node) {
        return node.isNull() ? null : (Double) node.asDouble();
    }

    private static String name(JsonNode vector) {
        return vector.get("op").asText() + " over " + vector.get("dataset").asText();
    }

    private static Map.Entry<String, BiConsumer<StreamFrame, List<Table>>> all(String op, String aggregates) {
        return Map.entry(op, (f, tables) -> f.agg(aggregates).snapshots().sink(tables::add));
    }

    private static Map.Entry<String, BiConsumer<StreamFrame, List<Table>>> byKey(String op, String aggregates) {
        return Map.entry(
                op, (f, tables) -> f.groupBy("k").agg(aggregates).snapshots().sink(tables::add));
    }

    private static Map.Entry<String, BiConsumer<StreamFrame, List<Table>>> rows(
            String op, UnaryOperator<StreamFrame> plan) {
        return Map.entry(op, (f, tables) -> plan.apply(f).sinkBatches(batch -> tables.add(Table.of(batch))));
    }
}
