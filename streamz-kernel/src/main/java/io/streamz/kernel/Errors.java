package io.streamz.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** What a reader of a notebook is told of an error: the line and place in the cell, and of a stack what is theirs. */
final class Errors {
    private static final int FRAMES = 12;

    private Errors() {}

    /** A snippet that does not compile. */
    static CellError rejected(JShell shell, Snippet snippet) {
        List<String> lines = new ArrayList<>();
        String first = "";
        for (Diag diagnostic : shell.diagnostics(snippet).toList()) {
            if (diagnostic.isError()) {
                String message = diagnostic.getMessage(Locale.ROOT);
                first = first.isEmpty() ? message.lines().findFirst().orElse("") : first;
                lines.addAll(pointed(
                        snippet.source(), (int) diagnostic.getStartPosition(), (int) diagnostic.getEndPosition()));
                message.lines()
                        .filter(line -> !line.contains("location: class"))
                        .forEach(lines::add);
            }
        }
        return new CellError(first, lines);
    }

    /** The line of the source and marks below the place. */
    private static List<String> pointed(String source, int start, int end) {
        int from = Math.max(0, Math.min(start, source.length()));
        int lineStart = source.lastIndexOf('\n', from - 1) + 1;
        int lineEnd = source.indexOf('\n', from);
        lineEnd = lineEnd < 0 ? source.length() : lineEnd;
        int marks = Math.max(1, Math.min(end, lineEnd) - from);
        return List.of(
                "|   " + source.substring(lineStart, lineEnd),
                "|   " + " ".repeat(from - lineStart) + "^".repeat(marks));
    }

    /** A cell that ends before its code does. */
    static CellError incomplete(String source) {
        String rest = source.strip().lines().findFirst().orElse("");
        return new CellError(
                "the cell ends in the middle of its code",
                List.of("|   " + rest, "the cell ends before what begins here does; is there a bracket missing?"));
    }

    /** What a snippet threw, with its causes. */
    static CellError thrown(Throwable exception) {
        List<String> lines = new ArrayList<>();
        String head = describe(exception);
        lines.add(head);
        frames(exception, lines);
        for (Throwable cause = exception.getCause();
                cause != null && cause != cause.getCause();
                cause = cause.getCause()) {
            lines.add("Caused by: " + describe(cause));
            frames(cause, lines);
        }
        return new CellError(head, lines);
    }

    static CellError interrupted() {
        return new CellError("the cell was interrupted", List.of("the cell was interrupted"));
    }

    private static String describe(Throwable exception) {
        if (exception instanceof EvalException thrown) {
            String name = thrown.getExceptionClassName();
            String message = thrown.getMessage();
            String simple = name.substring(name.lastIndexOf('.') + 1);
            return message == null || message.isEmpty() ? simple : simple + ": " + plain(message);
        }
        if (exception instanceof UnresolvedReferenceException unresolved) {
            return unresolved.getSnippet().name() + " refers to what is not declared yet";
        }
        return exception.toString();
    }

    /** Without the classes that JShell wraps cells in. */
    private static String plain(String message) {
        return message.replaceAll("REPL\\.\\$JShell\\$\\w+[.$]", "");
    }

    private static void frames(Throwable exception, List<String> lines) {
        int shown = 0;
        for (StackTraceElement frame : exception.getStackTrace()) {
            String name = frame.getClassName();
            if (name.startsWith("io.streamz.kernel.")
                    || name.startsWith("jdk.internal.reflect.")
                    || name.startsWith("jdk.jshell.")) {
                continue;
            }
            if (shown++ == FRAMES) {
                lines.add("    ...");
                return;
            }
            boolean cell = name.isEmpty() || name.startsWith("REPL.");
            lines.add("    at " + (cell ? "the cell, line " + frame.getLineNumber() : frame.toString()));
        }
    }
}
