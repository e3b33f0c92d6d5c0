package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The vectors that were recomputed from scratch by pandas, for every scheme here that they know. */
class GoldenSchemesTest {
    private static final DataType[] TYPES = {DataType.FLOAT64};
    private static final Pattern OPERATION =
            Pattern.compile("(?:(rolling|window|expanding|ewm)\\((?:[a-z]+=)?'?(\\w*)'?\\)\\.)?"
                    + "(groupby\\('k'\\)\\.)?(?:v\\.)?(\\w+)");
    private static final List<String> FUNCTIONS =
            List.of("sum", "mean", "count", "size", "min", "max", "var", "var0", "std", "median");

    private final Object golden;

    GoldenSchemesTest() throws IOException {
        golden = read();
    }

    private static Object read() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolveSibling("shared").resolve("golden/streamz-golden.json");
            if (Files.exists(file)) {
                return JsonText.read(Files.readString(file));
            }
        }
        return null;
    }

    private static List<?> list(Object json, String... path) {
        return (List<?>) at(json, path);
    }

    private static Object at(Object json, String... path) {
        Object found = json;
        for (String name : path) {
            found = ((Map<?, ?>) found).get(name);
        }
        return found;
    }

    @Test
    void schemesAgreeWithTheTruth() {
        assumeTrue(golden != null, "no golden vectors beside the project");
        int checked = 0;
        for (Object vector : list(golden, "vectors")) {
            String operation = (String) at(vector, "op");
            Matcher parts = OPERATION.matcher(operation);
            if (at(vector, "truth") == null || !parts.matches()) {
                continue;
            }
            String scheme = parts.group(1) == null ? "expanding" : parts.group(1);
            List<?> batches = list(golden, "datasets", (String) at(vector, "dataset"));
            List<Object> got = run(scheme, parts.group(2), parts.group(3) != null, parts.group(4), batches);
            if (got != null) {
                compare(got, list(vector, "truth"), at(vector, "dataset") + " " + operation);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(300);
    }

    private static List<Object> run(String scheme, String size, boolean grouped, String function, List<?> batches) {
        if (function.startsWith("cum")) {
            return cumulative(function.substring(3), batches);
        }
        if (!FUNCTIONS.contains(function)) {
            return null;
        }
        if (scheme.equals("ewm")) {
            return ewm(Double.parseDouble(size), batches);
        }
        Measure measure = function.equals("size")
                ? Measure.of(Aggregations.size())
                : Measure.of(function.equals("var0") ? Aggregations.named("var", 0) : Aggregations.named(function), 0);
        boolean byTime = size != null && size.endsWith("h");
        long length = size == null || size.isEmpty() ? 0 : Long.parseLong(size.replace("h", "")) * (byTime ? 3600 : 1);
        if (scheme.equals("rolling")) {
            return rolling(byTime ? Span.time(length) : Span.rows(length), measure, batches);
        }
        Window window = length == 0 ? Window.expanding() : byTime ? Window.time(length) : Window.rows(length);
        return moving(window, grouped, measure, batches);
    }

    private static List<Object> rolling(Span span, Measure measure, List<?> batches) {
        var rolling = new Rolling(span, false, TYPES, measure);
        List<Object> answers = new ArrayList<>();
        for (Object batch : batches) {
            Lane out = measure.resultType(TYPES).kind().lane();
            Lane[] columns = {values(batch)};
            rolling.add(null, columns[0].size(), times(batch), columns, new Lane[] {out}, (at, row) -> {});
            answers.add(Lanes.values(out));
        }
        return answers;
    }

    private static List<Object> cumulative(String function, List<?> batches) {
        Aggregation aggregation = Aggregations.named(function.equals("prod") ? "product" : function);
        var state = Cumulative.cumulative(TYPES, Measure.of(aggregation, 0));
        List<Object> answers = new ArrayList<>();
        for (Object batch : batches) {
            Lane out = new DoubleLane();
            Lane[] columns = {values(batch)};
            state.add(null, columns[0].size(), columns, new Lane[] {out}, (at, row) -> {});
            answers.add(Lanes.values(out));
        }
        return answers;
    }

    /** The answer after the last row of each batch, null before the first value. */
    private static List<Object> ewm(double com, List<?> batches) {
        var ewm = new Ewm(Decay.com(com), DataType.FLOAT64, Ewm.Function.MEAN);
        List<Object> answers = new ArrayList<>();
        Object last = null;
        boolean seen = false;
        for (Object batch : batches) {
            var out = new DoubleLane();
            Lane column = values(batch);
            ewm.add(null, column.size(), null, column, new DoubleLane[] {out});
            seen |= out.size() > 0;
            last = out.size() == 0 ? last : Lanes.values(out).get(out.size() - 1);
            answers.add(seen ? Collections.singletonList(last) : List.of());
        }
        return answers;
    }

    private static List<Object> moving(Window window, boolean grouped, Measure measure, List<?> batches) {
        var groups = new MovingGroups(window, TYPES, measure);
        var index = new GroupIndex(DataType.UTF8);
        List<Object> answers = new ArrayList<>();
        for (Object batch : batches) {
            Lane[] columns = {values(batch)};
            Lane[] keys = {Lanes.of(DataType.UTF8, list(batch, "columns", "k"))};
            int[] ids = new int[columns[0].size()];
            index.ids(keys, ids.length, ids);
            groups.add(grouped ? ids : null, ids.length, times(batch), columns, late -> {});
            int[] live = grouped ? groups.liveIds(new int[0]) : new int[] {0};
            int count = grouped ? groups.size() : 1;
            Lane out = measure.resultType(TYPES).kind().lane();
            groups.result(0, live, count, out, row -> {});
            index.keys(live, grouped ? count : 0, keys);
            Map<Object, Object> sorted = new TreeMap<>();
            for (int i = 0; grouped && i < count; i++) {
                sorted.put(Lanes.values(keys[0]).get(i), Lanes.values(out).get(i));
            }
            answers.add(
                    grouped
                            ? new ArrayList<>(sorted.values())
                            : Lanes.values(out).get(0));
            for (int i = 0; grouped && i < groups.goneCount(); i++) {
                index.free(groups.gone()[i]);
            }
        }
        return answers;
    }

    private static Lane values(Object batch) {
        return Lanes.of(DataType.FLOAT64, list(batch, "columns", "v"));
    }

    private static LongLane times(Object batch) {
        List<Long> times = new ArrayList<>();
        for (Object label : list(batch, "index")) {
            times.add(label instanceof String time ? LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC) : 0L);
        }
        return (LongLane) Lanes.of(DataType.INT64, times);
    }

    private static void compare(List<Object> got, List<?> truth, String what) {
        assertThat(got).as(what).hasSameSizeAs(truth);
        for (int batch = 0; batch < got.size(); batch++) {
            Object expected = truth.get(batch) instanceof Map ? at(truth.get(batch), "values") : truth.get(batch);
            if (expected instanceof List<?> values) {
                assertThat((List<?>) got.get(batch))
                        .as(what + " batch " + batch)
                        .hasSameSizeAs(values);
                for (int i = 0; i < values.size(); i++) {
                    compare(((List<?>) got.get(batch)).get(i), values.get(i), what + " batch " + batch);
                }
            } else {
                compare(got.get(batch), expected, what + " batch " + batch);
            }
        }
    }

    private static void compare(Object got, Object expected, String what) {
        if (got == null || expected == null) {
            assertThat(got).as(what).isEqualTo(expected);
        } else {
            double right = (Double) expected;
            assertThat(Math.abs(((Number) got).doubleValue() - right))
                    .as(what + " " + got + " for " + right)
                    .isLessThanOrEqualTo(1e-12 * Math.abs(right));
        }
    }
}
