package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.Source;
import io.streamz.frames.internal.text.CsvOrigin;
import io.streamz.frames.internal.text.CsvSettings;
import io.streamz.frames.internal.text.DeclaredType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Files and streams of text, a row a line or so: what {@link Csv}, {@link Ndjson} and {@link Lines} have in common. A file packed
 * by gzip or zstd is unpacked; zstd needs {@code com.github.luben:zstd-jni} on the class path.
 *
 * <p>Types are declared ({@link #types}) or inferred once from the rows of the first megabyte; a later value that does not fit
 * is a bad row ({@link #badRows}).
 *
 * <p>Immutable: each method gives a new one. A file may be read by any number of pipelines, a stream by one.
 *
 * @param <S> the class itself
 */
public abstract sealed class TextSource<S extends TextSource<S>> implements FrameSource permits Csv, Ndjson, Lines {
    final CsvOrigin origin;
    final CsvSettings settings;
    private Schema schema;

    TextSource(CsvOrigin origin, CsvSettings settings) {
        this.origin = origin;
        this.settings = settings;
    }

    abstract S with(CsvSettings changed);

    /**
     * Declares the types of some columns: {@code "sym:utf8, qty:int64, ts:timestamp, t:timestamp(ms), d:decimal(20,2)"}. A
     * name with a comma stands in backticks. A timestamp whose unit is declared may also be an integer in that unit.
     *
     * @throws PlanException when the text cannot be read
     */
    public S types(String text) {
        return declare(DeclaredType.list(text));
    }

    /** Declares the type of a column. */
    public S type(String column, DataType type) {
        return declare(List.of(DeclaredType.of(column, type)));
    }

    private S declare(List<DeclaredType> more) {
        List<DeclaredType> all = new ArrayList<>(settings.declared());
        for (DeclaredType type : more) {
            all.removeIf(before -> before.column().equals(type.column()));
            all.add(type);
        }
        return with(settings.declared(all));
    }

    /** Declares words that mean null, quoted or not, beside the empty field. */
    public S nullValues(String... words) {
        return with(settings.nullWords(Stream.concat(settings.nullWords().stream(), Arrays.stream(words))
                .toList()));
    }

    /** Says what becomes of rows that cannot be read; {@link BadRows#FAIL} unless said. */
    public S badRows(BadRows policy) {
        return with(settings.badRows(policy));
    }

    /** Says what becomes of a file with other columns than the first; {@link Drift#FAIL} unless said. */
    public S drift(Drift policy) {
        return with(settings.drift(policy));
    }

    /**
     * Says how often to look for more in what is followed; one second unless said.
     *
     * @throws PlanException when it is not above zero
     */
    public S every(Duration time) {
        return with(settings.every(Durations.onClock(time, "every")));
    }

    /** Says how often to look, such as {@code 500ms}, {@code 1s} or {@code 1m30s}. */
    public S every(String time) {
        return every(Durations.parse(time, "every"));
    }

    /**
     * Says that after a restart the stream gives the same bytes again from its first one, as a program does that writes a file into
     * a pipe: those that the checkpoint has taken are passed over, and must be the same. Without this a stream is one that gives
     * what comes next, as a connection does. A file needs none: it knows its position.
     */
    public S replayed() {
        return with(settings.replayed());
    }

    /** Is told of each row that {@link BadRows#SKIP} leaves out, in their order, on the pipeline's thread. */
    public S onReject(Consumer<Reject> listener) {
        return with(settings.onReject(listener));
    }

    /**
     * Is told how far the reading has come, on the pipeline's thread: after each batch, and after each look that found
     * nothing new.
     */
    public S onProgress(Consumer<CsvProgress> listener) {
        return with(settings.onProgress(listener));
    }

    /** The file's name without its ending, or the name of the stream. */
    @Override
    public String name() {
        return origin.name(settings);
    }

    /**
     * The columns; the first call looks at the file.
     *
     * @throws DataException when the file is missing, cannot be read or is of another format, or has nothing to learn columns
     *     from while no types are declared
     * @throws PlanException when a column is declared that the file does not have
     */
    @Override
    public synchronized Schema schema() {
        if (schema == null) {
            schema = origin.look(settings);
        }
        return schema;
    }

    /** Declared types stand: where they are others than those of the checkpoint, that does not fit. */
    @Override
    public S knowing(Schema saved) {
        S known = with(settings);
        boolean fits = settings.declared().stream().allMatch(declared -> {
            int column = saved.indexOf(declared.column());
            return column >= 0 && saved.type(column).equals(declared.type());
        });
        if (fits) {
            ((TextSource<?>) known).schema = saved;
        }
        return known;
    }

    @Override
    public final boolean replays() {
        return origin.replays();
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return origin.open(settings, schema(), needed);
    }
}
