package io.streamz.cli;

import io.streamz.core.PlanException;
import io.streamz.core.StreamException;
import io.streamz.core.StreamzException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** What a failure says to the user, in one line, and the exit code it ends with. */
final class Failure {
    static final int DONE = 0;
    static final int DATA = 1;
    static final int OPTIONS = 2;

    private Failure() {}

    /**
     * Prints the line of a failure, unless it says that nobody reads the answer any more, and gives the exit code.
     *
     * @param command the command that failed
     */
    static int report(Throwable error, Object command, Console console) {
        if (isClosedPipe(error)) {
            return DONE;
        }
        console.say(line(error, command));
        boolean isPlan = error instanceof PlanException
                || error instanceof StreamException changed && changed.code().equals("changed-plan");
        return isPlan || error instanceof UsageException ? OPTIONS : DATA;
    }

    /** Whether the reader of standard output has gone, as {@code head} does when it has seen enough. */
    private static boolean isClosedPipe(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && "Broken pipe".equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    static String line(Throwable error, Object command) {
        if (error instanceof StreamzException told) {
            return flat(Advice.of(told, command));
        }
        if (error instanceof UsageException) {
            return flat(error.getMessage());
        }
        if (error instanceof OutOfMemoryError) {
            return "out of memory; give the JVM more with JAVA_OPTS=-Xmx2g, or ask for fewer groups";
        }
        if (error instanceof IOException failure) {
            return flat(file(failure));
        }
        return "internal error: " + flat(error.toString());
    }

    private static String file(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "no such file: " + missing.getFile();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        return failure instanceof FileSystemException broken && broken.getReason() == null
                ? "cannot use " + broken.getFile()
                : String.valueOf(failure.getMessage());
    }

    /** A message on one line: where the text of an expression stands in it with a caret below, it begins with the place in numbers. */
    private static String flat(String message) {
        List<String> lines = message.lines().toList();
        if (lines.size() == 3 && lines.get(2).strip().equals("^")) {
            int indent = lines.get(1).length() - lines.get(1).stripLeading().length();
            return "at character " + (lines.get(2).indexOf('^') - indent + 1) + " of '"
                    + lines.get(1).strip() + "': " + lines.get(0);
        }
        return String.join(" ", lines.stream().map(String::strip).toList());
    }
}
