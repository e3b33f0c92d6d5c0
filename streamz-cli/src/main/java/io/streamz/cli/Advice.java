package io.streamz.cli;

import io.streamz.core.StreamzException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the library says of an error, in the words of the command line: the library speaks of its methods to those who write
 * Java, and here there are options. A phrase that fits both stands as it is; one that does not has a line below.
 */
final class Advice {
    private static final String ANEW = "begin anew in an empty folder of --checkpoint";

    /** A phrase of the library and what is said in its place. */
    private record Phrase(Pattern library, String options) {
        Phrase(String library, String options) {
            this(Pattern.compile(library, Pattern.DOTALL), options);
        }
    }

    private static final List<Phrase> PHRASES = List.of(
            // Bad rows.
            new Phrase("or skip bad rows", "or leave such rows out with --on-bad-row skip"),
            new Phrase("and skip bad rows", "and leave such rows out with --on-bad-row skip"),
            new Phrase(
                    "leave such rows out before, as in filter\\(.*\\), or with badRows\\(BadRows\\.SKIP\\)",
                    "leave such rows out with --on-bad-row skip"),
            new Phrase(
                    "cast what goes in to float64 or a decimal, or let such answers be null with badRows\\(BadRows\\.SKIP\\)",
                    "--assign a float64 or decimal of it, or let it be null with --on-bad-row skip"),
            new Phrase("cast an operand to float64$", "$0, or let it be null with --on-bad-row skip"),
            // Formats, types and columns.
            new Phrase("read it with separator\\(('[^']*')\\)", "give --separator $1"),
            new Phrase("another type, such as \"([^\"]*):utf8\"", "another type with --types '$1: utf8'"),
            new Phrase("the words that mean null", "the words that mean null with --null"),
            new Phrase(
                    "declare it when reading, as in types\\(\"(.*)\"\\), or cast it",
                    "declare it with --types '$1', or --assign a column that is cast"),
            new Phrase(
                    "declare (its type|them|the types(?: of (?:its|the) columns)?)(?=, or|$)",
                    "declare $1 with --types"),
            new Phrase("declare the column utf8", "declare the column utf8 with --types"),
            new Phrase("say which format or pattern these lines have", "$0 with --format, such as regex=PATTERN"),
            new Phrase("keep such values as text", "$0 with --nested"),
            new Phrase("name the columns to read", "$0 with --columns"),
            new Phrase("let other columns be left out", "$0 with --on-drift null"),
            new Phrase("let drift be null or widen", "$0 with --on-drift"),
            new Phrase("follow it to wait for its end", "--follow waits for its end"),
            // Steps.
            new Phrase(
                    "a name with (a blank in it|it) stands in backticks",
                    "$0, each written \\\\` inside of double quotes"),
            new Phrase("^filter needs", "--where needs"),
            new Phrase("^groupBy names", "--group-by names"),
            new Phrase("^agg needs", "--agg needs"),
            new Phrase("^minPeriods is", "--min-periods is"),
            new Phrase("^the budget is", "--memory is"),
            new Phrase("give it one: \\((.*)\\)\\.as\\(\"name\"\\)", "give it one: $1 as name"),
            new Phrase("give it one: with\\(.*\\)", "write the value in its place"),
            new Phrase("column before: assign\\(\"m\", \"(.*)\"\\)", "column before: --assign 'm=$1'"),
            new Phrase("declare it, as in eventTime\\(\"([^\"]*)\"\\).*", "name the column of event time: --time '$1'"),
            new Phrase(
                    "cast one of them before, as in assign\\(.*",
                    "--types makes the columns of PATH alike those of --join, and not the other way round"),
            new Phrase(
                    "rename it on one side before, as in rename\\(.*",
                    "rename it in one of the files, or leave it out of those of PATH with --columns"),
            new Phrase(
                    "give it more with memory\\(\"(.*)\"\\), or ask for fewer keys or shorter windows",
                    "give it more with --memory $1 and the heap with JAVA_OPTS=-Xmx2g, or ask for fewer groups"),
            // Parts.
            new Phrase(
                    "give a folder that is empty, or the checkpoints of that run",
                    "give --out a folder that is empty, or --checkpoint the folder of that run"),
            new Phrase(
                    "start anew with an empty folder for the parts and one for the checkpoints",
                    "begin anew with an empty folder of --out and one of --checkpoint"),
            new Phrase(
                    "end that one, or give each a folder of its own", "end that one, or give each an --out of its own"),
            new Phrase(
                    "let the run end once as it was, or give another folder",
                    "let it end once with the --output of then, or give another --out"),
            // Checkpoints.
            new Phrase("write to another file, or", "give another --out, or"),
            new Phrase("let each job write a file of its own", "give each job an --out of its own"),
            new Phrase("start without the saved position", ANEW),
            new Phrase("(?:start|begin) anew in an empty folder(?: of checkpoints)?", ANEW),
            new Phrase(
                    "attach what was attached then, or begin without the state",
                    "give the options of then, or " + ANEW),
            new Phrase(
                    "run the plan it was made by, or let the new one begin anew with an empty folder",
                    "give the options it was made by, or " + ANEW),
            new Phrase("in use by another pipeline that runs", "in use by another job that runs"),
            new Phrase("give each pipeline a folder of its own", "give each job a folder of --checkpoint of its own"),
            new Phrase("; checkpoints\\(dir\\)\\.patience\\(time\\) waits longer", ""));

    private static final Pattern TYPES = Pattern.compile("--types(?: '[^']*')?");

    private Advice() {}

    /**
     * The message of an error.
     *
     * @param command the command that failed, which may have had options that its advice depends on
     */
    static String of(StreamzException error, Object command) {
        String message = error.getMessage();
        for (Phrase phrase : PHRASES) {
            message = phrase.library.matcher(message).replaceAll(phrase.options);
        }
        return command instanceof Tail tail ? completed(message, error, tail) : message;
    }

    /** With what depends on the options that were given. */
    private static String completed(String message, StreamzException error, Tail asked) {
        if (error.code().equals("no-such-file") && error.remedy().isEmpty() && asked.follow) {
            return message + "; where --types names the types of all its columns, it is waited for";
        }
        boolean isLog = asked.format == null && Input.Format.of(asked.path) == Input.Format.combined;
        if (isLog && error.code().equals("unknown-column")) {
            return message + "; by its name " + asked.path
                    + " is a web log in the combined format, and --format says another one";
        }
        // A column whose values are looked at is one that a step uses, and what the step has saved is of the type of
        // then.
        return asked.checkpoint == null
                ? message
                : TYPES.matcher(message).replaceFirst("$0 (in an empty folder of --checkpoint)");
    }
}
