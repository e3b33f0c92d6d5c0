package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.Source;
import io.streamz.frames.internal.files.WholeFilesReader;
import io.streamz.frames.internal.files.WholeFilesSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads files that are whole when they have their end, such as Parquet: one file, those of a folder, or those whose names match
 * a pattern, one after the other by name, each once.
 *
 * <p>When they are followed, a file whose end is not there yet is waited for, and a new file is read when it has appeared. A
 * file is known by its identity on the disk, its size and its last bytes, so a rename, a move or a touch changes nothing; one
 * that is written anew is read anew. A damaged file ends the reading with an error that names it.
 *
 * <p>Immutable: each method gives a new one. May be read by any number of pipelines.
 */
public final class WholeFiles implements FrameSource {
    private final WholeFilesSettings settings;
    private Schema schema;

    private WholeFiles(WholeFilesSettings settings) {
        this.settings = settings;
    }

    /** The rows of the files that are there. */
    public static WholeFiles read(Path path, FileFormat format) {
        return new WholeFiles(WholeFilesSettings.of(path, format, false));
    }

    /** The rows of the files that are there, and then of those that come, until the pipeline is closed. */
    public static WholeFiles tail(Path path, FileFormat format) {
        return new WholeFiles(WholeFilesSettings.of(path, format, true));
    }

    /** Reads only these columns; columns that cannot be read, such as nested ones, are then no error. */
    public WholeFiles columns(String... names) {
        return new WholeFiles(settings.columns(List.of(names)));
    }

    /** Says what becomes of a file with other columns than the first; {@link Drift#FAIL} unless said. */
    public WholeFiles drift(Drift policy) {
        return new WholeFiles(settings.drift(policy));
    }

    /**
     * Says how often to look for new files; one second unless said.
     *
     * @throws PlanException when it is not above zero
     */
    public WholeFiles every(Duration time) {
        return new WholeFiles(settings.every(Durations.onClock(time, "every")));
    }

    /** Says how often to look, such as {@code 500ms}, {@code 1s} or {@code 1m30s}. */
    public WholeFiles every(String time) {
        return every(Durations.parse(time, "every"));
    }

    /**
     * Is told how far the reading has come, on the pipeline's thread: after each batch, and after each look that found
     * nothing new.
     */
    public WholeFiles onProgress(Consumer<CsvProgress> listener) {
        return new WholeFiles(settings.onProgress(listener));
    }

    /** The file's name without its ending, or that of the folder. */
    @Override
    public String name() {
        return settings.tableName();
    }

    /**
     * The columns; the first call looks at the first file, or at all with {@link Drift#WIDEN}.
     *
     * @throws DataException when there is no whole file, or it is damaged, or has a column that cannot be read
     * @throws PlanException when a column was asked for that the file does not have
     */
    @Override
    public synchronized Schema schema() {
        if (schema == null) {
            schema = settings.schema();
        }
        return schema;
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return new WholeFilesReader(settings, schema(), needed);
    }
}
