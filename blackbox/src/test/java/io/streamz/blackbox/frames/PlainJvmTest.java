package io.streamz.blackbox.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain {@code java} with the jars on the class path, no flag and no property. */
class PlainJvmTest {
    private static final List<String> NEEDED =
            List.of("streamz-", "blackbox", "arrow-", "slf4j-api", "netty", "jackson", "flatbuffers");

    @TempDir
    Path folder;

    @Test
    void recordsInRecordsOutPrintNothingOfTheirOwn() throws Exception {
        Run run = run(jar -> true);
        assertThat(run.error).isEmpty();
        assertThat(run.out).isEqualTo("""
                Total[symbol=A, notionalSum=6.0]
                Total[symbol=B, notionalSum=4.0]
                held 0
                """);
    }

    @Test
    void recordsNeedNoNetty() throws Exception {
        Run run = run(jar -> !jar.contains("netty"));
        assertThat(run.error).isEmpty();
        assertThat(run.out).contains("Total[symbol=A, notionalSum=6.0]");
    }

    @Test
    void arrowVectorsComeOutWithNettyAndWithout() throws Exception {
        for (boolean netty : new boolean[] {true, false}) {
            Run run = run(jar -> netty || !jar.contains("netty"), "arrow");
            assertThat(run.out).as(run.error).contains("A\t2.0\t3\t6.0").endsWith("held 0\n");
        }
    }

    @Test
    void arrowVectorsComeOutWhereNettyCannotStart() throws Exception {
        Run run = run(jar -> !jar.contains("netty-buffer-patch"), "arrow");
        assertThat(run.out).as(run.error).contains("A\t2.0\t3\t6.0").endsWith("held 0\n");
    }

    private record Run(String out, String error) {}

    private Run run(Predicate<String> jars, String... arguments) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> NEEDED.stream().anyMatch(entry::contains))
                .filter(jars)
                .collect(Collectors.joining(File.pathSeparator));
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-cp", classPath, PlainProgram.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        int code = builder.redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .start()
                .waitFor();
        Run run = new Run(Files.readString(out).replace("\r\n", "\n"), Files.readString(error));
        assertThat(code).as(run.error).isZero();
        return run;
    }
}
