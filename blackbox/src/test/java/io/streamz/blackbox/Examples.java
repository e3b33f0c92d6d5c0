package io.streamz.blackbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The examples, each run as a plain {@code java} with jars on the class path: no flag, no property, no logger. */
final class Examples {
    private static final Map<String, String> OUTPUTS = new ConcurrentHashMap<>();

    private Examples() {}

    static List<String> names() throws IOException {
        try (Stream<Path> sources = Files.list(Project.root().resolve("examples/src/main/java/io/streamz/examples"))) {
            return sources.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("package-info.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }

    /** What an example prints; it ends well and says nothing on standard error. Each is run once. */
    static String outputOf(String example) {
        return OUTPUTS.computeIfAbsent(
                example,
                name -> run(Path.of(System.getProperty("java.home")), List.of(), jars(), name)
                        .done()
                        .out());
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
