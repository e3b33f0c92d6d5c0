package io.streamz.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every notebook, executed by Jupyter without a browser, and the kernel, spoken to over its sockets. */
@EnabledIfSystemProperty(
        named = "streamz.notebooks",
        matches = "true",
        disabledReason = "notebooks are executed by: notebooks/setup && ./mvnw verify -Pnotebooks")
class NotebooksTest {
    private static final Path HERE = Path.of("").toAbsolutePath();

    @BeforeAll
    static void installTheKernelOfThisBuild() throws Exception {
        run(List.of(HERE.resolve("setup").toString(), "--kernel-only"));
    }

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(HERE)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
            assertThat(found).hasSizeGreaterThanOrEqualTo(5);
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void givesWhatItPromises(Path notebook) throws Exception {
        python("check", notebook.toString());
    }

    /** Where JJAVA_HOME is the folder of an unpacked JJava, with its kernel.json. */
    @ParameterizedTest
    @MethodSource("notebooks")
    void runsUnchangedOnJJava(Path notebook) throws Exception {
        String home = System.getenv("JJAVA_HOME");
        assumeTrue(home != null, "no JJAVA_HOME");
        python("check", "--spec", home, notebook.toString());
    }

    @Test
    void theKernelAnswers() throws Exception {
        System.out.println(python("src/test/python/talk.py"));
    }

    private static String python(String script, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(interpreter(), HERE.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** The same one that the set-up takes. */
    private static String interpreter() {
        String given = System.getenv("STREAMZ_PYTHON");
        return given != null ? given : Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s%n%s", String.join(" ", command), output)
                .isZero();
        return output;
    }
}
