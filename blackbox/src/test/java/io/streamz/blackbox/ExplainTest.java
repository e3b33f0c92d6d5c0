package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code streamz explain}, and what {@code --help} tells. */
final class ExplainTest {
    private static final int DATA = 1;
    private static final int OPTIONS = 2;

    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void rows() throws IOException {
        file = Files.writeString(folder.resolve("a.csv"), "k,n\na,1\nb,2\n").toString();
    }

    @Test
    void itTellsStepsStateAndBound() {
        String text = Streamz.run(
                        "explain",
                        file,
                        "--where",
                        "n>1",
                        "--group-by",
                        "k",
                        "--agg",
                        "count()",
                        "--order-by",
                        "count desc",
                        "--limit",
                        "3",
                        "--follow",
                        "--checkpoint",
                        folder.resolve("state").toString())
                .done()
                .out();
        assertThat(text)
                .isEqualTo("a  [no state]\n"
                        + "  filter(n > 1)  [no state]\n"
                        + "    groupBy(k).agg(count())  [state of one row per key: grows with the number of different k]\n"
                        + "columns: [k: utf8, count: int64]\n"
                        + "answer: at the end, sorted by count desc, the first 3 rows, as table to standard output\n"
                        + "reads: " + file + ", and every 1s what has come\n"
                        + "bad rows: fail\n"
                        + "memory: half of the heap at most for what the steps keep\n"
                        + "state: saved in " + folder.resolve("state") + " every 1s\n");
    }

    @Test
    void itTellsWhatGoesIntoParts() {
        String parts = folder.resolve("parts") + "/";
        String state = folder.resolve("state").toString();
        assertThat(Streamz.run("explain", file, "--out", parts, "--checkpoint", state)
                        .done()
                        .out())
                .contains(", as csv to " + parts + ", a part for each checkpoint\n");
        String[] larger = {"explain", file, "--out", parts, "--checkpoint", state, "--part-rows", "1000"};
        assertThat(Streamz.run(larger).done().out()).contains(", in parts of 1000 rows or more\n");
        String[] both = Arrays.copyOf(larger, larger.length + 2);
        both[larger.length] = "--part-every";
        both[larger.length + 1] = "1h";
        assertThat(Streamz.run(both).done().out()).contains(", in parts of 1000 rows or more, or of the rows of 1h\n");
    }

    @Test
    void itRunsNothing() throws IOException {
        Path out = folder.resolve("out.parquet");
        Path state = folder.resolve("state");
        String text = Streamz.run(
                        "explain",
                        file,
                        "--assign",
                        "m=n*2",
                        "--out",
                        out.toString(),
                        "--checkpoint",
                        state.toString(),
                        "--on-bad-row",
                        "dead-letter=" + folder.resolve("letters.csv"))
                .done()
                .out();
        assertThat(text)
                .contains("assign(m = n * 2)  [no state]", "columns: [k: utf8, n: int64, m: int64]")
                .contains("answer: row by row, as parquet to " + out + ", a part for each checkpoint\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(Path.of(file));
        }
    }

    @Test
    void windowsTellTheirBound() throws IOException {
        Files.writeString(Path.of(file), "t,n\n2026-01-01T00:00:00Z,1\n");
        assertThat(Streamz.run("explain", file, "--time", "t", "--window", "last 5m", "--agg", "sum(n)")
                        .done()
                        .out())
                .contains("eventTime(t)", "window(");
        assertThat(Streamz.run("explain", file, "--time", "t", "--window", "tumbling 1m", "--agg", "sum(n)", "--follow")
                        .done()
                        .out())
                .contains("answer: row by row, as csv to standard output");
    }

    @Test
    void itRefusesWhatTailRefuses() {
        Streamz.run("explain", file, "--where", "m > 1").refused(OPTIONS, "no column 'm'");
        Streamz.run("explain", file, "--agg", "sum(n)", "--order-by", "n").refused(OPTIONS, "no column 'n'");
        Streamz.run("explain", file, "--group-by", "k").refused(OPTIONS, "--agg");
        Streamz.run("explain", folder.resolve("none.csv").toString()).refused(DATA, "no such file");
    }

    @Test
    void itTellsWhetherTheStateFits() throws IOException {
        String state = folder.resolve("state").toString();
        String[] asked = {"tail", file, "--group-by", "k", "--agg", "sum(n)", "--checkpoint", state};
        Streamz.run(asked).done();
        asked[0] = "explain";
        assertThat(Streamz.run(asked).done().out())
                .containsPattern("checkpoint: number \\d+, taken \\S+, fits these steps, and tail goes on from it\n");
        asked[5] = "max(n)";
        assertThat(Streamz.run(asked).done().out())
                .contains("does not fit these steps, and tail refuses to go on from it: the checkpoint was made with"
                        + " groupBy(k).agg(sum(n)), and the plan has groupBy(k).agg(max(n))\n");
        assertThat(Streamz.run("explain", file, "--types", "n:utf8", "--checkpoint", state)
                        .done()
                        .out())
                .contains("made with a [k: utf8, n: int64], and the plan has a [k: utf8, n: utf8]\n");
        assertThat(Streamz.run("explain", file, "--order-by", "n", "--limit", "1", "--checkpoint", state)
                        .done()
                        .out())
                .contains("made with groupBy(k).agg(sum(n)), and the plan has the first 1 by `n`\n");
        asked[0] = "tail";
        Streamz.run(asked).refused(OPTIONS, "groupBy(k).agg(max(n))", "an empty folder of --checkpoint");
    }

    @Test
    void aDamagedCheckpointIsPassedOverAsTailDoes() throws IOException {
        Path state = folder.resolve("state");
        String[] asked = {"tail", file, "--group-by", "k", "--agg", "sum(n)", "--checkpoint", state.toString()};
        Streamz.run(asked).done();
        Files.writeString(Path.of(file), "c,3\n", StandardOpenOption.APPEND);
        Streamz.run(asked).done();
        Path newest;
        try (var files = Files.list(state)) {
            newest = files.filter(each -> each.toString().endsWith(".json"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        Files.writeString(newest, "damage");
        asked[0] = "explain";
        Streamz.Ended explained = Streamz.run(asked);
        assertThat(explained.code()).isZero();
        assertThat(explained.out()).contains(", fits these steps, and tail goes on from it\n");
        assertThat(explained.err()).contains("warning: ", newest.toString(), "damaged");
    }

    /** Help tells how names with blanks are written, where it tells of lists and of expressions. */
    @Test
    void helpTellsOfNamesWithBlanks() {
        String help = Streamz.run("tail", "--help").done().out().replaceAll("\\s+", " ");
        assertThat(help)
                .contains("--columns=COLS read only these columns, blanks in names as they are")
                .contains("--group-by=COLS columns, blanks in names as they are")
                .contains("--order-by=COLS sort by columns of the answer, blanks in names as they are")
                .contains("--where \"\\`Origin State\\` = 'Texas'\"");
    }

    /** The options that help tells are those of the guide's table, for both commands. */
    @Test
    void helpAndGuideTellTheSameOptions() throws IOException {
        Set<String> guide =
                options(Files.readString(Project.root().resolve("docs/guide/tail.md")), "(?m)^\\| `(--[a-z-]+)");
        for (String command : new String[] {"tail", "explain"}) {
            String help = Streamz.run(command, "--help").done().out();
            Set<String> told = options(help, "(?m)^ +(?:-[a-zA-Z], )?(--[a-z-]+)");
            told.removeAll(Set.of("--help", "--version"));
            assertThat(told).as(command).isEqualTo(guide);
        }
        assertThat(Streamz.run("--help").done().out()).contains("tail", "explain", "state");
    }

    private static Set<String> options(String text, String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
