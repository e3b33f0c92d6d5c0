package io.streamz.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel makes of cells, without sockets. */
class JavaKernelTest {
    private static JavaKernel kernel;

    @BeforeAll
    static void start() {
        kernel = new JavaKernel();
    }

    @AfterAll
    static void stop() {
        kernel.onShutdown(false);
    }

    private static List<String> failure(String code) {
        try {
            kernel.evalRaw(code);
        } catch (CellError e) {
            return e.lines();
        }
        throw new AssertionError("no error: " + code);
    }

    @Test
    void theValueAtTheEndIsGiven() {
        assertThat(kernel.evalRaw("int a = 20; int b = 22;\na + b")).isEqualTo(42);
        assertThat(kernel.evalRaw("a")).isEqualTo(20);
        assertThat(kernel.evalRaw("\"text\".length()")).isEqualTo(4);
        assertThat(kernel.eval("a").getData(MIMEType.TEXT_PLAIN)).isEqualTo("20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "int q = 1;", "void f() {}", "// only words", "String n = null;", "q = 5;"})
    void othersGiveNothing(String code) {
        kernel.evalRaw("int q = 0;");
        assertThat(kernel.evalRaw(code)).isNull();
    }

    @Test
    void declarationsMayBeMadeAgainInAnotherWay() {
        kernel.evalRaw("record Point(int x) {}\nint size(Point p) { return p.x(); }");
        assertThat(kernel.evalRaw("size(new Point(3))")).isEqualTo(3);
        kernel.evalRaw("record Point(int x, int y) {}");
        assertThat(kernel.evalRaw("new Point(3, 4).toString()")).isEqualTo("Point[x=3, y=4]");
        assertThat(kernel.evalRaw("size(new Point(5, 6))")).isEqualTo(5);
    }

    @Test
    void anErrorOfTheCompilerShowsItsPlace() {
        assertThat(failure("int ok = 1;\nint wrong = \"text\";"))
                .containsSequence(
                        "|   int wrong = \"text\";",
                        "|               ^^^^^^",
                        "incompatible types: java.lang.String cannot be converted to int");
        assertThat(kernel.evalRaw("ok")).as("what stands before it was done").isEqualTo(1);
    }

    @Test
    void anExceptionShowsItsCausesAndLines() {
        List<String> lines = failure("""
                void deep() {
                    throw new IllegalStateException("outer", new java.io.IOException("inner"));
                }
                deep();
                """);
        assertThat(lines.get(0)).isEqualTo("IllegalStateException: outer");
        assertThat(lines).anyMatch(line -> line.contains("inner"));
        assertThat(lines).contains("    at the cell, line 2");
        assertThat(lines).noneMatch(line -> line.contains("io.streamz.kernel"));
    }

    @Test
    void halfACellSaysSo() {
        assertThat(failure("for (int i = 0; i < 3; i++) {").get(0)).contains("for (int i = 0");
        assertThat(kernel.isComplete("for (int i = 0; i < 3; i++) {")).isBlank();
        assertThat(kernel.isComplete("1 + 1")).isEqualTo("complete");
        assertThat(kernel.isComplete("%maven a:b:1\nint x = 1;")).isEqualTo("complete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) { }",
                "long n = 0; for (;;) { n++; if (n < 0) break; }",
                "do { try { Thread.sleep(5); } catch (InterruptedException e) { } } while (true);",
                "Thread.sleep(1_000_000)",
                "new java.util.concurrent.CountDownLatch(1).await()"
            })
    void everyLoopCanBeInterrupted(String code) throws Exception {
        var result = CompletableFuture.supplyAsync(() -> failure(code));
        kernelReachedUserCode();
        kernel.interrupt();
        assertThat(result.get()).contains("the cell was interrupted");
        assertThat(kernel.evalRaw("1 + 1")).isEqualTo(2);
    }

    private static void kernelReachedUserCode() {
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("cell"))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void completesAndDescribes() {
        kernel.evalRaw("String greeting = \"hello\";");
        assertThat(kernel.complete("greeting.subS", 13).getReplacements()).containsExactly("subSequence(");
        var second = kernel.complete("int a = 1;\ngreet", 16);
        assertThat(second.getReplacements()).contains("greeting");
        assertThat(second.getSourceStart()).isEqualTo(11);
        assertThat(kernel.complete("%cla", 4).getReplacements()).containsExactly("%classpath");
        assertThat((String) kernel.inspect("greeting.length()", 12, false).getData(MIMEType.TEXT_PLAIN))
                .contains("int String.length()");
        assertThat(kernel.inspect("    ", 2, false)).isNull();
    }

    @Test
    void magicsAddFilesAndSayWhatIsWrong(@TempDir Path folder) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("data")).resolve("note.txt"), "found");
        kernel.evalRaw("%classpath " + folder + "/data");
        assertThat(kernel.evalRaw("new String(Thread.currentThread().getContextClassLoader()"
                        + ".getResourceAsStream(\"note.txt\").readAllBytes())"))
                .isEqualTo("found");
        assertThat(failure("%classpath " + folder + "/none.jar").get(0)).contains("nothing at", "none.jar");
        assertThat(failure("%maven").get(0)).contains("%maven group:artifact:version");
        assertThat(failure("%maven nonsense").get(0)).contains("'nonsense' names no artifact");
        assertThat(failure("%other").get(0)).contains("there is no %other", "%classpath, %jars, %maven");
    }

    @Test
    void aPercentSignInsideOfCodeIsNoMagic() {
        assertThat(kernel.evalRaw("String block = \"\"\"\n%maven inside\n\"\"\";\nblock"))
                .isEqualTo("%maven inside\n");
    }

    @Test
    void whatTheKernelNeedsForItselfIsNotSeen() {
        assertThatThrownBy(() -> kernel.evalRaw("Class.forName(\"eu.maveniverse.maven.mima.context.Context\")"))
                .isInstanceOf(CellError.class)
                .hasMessageContaining("ClassNotFoundException");
        assertThat(kernel.evalRaw("org.dflib.jjava.jupyter.kernel.BaseKernel.class.getName()"))
                .isEqualTo("org.dflib.jjava.jupyter.kernel.BaseKernel");
    }
}
