package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published table of function and type is what the code does, and what is not in it is refused with a reason. */
class TypeTableTest {
    private static final List<DataType> TYPES = List.of(
            DataType.BOOL,
            DataType.INT32,
            DataType.FLOAT32,
            DataType.decimal(10, 2),
            DataType.UTF8,
            DataType.BINARY,
            DataType.DATE,
            DataType.time(ChronoUnit.MICROS),
            DataType.timestamp(ChronoUnit.MILLIS),
            DataType.duration(ChronoUnit.SECONDS));

    private static final Map<String, double[]> PARAMETERS = Map.of(
            "quantile", new double[] {0.9},
            "nth", new double[] {2},
            "collect", new double[] {3},
            "nLargest", new double[] {3},
            "nSmallest", new double[] {3});

    private static Aggregation named(String name) {
        return Aggregations.named(name, PARAMETERS.getOrDefault(name, new double[0]));
    }

    private static String row(String name) {
        return TYPES.stream()
                .map(type -> cell(named(name), type))
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |"));
    }

    private static String cell(Aggregation aggregation, DataType type) {
        try {
            DataType[] inputs = Collections.nCopies(aggregation.inputs(), type).toArray(new DataType[0]);
            return aggregation.resultType(inputs).toString();
        } catch (IllegalArgumentException e) {
            return "–";
        }
    }

    @Test
    void theGuideHoldsTheTable() throws IOException {
        String guide = Files.readString(guide());
        List<String> rows = Aggregations.names().stream()
                .filter(name -> named(name).inputs() > 0)
                .map(TypeTableTest::row)
                .toList();
        assertThat(guide).as("the table is to be%n%s", String.join("\n", rows)).contains(String.join("\n", rows));
        assertThat(Aggregations.names()).allSatisfy(name -> assertThat(guide).contains("`" + name));
    }

    private static Path guide() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/aggregations.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/aggregations.md");
    }

    /** What has a type has state that takes such a lane, and a lane of the result type takes its answer. */
    @Test
    void everyCellRuns() {
        for (String name : Aggregations.names()) {
            Aggregation aggregation = named(name);
            for (DataType type : TYPES) {
                if (!cell(aggregation, type).equals("–")) {
                    run(aggregation, type);
                }
            }
        }
    }

    private static void run(Aggregation aggregation, DataType type) {
        Object value = type.equals(DataType.UTF8) || type.equals(DataType.BINARY) ? "1" : (Object) 1L;
        DataType[] types = Collections.nCopies(aggregation.inputs(), type).toArray(new DataType[0]);
        Lane[] lanes = Collections.nCopies(types.length, Lanes.of(type, value, null, value, value, value))
                .toArray(new Lane[0]);
        GroupStates states = aggregation.states(types);
        states.add(null, 5, lanes, null);
        Lane out = aggregation.resultType(types).kind().lane();
        states.result(null, 1, out, row -> {});
        assertThat(out.size()).isEqualTo(1);
        assertThat(states.count(0)).as("%s of %s", aggregation, type).isBetween(1L, 5L);
        assertThat(states.canForget()).as("%s of %s", aggregation, type).isEqualTo(aggregation.canForget());
        assertThat(states.bytes()).as("%s of %s", aggregation, type).isPositive();
    }

    @Test
    void refusalsSayWhatIsWanted() {
        refuses(
                () -> Aggregations.sum().states(DataType.UTF8),
                "sum needs a number, a duration or a bool but got utf8");
        refuses(() -> Aggregations.var(1).states(DataType.DATE), "var needs a number or a bool but got date");
        refuses(() -> Aggregations.any().resultType(DataType.INT64), "any needs a bool but got int64");
        refuses(() -> Aggregations.corr().resultType(DataType.INT64), "corr takes 2 inputs but got 1");
        refuses(
                () -> Aggregations.count().resultType(DataType.BOOL, DataType.BOOL),
                "count takes 0 to 1 input but got 2");
        refuses(() -> Aggregations.named("summ"), "no aggregation 'summ'; did you mean 'sum'?");
        refuses(() -> Aggregations.named("sum", 1), "sum takes no parameters but got 1");
        refuses(() -> Aggregations.named("quantile"), "quantile takes 1 to 2 parameters but got 0");
        refuses(() -> Aggregations.quantile(1.5), "quantile needs a number from 0 to 1 but got 1.5");
        refuses(() -> Aggregations.var(-1), "var needs a ddof of 0, 1, 2, ... but got -1.0");
        refuses(() -> Aggregations.nth(-1), "nth needs a whole number from 0 to 10000 but got -1.0");
    }

    private static void refuses(Runnable plan, String message) {
        assertThatThrownBy(plan::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
