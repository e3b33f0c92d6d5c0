package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.Source;
import io.streamz.frames.internal.csv.CsvOrigin;
import io.streamz.frames.internal.csv.CsvSettings;
import io.streamz.frames.internal.csv.DeclaredType;
import io.streamz.frames.internal.csv.Limits;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a CSV file: UTF-8, RFC 4180, its first line a header. An empty field is null, {@code ""} the empty string. Types are
 * declared ({@link #types}) or inferred once from the rows of the first megabyte: int64, float64, bool, date, timestamp or
 * utf8, the first that reads all values; a later value that does not fit is a bad row ({@link #badRows}).
 *
 * <p>Immutable: each method gives a new one. A file may be read by any number of pipelines, a stream by one.
 */
public final class Csv implements FrameSource {
    private final CsvOrigin origin;
    private final CsvSettings settings;
    private Schema schema;

    private Csv(CsvOrigin origin, CsvSettings settings) {
        this.origin = origin;
        this.settings = settings;
    }

    /** The rows of a file that is there, from its first to its last. */
    public static Csv read(Path file) {
        return new Csv(CsvOrigin.of(file), settings(file.toString()));
    }

    /** The rows of a file that is there, from its first to its last. */
    public static Csv read(String file) {
        return read(Path.of(file));
    }

    /**
     * The rows of a stream, which can be read once and is closed when it was.
     *
     * @param name what messages call it
     */
    public static Csv read(InputStream stream, String name) {
        return new Csv(CsvOrigin.of(stream), settings(name));
    }

    private static CsvSettings settings(String name) {
        return new CsvSettings(name, List.of(), List.of(), BadRows.FAIL, Limits.DEFAULT, reject -> {}, progress -> {});
    }

    /**
     * Declares the types of some columns: {@code "sym:utf8, qty:int64, ts:timestamp, t:timestamp(ms), d:decimal(20,2)"}. A
     * name with a comma stands in backticks. A timestamp whose unit is declared may also be an integer in that unit.
     *
     * @throws PlanException when the text cannot be read
     */
    public Csv types(String text) {
        return declare(DeclaredType.list(text));
    }

    /** Declares the type of a column. */
    public Csv type(String column, DataType type) {
        return declare(List.of(DeclaredType.of(column, type)));
    }

    private Csv declare(List<DeclaredType> more) {
        List<DeclaredType> all = new ArrayList<>(settings.declared());
        for (DeclaredType type : more) {
            all.removeIf(before -> before.column().equals(type.column()));
            all.add(type);
        }
        return with(all, settings.nullWords(), settings.badRows(), settings.onReject(), settings.onProgress());
    }

    /** Declares words that mean null, quoted or not, beside the empty field. */
    public Csv nullValues(String... words) {
        List<String> all = Stream.concat(settings.nullWords().stream(), Arrays.stream(words))
                .toList();
        return with(settings.declared(), all, settings.badRows(), settings.onReject(), settings.onProgress());
    }

    /** Says what becomes of rows that cannot be read; {@link BadRows#FAIL} unless said. */
    public Csv badRows(BadRows policy) {
        return with(settings.declared(), settings.nullWords(), policy, settings.onReject(), settings.onProgress());
    }

    /** Is told of each row that {@link BadRows#SKIP} leaves out, in their order, on the pipeline's thread. */
    public Csv onReject(Consumer<Reject> listener) {
        return with(settings.declared(), settings.nullWords(), settings.badRows(), listener, settings.onProgress());
    }

    /** Is told how far the reading has come, after each batch, on the pipeline's thread. */
    public Csv onProgress(Consumer<CsvProgress> listener) {
        return with(settings.declared(), settings.nullWords(), settings.badRows(), settings.onReject(), listener);
    }

    private Csv with(
            List<DeclaredType> declared,
            List<String> nullWords,
            BadRows badRows,
            Consumer<Reject> onReject,
            Consumer<CsvProgress> onProgress) {
        return new Csv(
                origin,
                new CsvSettings(
                        settings.name(), declared, nullWords, badRows, settings.limits(), onReject, onProgress));
    }

    /** The file's name without its ending, or the name of the stream. */
    @Override
    public String name() {
        return origin.name(settings);
    }

    /**
     * The columns; the first call looks at the file.
     *
     * @throws DataException when the file is missing, cannot be read or is no CSV file, or has no header while no types are
     *     declared
     * @throws PlanException when a column is declared that the file does not have
     */
    @Override
    public synchronized Schema schema() {
        if (schema == null) {
            schema = origin.look(settings);
        }
        return schema;
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return origin.open(settings, schema(), needed);
    }
}
