package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.blackbox.bad.BadFilesProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every damaged file that is known, in a heap of 512 MB: rows or one error that names it, no hang, no byte left. */
final class DamagedFilesTest {
    @TempDir
    Path folder;

    @Test
    void eachEndsInRowsOrInOneError() throws Exception {
        Path bad = Project.shared("data/bad");
        Path out = folder.resolve("out");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BadFilesProgram.class.getName(),
                        bad.toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        List<String> said = Files.readAllLines(out);
        assertThat(code).as(String.join("\n", said)).isZero();
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).matches("[2-9]\\d\\d files, \\d+ refused|1\\d\\d files, \\d+ refused");
    }
}
