package io.streamz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row runs with few rows of data: all contestants must agree, times mean nothing. */
final class HarnessTest {
    private static final Row SUM =
            Row.of("sum", "a sum", Job.Aggregate.of("v", "sum"), List.of(Column.number("v")), Target.times("other", 1));

    @TempDir
    Path folder;

    @Test
    void everyRowRunsAndAllAnswersAgree() throws Exception {
        Path markdown = folder.resolve("RESULTS.md");
        Options options = options("--rows", "5000", "--rounds", "1", "--markdown", markdown.toString());
        var out = new ByteArrayOutputStream();

        Report report = Main.run(options, new PrintStream(out, true, StandardCharsets.UTF_8));

        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(Rows.ALL).allSatisfy(row -> assertThat(text).contains(row.name() + ": " + row.title()));
        assertThat(text).contains("DuckDB", "Tablesaw", "DFLib", "java.util.stream");
        assertThat(Files.readString(markdown)).contains("JDK " + Runtime.version(), report.markdown());
    }

    @Test
    void otherAnswersAreRefused() {
        assertThatThrownBy(() -> race(peer("ours", () -> 1.0), peer("other", () -> 1.0 + 1e-8)))
                .isInstanceOf(Race.WrongAnswer.class)
                .hasMessage("sum: ours and other give different answers: column 0 of key 1.0: 1.0 against 1.00000001");
    }

    @Test
    void targetsAreJudgedByTheMedianOverRounds() {
        Race.Standing ours = new Race.Standing("ours", List.of(10.0, 10.0, 30.0), 0, 0);
        Race.Standing other = new Race.Standing("other", List.of(20.0, 12.0, 10.0), 0, 0);
        Report report = new Report();

        String text = report.add(new Race.Result(SUM, 100, List.of(ours, other)));

        assertThat(text).containsSubsequence("other", "1.20 (0.33 – 2.00)", "≥ 1.00", "OK");
        assertThat(report.missed()).isZero();
    }

    @Test
    void aMissedTargetIsCounted() {
        Race.Standing ours = new Race.Standing("ours", List.of(10.0), 0, 0);
        Race.Standing other = new Race.Standing("other", List.of(9.0), 0, 0);
        Report report = new Report();

        assertThat(report.add(new Race.Result(SUM, 100, List.of(ours, other)))).contains("misses");
        assertThat(report.missed()).isOne();
    }

    @Test
    void generatedRowsDoNotDependOnTheBatch() {
        Column keys = Column.spread("k", 10);
        try (var allocator = new RootAllocator();
                var whole = keys.vector(allocator, 1, 0, 100);
                var part = keys.vector(allocator, 1, 60, 40)) {
            for (int row = 0; row < 40; row++) {
                assertThat(part.getObject(row)).isEqualTo(whole.getObject(60 + row));
            }
        }
    }

    @Test
    void generatedCsvHas41BytesARow() throws Exception {
        try (var allocator = new RootAllocator()) {
            Path csv = new Data(allocator, folder, List.of(), 1000, 1).csv();

            List<String> lines = Files.readAllLines(csv);

            assertThat(lines).hasSize(1001).first().isEqualTo("time,symbol,price,qty");
            assertThat(lines.subList(1, 1001))
                    .allMatch(line -> line.matches("2026-01-05T00:00:00\\.\\d{3},SYM\\d{3},\\d{4}\\.\\d{2},\\d"));
        }
    }

    private Options options(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 4);
        all[arguments.length] = "--work";
        all[arguments.length + 1] = folder.toString();
        all[arguments.length + 2] = "--polars";
        all[arguments.length + 3] = folder.resolve("none").toString();
        return Options.of(all);
    }

    private void race(Peer... peers) throws Exception {
        try (var allocator = new RootAllocator()) {
            Data data = new Data(allocator, folder, SUM.columns(), 10, 1);
            Optional<Race.Result> unused = new Race(options("--rounds", "1"), List.of(peers)).run(SUM, data);
        }
    }

    private static Peer peer(String name, Callable<Double> work) {
        return new Peer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String about() {
                return name;
            }

            @Override
            public Optional<Contestant> enter(Job job, Data data) {
                return Optional.of(new InProcess(
                        () -> new Answer(true, List.of(new double[] {work.call()})), work, () -> {}));
            }
        };
    }
}
