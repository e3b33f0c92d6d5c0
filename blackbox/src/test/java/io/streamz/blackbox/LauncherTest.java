package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./streamz} as a process. */
final class LauncherTest {
    private static final Path LAUNCHER = Project.root().resolve("streamz");

    @TempDir
    Path folder;

    @BeforeAll
    static void build() {
        Streamz.build();
    }

    @Test
    void helpComesWithinASecond() {
        double best = Double.MAX_VALUE;
        String help = "";
        // The shortest of some runs: other work on the machine only ever adds.
        for (int run = 0; run < 20 && best >= 1; run++) {
            long start = System.nanoTime();
            help = Streamz.process("--help").done().out();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        assertThat(best).isLessThan(1);
        assertThat(help).contains("tail");
        assertThat(Streamz.process("tail", "--help").done().out()).contains("--group-by", "--on-bad-row", "--out");
        assertThat(Streamz.process("--version").done().out()).startsWith("streamz ");
    }

    @Test
    void runsFromAnyFolderAndThroughALink() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a folder/deep"));
        Files.writeString(deep.resolve("data.csv"), "x\n1\n2\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), LAUNCHER);
        Path second = Files.createSymbolicLink(deep.resolve("second"), Path.of("../../link"));
        String answer = new Streamz.Launch(List.of(second.toString()))
                .in(deep)
                .run("tail", "data.csv", "--agg", "sum(x)", "--output", "csv")
                .done()
                .out();
        assertThat(answer).isEqualTo("x_sum\n3\n");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void readsStandardInput() {
        String answer = new Streamz.Launch()
                .reading(to -> to.write("k,v\na,1\nb,2\na,3\n".getBytes(StandardCharsets.UTF_8)))
                .run("tail", "-", "--group-by", "k", "--agg", "sum(v)", "--output", "csv")
                .done()
                .out();
        assertThat(answer).isEqualTo("k,v_sum\na,4\nb,2\n");
    }

    @Test
    void exitCodesReachTheShell() {
        Streamz.process("tail", "none.csv").refused(1, "none.csv");
        Streamz.process("tail", "none.csv", "--nonsense").refused(2, "--nonsense");
    }

    @Test
    void saysWhichJavaIsMissing() throws IOException {
        new Streamz.Launch()
                .with(Map.of("JAVA_HOME", folder.toString()))
                .run("--help")
                .refused(1, "JAVA_HOME is " + folder, "17");
        Path old = Files.createDirectories(folder.resolve("old/bin"));
        Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
        new Streamz.Launch()
                .with(Map.of("JAVA_HOME", folder.resolve("old").toString()))
                .run("--help")
                .refused(1, "Java 11", "17");
    }

    @Test
    void endsQuietlyWhenNobodyReadsOn() {
        Streamz.Ended ended = new Streamz.Launch(List.of(
                        "sh", "-c", "'" + LAUNCHER + "' tail examples/data/birdstrikes.csv --output csv | head -n 1"))
                .run()
                .done();
        assertThat(ended.out()).startsWith("Airport Name,").hasLineCount(1);
    }

    @Test
    void aQuarterOfAGigabyteIsEnoughForAnyFile() {
        int rows = 8_000_000;
        StringBuilder block = new StringBuilder();
        for (int row = 0; row < 1_000; row++) {
            block.append(String.format("2026-01-01T00:00:00Z,key%03d,%010d,1.5%n", row, row));
        }
        byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
        String answer = new Streamz.Launch()
                .with(Map.of("JAVA_OPTS", "-Xmx256m"))
                .reading(to -> {
                    to.write("time,key,number,price\n".getBytes(StandardCharsets.UTF_8));
                    for (int written = 0; written < rows; written += 1_000) {
                        to.write(bytes);
                    }
                })
                .run(
                        "tail",
                        "-",
                        "--group-by",
                        "key",
                        "--agg",
                        "count(), sum(price)",
                        "--limit",
                        "1",
                        "--output",
                        "csv")
                .done()
                .out();
        assertThat((long) bytes.length * rows / 1_000).isGreaterThan(256L << 20);
        assertThat(answer).isEqualTo("key,count,price_sum\nkey000,8000,12000.0\n");
    }

    @Test
    void aNewerJvmWarnsOfNothing() throws IOException {
        Path newer = newerJdk();
        String answer = new Streamz.Launch()
                .with(Map.of("JAVA_HOME", newer.toString()))
                .run("tail", "examples/data/seattle-weather.csv", "--agg", "count()", "--output", "csv")
                .done()
                .out();
        assertThat(answer).isEqualTo("count\n1461\n");
    }

    /** A JDK from 24 on, beside the one that runs the tests; the test is skipped where there is none. */
    static Path newerJdk() throws IOException {
        Path homes = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(homes)) {
            try (var all = Files.list(homes)) {
                var found = all.filter(home -> version(home) >= 24).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        assumeTrue(false, "no newer JDK on this machine");
        throw new IllegalStateException();
    }

    private static int version(Path home) {
        Pattern version = Pattern.compile("JAVA_VERSION=\"(\\d+).*");
        try (var lines = Files.lines(home.resolve("release"))) {
            return lines.map(version::matcher)
                    .filter(Matcher::matches)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
