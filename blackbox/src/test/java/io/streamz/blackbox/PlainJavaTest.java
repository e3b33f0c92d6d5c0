package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A program that embeds the library: plain {@code java}, jars on the class path, and nothing that it did not print itself. */
final class PlainJavaTest {
    private static final String EXAMPLE = "RecordsInRecordsOut";
    private static final Path THIS_JDK = Path.of(System.getProperty("java.home"));

    @Test
    void onThisJdk() {
        run(THIS_JDK, List.of(), Examples.jars());
    }

    @Test
    void onANewerJdk() throws IOException {
        Path newer = LauncherTest.newerJdk();
        Streamz.Ended bare = Examples.run(newer, List.of(), Examples.jars(), EXAMPLE);
        assertThat(bare.code()).isZero();
        assertThat(bare.out()).isEqualTo(Examples.outputOf(EXAMPLE));
        // The JVM's own words about Arrow's use of Unsafe, which the README quotes, and nothing else.
        assertThat(bare.err().lines())
                .allMatch(line ->
                        line.startsWith("WARNING: ") && line.matches(".*(Unsafe|release).*|.*called by.*|.*Please.*"));
        run(newer, List.of("--sun-misc-unsafe-memory-access=allow"), Examples.jars());
    }

    @Test
    void withoutNetty() throws IOException {
        List<Path> jars = new ArrayList<>(Examples.jars());
        assertThat(jars.removeIf(jar -> Examples.named(jar, "netty-") || Examples.named(jar, "arrow-memory-netty")))
                .isTrue();
        run(THIS_JDK, List.of(), jars);
    }

    @Test
    void withAnotherNetty() throws IOException {
        List<Path> jars = new ArrayList<>(Examples.jars());
        assertThat(jars.removeIf(jar -> Examples.named(jar, "netty-"))).isTrue();
        try (Stream<Path> others = Files.list(Project.root().resolve("blackbox/target/other-netty"))) {
            others.forEach(jars::add);
        }
        assertThat(jars).filteredOn(jar -> Examples.named(jar, "netty-")).hasSize(2);
        run(THIS_JDK, List.of(), jars);
    }

    @Test
    void everyExampleRuns() throws IOException {
        assertThat(Examples.names())
                .contains(EXAMPLE)
                .allSatisfy(name -> assertThat(Examples.outputOf(name)).isNotEmpty());
    }

    private static void run(Path jdk, List<String> options, List<Path> jars) {
        String output = Examples.run(jdk, options, jars, EXAMPLE).done().out();
        assertThat(output).isEqualTo(Examples.outputOf(EXAMPLE)).isNotEmpty();
    }
}
