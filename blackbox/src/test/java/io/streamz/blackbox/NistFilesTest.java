package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The univariate files of NIST's statistical reference data, through the command line. */
final class NistFilesTest {
    private static final double MOST_DIGITS = 15;

    @ParameterizedTest
    @CsvSource({
        "Lottery,  float64,       14, 14",
        "Lottery,  int64,         14, 14",
        "Lew,      float64,       14, 14",
        "Mavro,    float64,       14, 12",
        "Michelso, float64,       14, 12",
        "NumAcc1,  float64,       14, 14",
        "NumAcc2,  float64,       14, 14",
        "NumAcc3,  float64,       14, 9.4",
        "NumAcc4,  float64,       14, 8.2",
        "NumAcc3,  'decimal(20,1)', 15, 15",
        "NumAcc4,  'decimal(20,1)', 15, 15",
    })
    void meanAndDeviationHaveTheirDigits(String set, String type, double meanDigits, double deviationDigits)
            throws Exception {
        String answer = Streamz.runOn(
                        "y\n" + String.join("\n", values(Project.shared("nist/" + set + ".dat"))) + "\n",
                        "tail",
                        "-",
                        "--types",
                        "y:" + type,
                        "--agg",
                        "count(), mean(y), std(y)",
                        "--output",
                        "csv")
                .done()
                .out();
        String[] cells = answer.lines().toList().get(1).split(",", -1);
        String certified = Files.readString(Project.shared("nist/certified.json"));
        assertThat(cells[0]).isEqualTo(certified(certified, set, "n"));
        assertThat(digits(cells[1], certified(certified, set, "exact_mean"))).isGreaterThanOrEqualTo(meanDigits);
        assertThat(digits(cells[2], certified(certified, set, "exact_sd"))).isGreaterThanOrEqualTo(deviationDigits);
    }

    /** How many digits agree: the negative logarithm of the relative error. */
    private static double digits(String found, String certified) {
        double right = Double.parseDouble(certified);
        double error = Math.abs(Double.parseDouble(found) - right) / Math.abs(right);
        return error == 0 ? MOST_DIGITS : Math.min(MOST_DIGITS, -Math.log10(error));
    }

    /** The numbers below the line of dashes that ends the file's description. */
    private static List<String> values(Path file) throws Exception {
        List<String> values = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.strip().matches("-{5,}")) {
                values.clear();
            } else if (!line.isBlank()) {
                values.add(line.strip());
            }
        }
        return values;
    }

    private static String certified(String json, String set, String name) {
        Matcher matcher = Pattern.compile("\"" + set + "\": \\{[^}]*\"" + name + "\": \"?([^\",]+)\"?")
                .matcher(json);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1).strip();
    }
}
