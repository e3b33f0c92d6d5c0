package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The univariate sets of NIST's Statistical Reference Datasets, to the number of correct digits that double input allows. */
class NistTest {
    private static final Map<String, String> DEVIATIONS = Map.of(
            "Lottery", "291.699727470969",
            "Lew", "277.332168044316",
            "Mavro", "0.000429123454003053",
            "Michelso", "0.0790105478190518",
            "NumAcc1", "1",
            "NumAcc2", "0.1",
            "NumAcc3", "0.1",
            "NumAcc4", "0.1");
    private static final Map<String, String> MEANS = Map.of(
            "Lottery", "518.958715596330",
            "Lew", "-177.435",
            "Mavro", "2.001856",
            "Michelso", "299.8524",
            "NumAcc1", "10000002",
            "NumAcc2", "1.2",
            "NumAcc3", "1000000.2",
            "NumAcc4", "10000000.2");

    @ParameterizedTest
    @CsvSource({
        "Lottery, 14",
        "Lew, 14",
        "Mavro, 12",
        "Michelso, 12",
        "NumAcc1, 14",
        "NumAcc2, 14",
        "NumAcc3, 9.4",
        "NumAcc4, 8.2"
    })
    void univariate(String set, double goal) throws IOException {
        double[] values = values(set);
        for (int rows : new int[] {1, 7, values.length}) {
            assertDigits(Aggregations.mean(), inBatches(Aggregations.mean(), values, rows), MEANS.get(set), 14);
            assertDigits(Aggregations.std(1), inBatches(Aggregations.std(1), values, rows), DEVIATIONS.get(set), goal);
        }
        assertDigits(Aggregations.mean(), inFourParts(Aggregations.mean(), values), MEANS.get(set), 14);
        assertDigits(Aggregations.std(1), inFourParts(Aggregations.std(1), values), DEVIATIONS.get(set), goal);
    }

    private static double[] values(String set) throws IOException {
        Path file = shared("nist/" + set + ".dat");
        assumeTrue(Files.isRegularFile(file), "no " + file);
        List<String> lines = Files.readAllLines(file);
        int header = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("---------"))
                .reduce((earlier, later) -> later)
                .orElseThrow());
        List<String> data = lines.subList(header + 1, lines.size());
        return data.stream()
                .filter(line -> !line.isBlank())
                .mapToDouble(line -> Double.parseDouble(line.strip()))
                .toArray();
    }

    /** A file in the folder {@code shared} beside the project, or beside one of the folders that hold it. */
    private static Path shared(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return Path.of("shared", name);
    }

    /** In batches of some rows, written and read again after half of them. */
    private static GroupStates inBatches(Aggregation aggregation, double[] values, int rows) throws IOException {
        GroupStates states = aggregation.states(DataType.FLOAT64);
        boolean restored = false;
        for (int from = 0; from < values.length; from += rows) {
            add(states, values, from, Math.min(values.length, from + rows));
            if (!restored && from >= values.length / 2) {
                var bytes = new ByteArrayOutputStream();
                states.write(bytes, new int[] {0}, 1);
                states = aggregation.states(DataType.FLOAT64);
                states.read(new ByteArrayInputStream(bytes.toByteArray()));
                restored = true;
            }
        }
        return states;
    }

    private static GroupStates inFourParts(Aggregation aggregation, double[] values) {
        GroupStates states = aggregation.states(DataType.FLOAT64);
        for (int part = 0; part < 4; part++) {
            GroupStates other = aggregation.states(DataType.FLOAT64);
            add(other, values, values.length * part / 4, values.length * (part + 1) / 4);
            states.mergeFrom(other, new int[] {0});
        }
        return states;
    }

    private static void add(GroupStates states, double[] values, int from, int to) {
        DoubleLane lane = new DoubleLane();
        lane.reset(to - from);
        System.arraycopy(values, from, lane.values(), 0, to - from);
        states.add(null, to - from, new Lane[] {lane}, null);
    }

    private static void assertDigits(Aggregation aggregation, GroupStates states, String certified, double goal) {
        DoubleLane out = new DoubleLane();
        states.result(new int[] {0}, 1, out, row -> {});
        BigDecimal expected = new BigDecimal(certified);
        double error = new BigDecimal(out.values()[0])
                .subtract(expected)
                .divide(expected, Truth.DIGITS)
                .abs()
                .doubleValue();
        assertThat(-Math.log10(error))
                .as("%s: %s for %s", aggregation, out.values()[0], certified)
                .isGreaterThanOrEqualTo(goal);
    }
}
