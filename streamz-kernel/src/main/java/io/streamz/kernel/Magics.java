package io.streamz.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** The lines that begin with a percent sign: they add jars. */
final class Magics {
    private final JavaKernel kernel;
    private final Maven maven = new Maven();
    private final Set<Path> present = new LinkedHashSet<>();

    Magics(JavaKernel kernel) {
        this.kernel = kernel;
    }

    void register(MagicsRegistry registry) {
        registry.registerLineMagic("maven", magic(this::maven));
        registry.registerLineMagic("mavenRepo", magic(this::repository));
        registry.registerLineMagic("classpath", magic(this::classpath));
        registry.registerLineMagic("jars", magic(this::classpath));
    }

    private interface Action {
        void run(List<String> arguments);
    }

    private static LineMagic<Void, JavaKernel> magic(Action action) {
        return (kernel, arguments) -> {
            action.run(arguments);
            return null;
        };
    }

    private void maven(List<String> coordinates) {
        need(coordinates, "%maven group:artifact:version");
        for (String each : coordinates) {
            add(maven.jars(each));
        }
    }

    private void repository(List<String> arguments) {
        if (arguments.size() != 2) {
            need(List.of(), "%mavenRepo name https://repository.example");
        }
        maven.addRepository(arguments.get(0), arguments.get(1));
    }

    private void classpath(List<String> paths) {
        need(paths, "%classpath folder/*.jar");
        Set<Path> found = new LinkedHashSet<>();
        for (String path : paths) {
            List<Path> matches = matches(path);
            if (matches.isEmpty()) {
                throw new CellError(
                        "nothing at " + path,
                        List.of("%classpath: nothing at "
                                + Path.of("").toAbsolutePath().resolve(path)));
            }
            found.addAll(matches);
        }
        add(found);
    }

    /** A file or folder, or the files of a folder whose names fit a pattern. */
    private static List<Path> matches(String path) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (name.indexOf('*') < 0) {
            Path file = Path.of(path).toAbsolutePath();
            return Files.exists(file) ? List.of(file) : List.of();
        }
        Path folder = Path.of(slash < 0 ? "." : path.substring(0, slash + 1)).toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private void add(Set<Path> jars) {
        List<Path> fresh = new ArrayList<>();
        for (Path jar : jars) {
            if (present.add(jar)) {
                fresh.add(jar);
            }
        }
        kernel.addJars(fresh);
    }

    private static void need(List<String> arguments, String usage) {
        if (arguments.isEmpty()) {
            throw new CellError("say " + usage, List.of("say " + usage));
        }
    }
}
