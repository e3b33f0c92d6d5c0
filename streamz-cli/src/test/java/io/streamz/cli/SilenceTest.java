package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said when nothing comes. */
final class SilenceTest {
    @TempDir
    private Path folder;

    private final AtomicLong clock = new AtomicLong();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Silence silence(String path, boolean isWhole) {
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), err, Terminal.NONE, clock::get);
        Tail asked = new Tail(console);
        asked.path = path;
        return new Silence(asked, isWhole, console);
    }

    private String saidOf(String path, boolean isWhole) {
        said.reset();
        Silence silence = silence(path, isWhole);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(4));
        silence.goesOn();
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
        silence.goesOn();
        silence.goesOn();
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void whatIsWaitedForIsSaidOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("x.parquet"), "PAR1");
        assertThat(saidOf(file.toString(), true)).isEqualTo("streamz: waiting for " + file + " to be complete");
        assertThat(saidOf(file.toString(), false)).isEqualTo("streamz: waiting for the first rows of " + file);
        String pattern = folder + "/*.csv";
        assertThat(saidOf(pattern, false))
                .isEqualTo("streamz: there is no file with rows at " + pattern + " yet; waiting for one");
        assertThat(saidOf("-", false)).isEqualTo("streamz: waiting for the first rows of standard input");
    }
}
