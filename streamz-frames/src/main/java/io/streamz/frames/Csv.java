package io.streamz.frames;

import io.streamz.core.PlanException;
import io.streamz.frames.internal.text.CsvFormat;
import io.streamz.frames.internal.text.CsvOrigin;
import io.streamz.frames.internal.text.CsvSettings;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads a CSV file: UTF-8, RFC 4180, its first line a header, fields with a comma between them or {@linkplain #separator another
 * character}. An empty field is null, {@code ""} the empty string. Types are
 * declared ({@link #types}) or inferred once from the rows of the first megabyte: int64, float64, bool, date, timestamp or
 * utf8, the first that reads all values; a later value that does not fit is a bad row ({@link #badRows}).
 */
public final class Csv extends TextSource<Csv> {
    Csv(CsvOrigin origin, CsvSettings settings) {
        super(origin, settings);
    }

    @Override
    Csv with(CsvSettings changed) {
        return new Csv(origin, changed);
    }

    /**
     * Says what stands between fields, such as {@code ';'}, {@code '|'} or a tab; a comma unless said. Quotes work as with commas. Of a
     * folder the files named {@code .csv} are read, with a tab those named {@code .tsv} or {@code .tab}.
     *
     * @throws PlanException when it is not ASCII, or a quote, an end of line or a zero
     */
    public Csv separator(char separator) {
        CsvFormat format = CsvFormat.separatedBy(separator);
        return new Csv(origin.as(format), settings.format(format));
    }

    /** The rows of a file that is there, from its first to its last. */
    public static Csv read(Path file) {
        return new Csv(CsvOrigin.of(file, CsvFormat.COMMAS), CsvSettings.of(file.toString(), CsvFormat.COMMAS));
    }

    /** The rows of a file that is there, from its first to its last. */
    public static Csv read(String file) {
        return read(Path.of(file));
    }

    /**
     * The rows of a file from its first on, and then those that are appended, until the pipeline is ended or closed: through
     * rotation, truncation and restarts, as the guide says in detail. A row counts when its line end has arrived. The file
     * need not be there yet when all types are declared. A directory or a pattern stands for the files in it, now and later.
     */
    public static Csv tail(Path file) {
        return new Csv(CsvOrigin.following(file, CsvFormat.COMMAS), CsvSettings.of(file.toString(), CsvFormat.COMMAS));
    }

    /** See {@link #tail(Path)}. */
    public static Csv tail(String file) {
        return tail(Path.of(file));
    }

    /**
     * The rows of a stream, which can be read once and is closed when it was. A stream may block: it is read on a thread of
     * its own from the first look at its columns on. That look waits for the first megabyte or the end, because types are
     * inferred from it, and for no more than the header when all types are declared.
     *
     * @param name what messages call it
     */
    public static Csv read(InputStream stream, String name) {
        return new Csv(CsvOrigin.of(stream), CsvSettings.of(name, CsvFormat.COMMAS));
    }
}
