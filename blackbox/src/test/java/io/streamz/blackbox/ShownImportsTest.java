package io.streamz.blackbox;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What README.md and the guide show compiles with the imports that the page shows below {@code <!-- imports -->}, and no others. Each
 * file that a page shows code of is compiled once more: of its own imports those stay whose names the shown code does not use,
 * and the page's come instead of the rest.
 */
final class ShownImportsTest {
    private static final Pattern SHOWN =
            Pattern.compile("<!-- (snippet|source): (\\w+) -->\\R```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern IMPORTS = Pattern.compile("<!-- imports -->\\R```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?[\\w.]+\\.(\\w+|\\*);.*$");
    private static final Pattern NO_CODE = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|//.*");
    private static final Pattern WORD = Pattern.compile("(?<![.:\\w])\\w+");
    /** A constant as an argument in the text: {@code closed(BOTH)}. */
    private static final Pattern CONSTANT = Pattern.compile("[(] ?([A-Z]{2,})(?=[,)])");

    private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");

    private static final Map<Path, String> TESTS = tests();

    @TempDir
    private Path classes;

    static List<Path> pages() throws IOException {
        try (Stream<Path> guide = Files.list(Project.root().resolve("docs/guide"))) {
            return Stream.concat(Stream.of(Project.root().resolve("README.md")), guide.sorted())
                    .filter(page -> SHOWN.matcher(read(page)).find())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void codeCompilesWithTheImportsOfItsPage(Path page) throws IOException {
        String text = read(page);
        List<MatchResult> imports = IMPORTS.matcher(text).results().toList();
        assertThat(imports).as("<!-- imports --> of " + page).hasSize(1);
        String given = imports.get(0).group(1);
        assertThat(given.lines().filter(line -> !line.isEmpty())).allMatch(line -> line.startsWith("import "));
        Map<Path, Set<String>> used = new TreeMap<>();
        SHOWN.matcher(text)
                .results()
                .forEach(shown -> used.computeIfAbsent(origin(shown), file -> new TreeSet<>())
                        .addAll(words(shown.group(3))));
        for (Map.Entry<Path, Set<String>> file : used.entrySet()) {
            assertCompiles(
                    file.getKey().getFileName().toString(), withImports(read(file.getKey()), given, file.getValue()));
        }
        Set<String> constants = INLINE.matcher(text)
                .results()
                .flatMap(code -> CONSTANT.matcher(code.group(1)).results())
                .map(constant -> constant.group(1))
                .collect(toCollection(LinkedHashSet::new));
        assertCompiles(
                "Constants.java",
                given + "class Constants {"
                        + constants.stream()
                                .map(name -> "Object its" + name + " = " + name + ";")
                                .collect(joining("\n", "\n", "\n}")));
    }

    private static Set<String> words(String code) {
        return WORD.matcher(NO_CODE.matcher(code).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .collect(toCollection(TreeSet::new));
    }

    /** The file whose region is shown: an example, or one of our tests. */
    private static Path origin(MatchResult shown) {
        if (shown.group(1).equals("source")) {
            return Project.root().resolve("examples/src/main/java/io/streamz/examples/" + shown.group(2) + ".java");
        }
        String mark = "// snippet: " + shown.group(2) + "\n";
        // The last brace may be one that the page adds.
        String code = plain(shown.group(3)).replaceFirst("}$", "");
        List<Path> found = TESTS.entrySet().stream()
                .filter(test ->
                        test.getValue().contains(mark) && plain(test.getValue()).contains(code))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(found).as("files with the region " + shown.group(2)).hasSize(1);
        return found.get(0);
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }

    /** Our tests that have regions, and what stands in them. */
    private static Map<Path, String> tests() {
        try (Stream<Path> files = Files.walk(Project.root().resolve("blackbox/src/test/java"))) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(toMap(file -> file, ShownImportsTest::read))
                    .entrySet()
                    .stream()
                    .filter(test -> test.getValue().contains("// snippet: "))
                    .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withImports(String source, String given, Set<String> used) {
        Map<String, String> own = new LinkedHashMap<>();
        Matcher matcher = IMPORT.matcher(source);
        while (matcher.find()) {
            own.put(matcher.group(), matcher.group(1));
        }
        String body = IMPORT.matcher(source).replaceAll("");
        own.values().removeAll(used);
        int behindPackage = body.indexOf(";\n") + 2;
        return body.substring(0, behindPackage) + String.join("\n", own.keySet()) + "\n" + given
                + body.substring(behindPackage);
    }

    private void assertCompiles(String name, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return source;
            }
        };
        List<String> options = List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiles = compiler.getTask(messages, null, null, options, null, List.of(file))
                .call();
        assertThat(compiles).as(messages.toString()).isTrue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
