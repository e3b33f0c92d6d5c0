package io.streamz.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

/** The one line of imports, against what kernels import by themselves. */
class ImportLineTest {
    /** JShell's, IJava's and JJava's default imports, and those of this project's kernel. */
    private static final List<String> KERNELS = List.of(
            "java.io",
            "java.math",
            "java.net",
            "java.nio.file",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.prefs",
            "java.util.regex",
            "java.util.stream");

    private static String line() throws IOException {
        String notebook = Files.readString(Path.of("1-quick-start.ipynb"));
        int from = notebook.indexOf("import io.streamz.core.*;");
        return notebook.substring(from, notebook.indexOf('"', from)).replace("\\n", "");
    }

    @Test
    void everyNotebookHasTheSameLine() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            for (Path notebook :
                    files.filter(file -> file.toString().endsWith(".ipynb")).toList()) {
                assertThat(Files.readString(notebook)).as("%s", notebook).contains(line());
            }
        }
        assertThat(Files.readString(Path.of("README.md"))).contains(line());
    }

    @Test
    void noTypeOfOursHasTheNameOfOneThatIsImported() throws Exception {
        Map<String, String> taken = new TreeMap<>();
        for (String each : KERNELS) {
            types(each, "java.base", taken, new ArrayList<>());
        }
        types("java.util.prefs", "java.prefs", taken, new ArrayList<>());
        assertThat(taken).containsKeys("List", "Flow", "Path", "Instant", "Preferences");
        List<String> clashes = new ArrayList<>();
        for (Class<?> home : List.of(
                io.streamz.core.DataStream.class, io.streamz.frames.Table.class, io.streamz.notebook.Streamz.class)) {
            for (String name : names(home)) {
                if (taken.containsKey(name)) {
                    clashes.add(home.getPackageName() + "." + name + " and " + taken.get(name));
                }
            }
        }
        assertThat(clashes).isEmpty();
    }

    @Test
    void compilesAfterThem() throws IOException {
        try (JShell shell = JShell.create()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            KERNELS.forEach(each -> shell.eval("import " + each + ".*;"));
            shell.eval("import static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*;");
            valid(shell, line());
            valid(shell, "List<String> list = new ArrayList<>(); ");
            valid(shell, "Pipeline p = pipeline(\"a\");");
            valid(shell, "DataStream<Integer> s = DataStream.of(Integer.class);");
            valid(shell, "Agg a = count(); Expr e = col(\"x\"); Table t = null; Sink k = null; Duration d = null;");
            valid(shell, "void live(View v, Plot q) { display(v); display(q); display(\"text\"); }");
            valid(shell, "Map<String, Health> r = running();");
        }
    }

    private static void valid(JShell shell, String code) {
        String rest = code;
        while (!rest.isBlank()) {
            var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            for (SnippetEvent event : shell.eval(next.source())) {
                assertThat(event.status())
                        .as(
                                "%s %s",
                                next.source(),
                                shell.diagnostics(event.snippet())
                                        .map(d -> d.getMessage(null))
                                        .toList())
                        .isEqualTo(Status.VALID);
            }
            rest = next.remaining();
        }
    }

    private static void types(String packageName, String module, Map<String, String> into, List<String> names)
            throws IOException {
        FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
        Path folder = runtime.getPath("/modules/" + module + "/" + packageName.replace('.', '/'));
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).forEach(names::add);
        }
        for (String name : names) {
            String type = packageName + "." + name.replace(".class", "");
            if (name.endsWith(".class") && name.indexOf('$') < 0 && !name.endsWith("-info.class") && isPublic(type)) {
                into.put(name.replace(".class", ""), type);
            }
        }
    }

    private static boolean isPublic(String type) {
        try {
            return java.lang.reflect.Modifier.isPublic(
                    Class.forName(type, false, null).getModifiers());
        } catch (ClassNotFoundException e) {
            return true; // of a module that this loader does not have: rather one too many
        }
    }

    /** The public types of the package that a class is in. */
    private static List<String> names(Class<?> home) throws Exception {
        Path place =
                Path.of(home.getProtectionDomain().getCodeSource().getLocation().toURI());
        String folder = home.getPackageName().replace('.', '/');
        if (Files.isDirectory(place)) {
            return listed(home, place.resolve(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return listed(home, jar.getPath(folder));
        }
    }

    private static List<String> listed(Class<?> home, Path folder) throws Exception {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (file.toString().endsWith(".class") && name.indexOf('$') < 0 && !name.endsWith("-info")) {
                    Class<?> type = Class.forName(home.getPackageName() + "." + name, false, home.getClassLoader());
                    if (java.lang.reflect.Modifier.isPublic(type.getModifiers())) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }
}
