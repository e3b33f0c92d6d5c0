package io.streamz.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** The Java of a notebook: what its cells declared so far, and what the next one does. One thread at a time, but for {@link #stop}. */
final class Cells implements AutoCloseable {
    private static final List<String> IMPORTS = List.of(
            "java.io.*",
            "java.math.*",
            "java.net.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.regex.*",
            "java.util.stream.*",
            "static org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.*");

    private final CellLoader loader = new CellLoader();
    private final CellControl control = new CellControl(loader);
    private final JShell shell;
    private final SourceCodeAnalysis analysis;

    Cells() {
        ExecutionControlProvider provider = new ExecutionControlProvider() {
            @Override
            public String name() {
                return "cells";
            }

            @Override
            public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                return control;
            }
        };
        shell = JShell.builder()
                .executionEngine(provider, Map.of())
                .idGenerator((snippet, number) -> String.valueOf(number))
                .compilerOptions("-parameters", "-Xlint:none")
                .build();
        analysis = shell.sourceCodeAnalysis();
        IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
    }

    ClassLoader loader() {
        return loader;
    }

    void begin() {
        control.begin();
    }

    void end() {
        control.end();
    }

    /** Makes jars or folders known to later snippets. */
    void addToClasspath(String path) {
        shell.addToClasspath(path);
    }

    /**
     * Runs code up to its end or its first error.
     *
     * @return the value of the last snippet if that is an expression, else null
     * @throws CellError when something does not compile, throws, or is interrupted
     */
    Object run(String code) {
        Object value = null;
        String rest = code;
        while (!rest.isBlank()) {
            CompletionInfo next = analysis.analyzeCompletion(rest);
            if (next.completeness() == Completeness.EMPTY) {
                break;
            }
            if (next.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
                throw Errors.incomplete(rest);
            }
            value = next.completeness() == Completeness.UNKNOWN ? snippet(rest) : snippet(next.source());
            rest = next.completeness() == Completeness.UNKNOWN ? "" : next.remaining();
        }
        return value;
    }

    private Object snippet(String source) {
        Object value = null;
        for (SnippetEvent event : shell.eval(source)) {
            if (event.causeSnippet() != null) {
                continue; // another one that this one has mended or broken
            }
            if (control.wasInterrupted()) {
                throw Errors.interrupted();
            }
            if (event.status() == Status.REJECTED) {
                throw Errors.rejected(shell, event.snippet());
            }
            if (event.exception() != null) {
                throw Errors.thrown(event.exception());
            }
            value = isShown(event.snippet()) ? control.value() : null;
        }
        return value;
    }

    private static boolean isShown(Snippet snippet) {
        return snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || snippet.subKind() == SubKind.VAR_VALUE_SUBKIND
                || snippet.subKind() == SubKind.OTHER_EXPRESSION_SUBKIND;
    }

    /** Interrupts what runs now. */
    void stop() {
        control.stop();
    }

    /** Completions at a place, and from where they replace what is there. */
    record Completions(List<String> words, int from) {}

    Completions complete(String code, int at) {
        int start = start(code, at);
        int[] anchor = new int[1];
        List<String> words = new ArrayList<>();
        analysis.completionSuggestions(code.substring(start), at - start, anchor).stream()
                .sorted((a, b) -> Boolean.compare(b.matchesType(), a.matchesType()))
                .map(SourceCodeAnalysis.Suggestion::continuation)
                .distinct()
                .forEach(words::add);
        return new Completions(words, start + anchor[0]);
    }

    /** What is known of the name at a place, one line each: signatures, else the type. */
    List<String> describe(String code, int at) {
        int start = start(code, at);
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        Function<Integer, List<String>> signatures =
                place -> analysis.documentation(code.substring(start), place - start, true).stream()
                        .map(Cells::text)
                        .distinct()
                        .toList();
        List<String> known = signatures.apply(end);
        if (known.isEmpty() && end < code.length() && code.charAt(end) == '(') {
            known = signatures.apply(end + 1);
        }
        if (!known.isEmpty()) {
            return known;
        }
        String type = analysis.analyzeType(code.substring(start, end), end - start);
        return type == null ? List.of() : List.of(type);
    }

    private static String text(Documentation documentation) {
        String javadoc = documentation.javadoc();
        return documentation.signature() + (javadoc == null ? "" : "\n" + javadoc.strip() + "\n");
    }

    /** Where the snippet begins that a place lies in. */
    private int start(String code, int at) {
        int start = 0;
        while (start < at) {
            CompletionInfo next = analysis.analyzeCompletion(code.substring(start));
            int length = code.length() - start - next.remaining().length();
            if (length <= 0 || start + length >= at || next.remaining().isEmpty()) {
                break;
            }
            start += length;
        }
        return start;
    }

    /** Whether code may be run as it is; empty where it cannot be told. */
    Completeness completeness(String code) {
        String rest = code;
        Completeness last = Completeness.EMPTY;
        while (!rest.isBlank()) {
            CompletionInfo next = analysis.analyzeCompletion(rest);
            last = next.completeness();
            if (!last.isComplete()) {
                return last;
            }
            rest = next.remaining();
        }
        return last;
    }

    @Override
    public void close() {
        shell.close();
    }
}
