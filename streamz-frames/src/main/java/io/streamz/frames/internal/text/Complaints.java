package io.streamz.frames.internal.text;

import io.streamz.core.DataException;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The errors of files, each with its place and what would be right. */
public final class Complaints {
    /** What may be done about a file with other columns. */
    public static final String DRIFT = "name the columns alike, or let drift be null or widen";

    private static final int SHOWN = 60;

    private Complaints() {}

    /** A row that cannot be taken. */
    static DataException row(String file, long line, Fault fault, Schema schema, byte[] bytes) {
        String column = fault.column() < 0 ? null : schema.field(fault.column()).name();
        String where = file + ", line " + line + (column == null ? "" : ", column '" + column + "'");
        String found = column == null
                ? ": " + fault.reason() + ": '" + shown(bytes, fault.from(), fault.to()) + "'"
                : ": " + fault.reason();
        // A program that is started again often writes its header once more.
        boolean isHeader = fault.code().equals("bad-value") && fault.reason().startsWith("'" + column + "' ");
        String remedy = isHeader
                ? "this looks like the header once more: take it out, or skip bad rows"
                : remedy(fault.code(), column, schema);
        return new DataException(fault.code(), file + ":" + line, where + found, remedy);
    }

    private static String remedy(String code, String column, Schema schema) {
        return switch (code) {
            case "bad-value" ->
                "declare another type, such as \"" + DeclaredType.written(column)
                        + ":utf8\", or the words that mean null, or skip bad rows";
            case "field-count" ->
                Names.separated(schema.names()).orElse("quote fields that hold a comma") + ", or skip bad rows";
            case "no-match" -> "say which format or pattern these lines have, or skip bad rows";
            case "bad-json" -> "write one JSON object a line, or skip bad rows";
            case "unknown-name" -> "declare its type, or let other columns be left out, or skip bad rows";
            case "nested-value" -> "keep such values as text, or skip bad rows";
            case "bad-quote" -> "double quotes inside quoted fields, or skip bad rows";
            default -> "save the file as UTF-8, or skip bad rows";
        };
    }

    static DataException unclosedQuote(String file, long line) {
        return new DataException(
                "unclosed-quote",
                file + ":" + line,
                file + ", line " + line + ": the quote that opens here is never closed",
                "close it, and double quotes inside quoted fields");
    }

    static DataException limit(String file, long line, String message) {
        return new DataException(
                "limit",
                file + ":" + line,
                file + ", line " + line + ": " + message,
                "if a quote is left open before, close it");
    }

    static DataException binary(CsvSettings settings, String reason) {
        return new DataException(
                "not-text",
                settings.name(),
                settings.name() + " is not " + settings.format().noun() + ": " + reason,
                "give a text file in UTF-8");
    }

    static DataException empty(String file) {
        return new DataException(
                "empty-file",
                file,
                file + " is empty: there is nothing to take columns from",
                "declare the types of its columns");
    }

    /** Not one line is a JSON object. */
    static DataException noObject(String file, int line, String problem) {
        return new DataException(
                "bad-json",
                file + ":" + line,
                file + ", line " + line + ": " + problem + ", and there is no line from which columns could be learnt",
                remedy("bad-json", null, null));
    }

    /** A file that is followed has a header and no row yet. */
    static DataException noRows(String file) {
        return new DataException(
                "empty-file",
                file,
                file + " has no rows yet: there is nothing to learn the types of its columns from",
                "declare them");
    }

    /** A file had no row when its columns were settled. */
    static DataException rowsCame(String file) {
        return new DataException(
                "rows-came",
                file,
                file + " had no row to learn the types of its columns from, and has rows now",
                "start again, or declare the types");
    }

    /** A folder or pattern without files. */
    static DataException noFiles(CsvSettings settings) {
        String kind = settings.format().noun().replaceFirst("^an? ", "");
        return new DataException(
                "no-such-file",
                settings.name(),
                "there is no " + kind + " with rows in " + settings.name(),
                "give a folder with files named *" + settings.format().endings().get(0)
                        + ", or a pattern in quotes, or declare the types of the columns");
    }

    static DataException duplicate(String file, String column, int first, int second) {
        return new DataException(
                "duplicate-column",
                file + ":1",
                file + ", line 1: columns " + first + " and " + second + " are both named '" + column + "'",
                "give one of them another name");
    }

    static DataException columns(String file, String message) {
        return new DataException("columns-changed", file + ":1", file + ", line 1: " + message, DRIFT);
    }

    static DataException changed(String file, long offset) {
        return new DataException(
                "file-changed",
                file,
                file + " is not the file that was read up to byte " + offset + " before",
                "start without the saved position");
    }

    static DataException notReplayed(String stream, long offset) {
        return new DataException(
                "not-replayed",
                stream,
                stream + " does not begin with the " + offset + " bytes that the checkpoint has taken of it",
                "give it the same bytes again, or begin anew in an empty folder of checkpoints; what comes only once goes into a"
                        + " file that is followed");
    }

    /** A file that cannot be opened or read. */
    public static DataException reading(String file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new DataException("no-such-file", file, "no such file: " + file, "", cause);
        }
        return new DataException("cannot-read", file, "cannot read " + file + ": " + reason(cause), "", cause);
    }

    /** A file that cannot be written. */
    public static DataException writing(Path file, IOException cause) {
        String why = cause instanceof NoSuchFileException
                ? "there is no folder " + file.toAbsolutePath().getParent()
                : reason(cause);
        return new DataException("cannot-write", file.toString(), "cannot write " + file + ": " + why, "", cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException files && files.getReason() != null) {
            return files.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Text as a message shows it: shortened, and with nothing that moves the cursor. */
    static String shown(byte[] bytes, int from, int to) {
        boolean isLong = to - from > SHOWN;
        String text = new String(bytes, from, isLong ? SHOWN : to - from, StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(letter -> {
            if (letter == '\n') {
                shown.append("\\n");
            } else if (letter == '\r') {
                shown.append("\\r");
            } else {
                shown.append(Character.isISOControl(letter) ? '\ufffd' : (char) letter);
            }
        });
        return isLong ? shown + "..." : shown.toString();
    }
}
