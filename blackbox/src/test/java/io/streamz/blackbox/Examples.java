package io.streamz.blackbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The examples, each run as a plain {@code java} with jars on the class path: no flag, no property, no logger. */
final class Examples {
    private Examples() {}

    /** What an example prints; it ends well and says nothing on standard error. */
    static String outputOf(String example) {
        return run(Path.of(System.getProperty("java.home")), List.of(), jars(), example)
                .done()
                .out();
    }

    static Streamz.Ended run(Path jdk, List<String> options, List<Path> classPath, String example) {
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
        command.addAll(options);
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        command.add("io.streamz.examples." + example);
        return new Streamz.Launch(command).run();
    }

    /** What a service that uses streamz-frames has on its class path, and the examples. */
    static List<Path> jars() {
        Streamz.build();
        List<Path> jars = new ArrayList<>(List.of(Project.root().resolve("examples/target/classes")));
        try (Stream<Path> lib = Files.list(Project.root().resolve("streamz-cli/target/lib"))) {
            lib.filter(jar -> !named(jar, "picocli") && !named(jar, "slf4j-nop"))
                    .forEach(jars::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jars;
    }

    static boolean named(Path jar, String start) {
        return jar.getFileName().toString().startsWith(start);
    }
}
