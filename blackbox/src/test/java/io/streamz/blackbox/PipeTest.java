package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./streamz tail -} behind a pipe that says nothing more, and is then told to stop. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PipeTest {
    private static final Duration PROMPT = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @BeforeAll
    static void build() {
        Streamz.build();
    }

    @BeforeEach
    void interruptsAreHeard() throws IOException {
        Signals.assumeHeard();
    }

    private Process start(String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Project.root().resolve("streamz").toString(), "tail", "-", "--output", "csv"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static void write(Process process, String text) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Sends SIGINT while the pipe stays open, and gives the answer, which must come at once. */
    private String interrupted(Process process) throws Exception {
        long start = System.nanoTime();
        Signals.send(process, "INT");
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(answer).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
        assertThat(folder.resolve("err")).isEmptyFile();
        return answer;
    }

    @Test
    void rowsComeAsTheyAreWritten() throws Exception {
        Process process = start("--types", "a:int64,b:utf8");
        try {
            write(process, "a,b\n1,x\n");
            assertThat(Signals.readUntil(process.getInputStream(), "1,x\n")).isEqualTo("a,b\n1,x\n");
            write(process, "2,y\n3,");
            assertThat(Signals.readUntil(process.getInputStream(), "2,y\n")).isEqualTo("2,y\n");
            assertThat(interrupted(process)).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theAnswerIsOverWhatHasCome() throws Exception {
        Process process = start("--agg", "count(), sum(a)");
        try {
            write(process, "a,b\n1,x\n2,y\n3,");
            Signals.awaitRest(process, "standard input-reader");
            assertThat(interrupted(process)).isEqualTo("count,a_sum\n2,3\n");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aPipeThatNeverSpokeGivesNothing() throws Exception {
        Process process = start("--agg", "count()");
        try {
            Signals.awaitRest(process, "standard input-reader");
            assertThat(interrupted(process)).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }
}
