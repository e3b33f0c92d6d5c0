package io.streamz.frames;

import io.streamz.core.PlanException;
import io.streamz.frames.internal.text.CsvOrigin;
import io.streamz.frames.internal.text.CsvSettings;
import io.streamz.frames.internal.text.LineFormat;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads lines of any form by a regular expression: each named group is a column, a line that the expression does not match as a
 * whole is a bad row, an empty line no row. An empty group, and one that took no part, is null.
 *
 * <pre>{@code
 * Lines.of("(?<level>[A-Z]+) (?<took>\\d+)ms (?<text>.*)").tail("app.log")
 * Lines.combined().read("access.log")
 * }</pre>
 *
 * <p>Names may hold underscores. A line that asks for more than a thousand looks for each of its characters (and 100,000 for
 * all) is a bad row: an expression that backtracks without bound costs no more than that.
 */
public final class Lines extends TextSource<Lines> {
    Lines(CsvOrigin origin, CsvSettings settings) {
        super(origin, settings);
    }

    @Override
    Lines with(CsvSettings changed) {
        return new Lines(origin, changed);
    }

    /**
     * Lines of this form.
     *
     * @throws PlanException when the expression cannot be read, or has no named group
     */
    public static Form of(String pattern) {
        return new Form(LineFormat.of(pattern));
    }

    /**
     * The common log format of web servers: host, ident, user, time, request, method, path, protocol, status, bytes. A
     * {@code -} is null; method, path and protocol are null where the request is none of HTTP.
     */
    public static Form common() {
        return new Form(LineFormat.COMMON);
    }

    /** The combined log format of web servers: as {@link #common}, then referer and agent. */
    public static Form combined() {
        return new Form(LineFormat.COMBINED);
    }

    /** A form of lines, and where to read them from. Immutable. */
    public static final class Form {
        private final LineFormat format;

        private Form(LineFormat format) {
            this.format = format;
        }

        /**
         * Says how the times of a column are written, as a pattern of {@link java.time.format.DateTimeFormatter} such as
         * {@code dd/MMM/yyyy:HH:mm:ss Z}; names of months and days are English, a time without a zone is UTC. The column is a
         * timestamp, in nanoseconds unless its type is declared.
         *
         * @throws PlanException when the pattern cannot be read or there is no such column
         */
        public Form time(String column, String pattern) {
            return new Form(format.time(column, pattern));
        }

        /** The rows of a file that is there, of the files of a folder or a pattern. */
        public Lines read(Path file) {
            return new Lines(CsvOrigin.of(file, format), format.settings(file.toString()));
        }

        /** See {@link #read(Path)}. */
        public Lines read(String file) {
            return read(Path.of(file));
        }

        /** The rows of a file and those that are appended, as {@link Csv#tail(Path)} gives them. */
        public Lines tail(Path file) {
            return new Lines(CsvOrigin.following(file, format), format.settings(file.toString()));
        }

        /** See {@link #tail(Path)}. */
        public Lines tail(String file) {
            return tail(Path.of(file));
        }

        /**
         * The rows of a stream, which can be read once and is closed when it was.
         *
         * @param name what messages call it
         */
        public Lines read(InputStream stream, String name) {
            return new Lines(CsvOrigin.of(stream), format.settings(name));
        }
    }
}
