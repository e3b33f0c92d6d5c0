package io.streamz.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamz.core.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call of the library that never returns is an error that names the file, and keeps no process from ending. */
@Timeout(120)
final class StuckFileTest {
    @TempDir
    Path folder;

    /** What a process of its own says that reads a file; it must end by itself. */
    private String said(String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("stuck.bin"), "content");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StuckFile.class.getName(),
                file.toString()));
        command.addAll(List.of(more));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }

    private Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = folder.resolve(name);
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "pipes have names here");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        return pipe;
    }

    @Test
    void oneThatWorksWithoutEnd() throws Exception {
        assertThat(said()).contains("stuck.bin is damaged: the pages of one batch took more than 0.1 s of work");
    }

    @Test
    void oneThatWaitsForEver() throws Exception {
        assertThat(said(pipe("silent").toString()))
                .contains("stuck.bin is damaged: nothing could be read of it for 1 s");
    }

    @Test
    void aPipeIsNoFile() throws Exception {
        Path pipe = pipe("pipe.parquet");
        assertThatThrownBy(() -> Read.all(Parquet.read(pipe)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(pipe + " is a pipe or a device");
        assertThatThrownBy(() -> Parquet.tail(pipe).schema())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a pipe or a device");
    }
}
