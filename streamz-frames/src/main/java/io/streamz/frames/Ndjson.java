package io.streamz.frames;

import io.streamz.frames.internal.text.CsvOrigin;
import io.streamz.frames.internal.text.CsvSettings;
import io.streamz.frames.internal.text.JsonFormat;
import io.streamz.frames.internal.text.JsonWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Reads and writes NDJSON: UTF-8, one JSON object (RFC 8259) a line, a column for each name.
 *
 * <p>The columns are the names of the objects in the first megabyte, in the order in which they first appear, and the declared
 * ones. A name that an object lacks is null, as is {@code null}. Types are declared or inferred: numbers are int64 or float64,
 * {@code true} and {@code false} bool, strings date or timestamp where all are such in ISO 8601, else utf8; a column of
 * numbers may hold {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}; a column of mixed values is utf8 with the JSON
 * text of those that are no strings. A declared type reads the text of a value whether it stands in quotes or not.
 *
 * <p>A line that is no object, a name twice in it, or one that is no column ({@link #drift}: {@link Drift#NULL} leaves it out)
 * is a bad row. Objects and arrays inside are refused, unless {@link #nested} keeps their text.
 */
public final class Ndjson extends TextSource<Ndjson> {
    Ndjson(CsvOrigin origin, CsvSettings settings) {
        super(origin, settings);
    }

    /** What becomes of objects and arrays inside of a row. */
    public enum Nested {
        /** A column that has one among the first rows is an error that names it; a later one is a bad row. */
        REFUSE,
        /** Their JSON text is the value of a utf8 column. */
        TEXT
    }

    @Override
    Ndjson with(CsvSettings changed) {
        return new Ndjson(origin, changed);
    }

    /** The rows of a file that is there, of the files of a folder or a pattern. */
    public static Ndjson read(Path file) {
        return new Ndjson(CsvOrigin.of(file, JsonFormat.FLAT), CsvSettings.of(file.toString(), JsonFormat.FLAT));
    }

    /** See {@link #read(Path)}. */
    public static Ndjson read(String file) {
        return read(Path.of(file));
    }

    /** The rows of a file and those that are appended, as {@link Csv#tail(Path)} gives them. */
    public static Ndjson tail(Path file) {
        return new Ndjson(CsvOrigin.following(file, JsonFormat.FLAT), CsvSettings.of(file.toString(), JsonFormat.FLAT));
    }

    /** See {@link #tail(Path)}. */
    public static Ndjson tail(String file) {
        return tail(Path.of(file));
    }

    /**
     * The rows of a stream, which can be read once and is closed when it was.
     *
     * @param name what messages call it
     */
    public static Ndjson read(InputStream stream, String name) {
        return new Ndjson(CsvOrigin.of(stream), CsvSettings.of(name, JsonFormat.FLAT));
    }

    /** Says what becomes of objects and arrays inside of a row; {@link Nested#REFUSE} unless said. */
    public Ndjson nested(Nested policy) {
        return with(settings.format(policy == Nested.TEXT ? JsonFormat.NESTED : JsonFormat.FLAT));
    }

    /**
     * Writes a file, which appears whole in place of one that is there. Every column stands in every row, {@code null} where it
     * is null; decimals are numbers with all digits of their scale, NaN and the infinities strings, as JSON has none.
     */
    public static FrameSink to(Path file) {
        return FileOut.to(file, new JsonWriter());
    }

    /** See {@link #to(Path)}. */
    public static FrameSink to(String file) {
        return to(Path.of(file));
    }

    /**
     * Writes files {@code part-000000000001.ndjson} and so on into a folder of their own, each row once also after a kill; see
     * {@link FileOut#parts}.
     */
    public static Parts parts(Path folder) {
        return FileOut.parts(folder, "ndjson", JsonWriter::new);
    }

    /** Writes to a stream, which is flushed at the end and stays open. */
    public static FrameSink to(OutputStream stream) {
        return FileOut.to(stream, new JsonWriter());
    }
}
