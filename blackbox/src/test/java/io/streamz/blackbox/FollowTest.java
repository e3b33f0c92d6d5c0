package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./streamz tail --follow} as a process beside somebody who writes, rotates and at last sends SIGINT. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FollowTest {
    @BeforeEach
    void interruptsAreHeard() throws IOException {
        Signals.assumeHeard();
    }

    @TempDir
    Path folder;

    private Path file;

    @BeforeAll
    static void build() {
        Streamz.build();
    }

    private Process start(String... options) throws IOException {
        file = folder.resolve("app.csv");
        List<String> command = new ArrayList<>(List.of(
                Project.root().resolve("streamz").toString(),
                "tail",
                file.toString(),
                "--follow",
                "--every",
                "20ms",
                "--output",
                "csv"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void rowsComeThroughRotationAndSigintEndsWell() throws Exception {
        Process process = start();
        try {
            append("id,v\n1,x\n");
            InputStream out = process.getInputStream();
            assertThat(Signals.readUntil(out, "1,x\n")).isEqualTo("id,v\n1,x\n");
            append("2,x\n3,");
            Signals.readUntil(out, "2,x\n");
            append("x\n4,last line without its end");
            Files.move(file, folder.resolve("app.csv.1"));
            append("v,id\nx,5\n");
            assertThat(Signals.readUntil(out, "5,x\n")).isEqualTo("3,x\n4,last line without its end\n5,x\n");
            append("half,6");
            Signals.send(process, "INT");
            assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
            assertThat(process.waitFor()).isZero();
            assertThat(folder.resolve("err")).isEmptyFile();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theLastAnswerComesWithSigterm() throws Exception {
        file = folder.resolve("app.csv");
        append("k,v\na,1\nb,2\n");
        Path answer = folder.resolve("answer.csv");
        Process process = start("--group-by", "k", "--agg", "sum(v)");
        Process toFile = start("--agg", "sum(v)", "--out", answer.toString());
        try {
            awaitRead(process);
            awaitRead(toFile);
            for (int row = 0; row < 1000; row++) {
                append("a,1\n");
                if (row % 300 == 299) {
                    Files.move(file, folder.resolve("app.csv." + (1000 - row)));
                    append("k,v\n");
                }
            }
            append("end,0\n");
            awaitRead(process);
            awaitRead(toFile);
            Signals.send(process, "TERM");
            Signals.send(toFile, "INT");
            String last = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(toFile.waitFor()).isZero();
            assertThat(last).isEqualTo("k,v_sum\na,1001\nb,2\nend,0\n");
            assertThat(answer).hasContent("v_sum\n1003\n");
            assertThat(toFile.getInputStream().read()).isNegative();
        } finally {
            List.of(process, toFile).forEach(Process::destroyForcibly);
        }
    }

    /** What was read to its end goes on by following, through a rotation in between. */
    @Test
    void followGoesOnWhereOnceEnded() throws Exception {
        file = folder.resolve("app.csv");
        Path state = folder.resolve("state");
        append("v\n1\n");
        Streamz.run("tail", file.toString(), "--agg", "sum(v)", "--checkpoint", state.toString())
                .done();
        append("20\n");
        Files.move(file, folder.resolve("app.csv.1"));
        append("v\n300\n");
        Process process = start("--agg", "sum(v)", "--checkpoint", state.toString());
        try {
            awaitRead(process);
            Signals.send(process, "TERM");
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("v_sum\n321\n");
            assertThat(process.waitFor()).isZero();
            assertThat(folder.resolve("err")).isEmptyFile();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The file is longer than what is read of it for its header, before the position of the checkpoint is gone to. */
    @Test
    void aDamagedCheckpointIsPassedOver() throws Exception {
        file = folder.resolve("app.csv");
        Path state = folder.resolve("state");
        append("v\n");
        for (int run = 1; run <= 2; run++) {
            append("1\n".repeat(1_000_000));
            Streamz.run("tail", file.toString(), "--agg", "sum(v)", "--checkpoint", state.toString())
                    .done();
        }
        try (var files = Files.list(state)) {
            Path newest = files.filter(each -> each.toString().endsWith(".json"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Files.writeString(newest, "damage");
        }
        Process process = start("--agg", "sum(v)", "--checkpoint", state.toString());
        try {
            awaitRead(process);
            Signals.send(process, "TERM");
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("v_sum\n2000000\n");
            assertThat(process.waitFor()).isZero();
            assertThat(folder.resolve("err")).content().contains("warning: ", "is damaged");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Waits until a process has the file open and has read all that is in it, as Linux tells. */
    private void awaitRead(Process process) throws Exception {
        Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
        assumeTrue(Files.isDirectory(open));
        String end = "pos:\t" + Files.size(file) + "\n";
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            try (Stream<Path> descriptors = Files.list(open)) {
                for (Path descriptor : descriptors.toList()) {
                    boolean isFile = Files.readSymbolicLink(descriptor).equals(file.toRealPath());
                    Path info = open.resolveSibling("fdinfo").resolve(descriptor.getFileName());
                    if (isFile && Files.readString(info).startsWith(end)) {
                        return;
                    }
                }
            } catch (NoSuchFileException e) {
                // It was closed while we looked.
            }
        }
        throw new AssertionError("it ended: " + Files.readString(folder.resolve("err")));
    }

    @Test
    void optionsThatContradictEachOther() {
        Streamz.run("tail", "x.csv", "--follow", "--once").refused(2, "--once");
        Streamz.run("tail", "x.csv", "--every", "1s").refused(2, "--follow");
        Streamz.run("tail", "x.csv", "--follow", "--every", "soon").refused(2, "soon", "500ms");
        Streamz.run("tail", folder.resolve("none.csv").toString(), "--follow").refused(1, "no such file");
    }
}
