package io.streamz.blackbox.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on python-streamz has all names of its data frames, and names no method that is not there. */
class ParityTest {
    /** What its dataframe classes, their windows and groups, and their aggregations offer. */
    private static final List<String> PYTHON = List.of(
            "DataFrame",
            "Series",
            "Index",
            "DataFrames",
            "Seriess",
            "to_dataframe",
            "columns",
            "dtypes",
            "dtype",
            "assign",
            "query",
            "round",
            "astype",
            "map",
            "reset_index",
            "set_index",
            "index",
            "tail",
            "map_partitions",
            "accumulate_partitions",
            "emit",
            "verify",
            "to_frame",
            "plot",
            "value_counts",
            "sum",
            "mean",
            "count",
            "size",
            "aggregate",
            "cumsum",
            "cumprod",
            "cummin",
            "cummax",
            "rolling",
            "window",
            "expanding",
            "ewm",
            "groupby",
            "min_periods",
            "quantile",
            "median",
            "full",
            "apply",
            "var",
            "std",
            "nlargest",
            "start",
            "with_state",
            "current_value",
            "PeriodicDataFrame",
            "from_periodic",
            "Random",
            "random_datapoint",
            "random_datablock",
            "initial",
            "on_new",
            "on_old",
            "Sum",
            "Mean",
            "Count",
            "Size",
            "Var",
            "Full",
            "EWMean",
            "ValueCounts",
            "GroupbySum",
            "GroupbyCount",
            "GroupbySize",
            "GroupbyMean",
            "GroupbyVar",
            "accumulator",
            "window_accumulator",
            "groupby_accumulator",
            "windowed_groupby_accumulator",
            "diff_iloc",
            "diff_loc",
            "diff_expanding",
            "diff_align",
            "_repr_html_",
            "_ipython_display_",
            "stop");

    /** Words before a bracket that are no methods of ours: of the JDK, of the reader. */
    private static final Set<String> OTHERS = Set.of("f", "a", "b", "negate");

    private record Line(String python, String java) {}

    private static List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/parity.md"))) {
            String[] cells = line.replace("\\|", "/").split("\\|", -1);
            if (line.startsWith("| ") && cells.length > 3) {
                lines.add(new Line(cells[1], cells[2]));
            }
        }
        return lines;
    }

    @Test
    void allNamesOfTheDataFramesAreThere() throws IOException {
        String python = lines().stream().map(Line::python).collect(Collectors.joining("\n"));
        String page = Files.readString(Path.of("../docs/parity.md"));
        for (String name : PYTHON) {
            Pattern word = Pattern.compile("(?<![A-Za-z_])" + name + "(?![A-Za-z_])");
            boolean inText = List.of("Index", "DataFrames", "Seriess").contains(name);
            assertThat(word.matcher(inText ? page : python).find()).as(name).isTrue();
        }
    }

    @Test
    void allMethodsThatItNamesAreThere() throws IOException {
        Set<String> known = new TreeSet<>(OTHERS);
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.streamz")
                .forEach(type -> {
                    known.add(type.getSimpleName());
                    type.getMethods().forEach(method -> known.add(method.getName()));
                });
        Set<String> missing = new TreeSet<>();
        int found = 0;
        for (Line line : lines()) {
            Matcher code = Pattern.compile("`([^`]*)`").matcher(line.java);
            while (code.find()) {
                String plain = code.group(1).replaceAll("\"[^\"]*\"", "\"\"");
                Matcher call = Pattern.compile("([A-Za-z_]\\w*)(?:<\\w+>)?\\(").matcher(plain);
                while (call.find()) {
                    found++;
                    if (!known.contains(call.group(1))) {
                        missing.add(call.group(1) + " in " + code.group(1));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(100);
    }
}
