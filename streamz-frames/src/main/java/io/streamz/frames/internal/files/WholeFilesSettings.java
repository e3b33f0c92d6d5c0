package io.streamz.frames.internal.files;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.StreamzException;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.Drift;
import io.streamz.frames.Field;
import io.streamz.frames.FileFormat;
import io.streamz.frames.FileRows;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.text.Complaints;
import io.streamz.frames.internal.text.Folder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which files are to be read, and how.
 *
 * @param path a file, a folder or a pattern
 * @param follows whether to wait for more
 * @param columns the columns to read; empty for all
 * @param drift what becomes of files with other columns
 * @param every how often to look for new files
 * @param onProgress is told after each batch
 */
public record WholeFilesSettings(
        Path path,
        FileFormat format,
        boolean follows,
        List<String> columns,
        Drift drift,
        Duration every,
        Consumer<CsvProgress> onProgress) {
    private static final Duration USUAL = Duration.ofSeconds(1);

    public static WholeFilesSettings of(Path path, FileFormat format, boolean follows) {
        return new WholeFilesSettings(path, format, follows, List.of(), Drift.FAIL, USUAL, progress -> {});
    }

    public WholeFilesSettings columns(List<String> names) {
        return new WholeFilesSettings(path, format, follows, names, drift, every, onProgress);
    }

    public WholeFilesSettings drift(Drift policy) {
        return new WholeFilesSettings(path, format, follows, columns, policy, every, onProgress);
    }

    public WholeFilesSettings every(Duration time) {
        return new WholeFilesSettings(path, format, follows, columns, drift, time, onProgress);
    }

    public WholeFilesSettings onProgress(Consumer<CsvProgress> listener) {
        return new WholeFilesSettings(path, format, follows, columns, drift, every, listener);
    }

    /** What the table is called in plans. */
    public String tableName() {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 && Folder.of(path, format::isNamed) == null ? name.substring(0, dot) : name;
    }

    /** The files that are there now, by name. */
    List<Path> files() throws IOException {
        Folder folder = Folder.of(path, format::isNamed);
        if (folder != null) {
            return folder.files();
        }
        if (!Files.exists(path) && !follows) {
            throw new NoSuchFileException(path.toString());
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new DataException(
                    "no-file",
                    path.toString(),
                    path + " is a pipe or a device, and " + format.noun() + " is read from its end",
                    "write it to a file first");
        }
        return Files.exists(path) ? List.of(path) : List.of();
    }

    /** The columns of the first file, or with {@link Drift#WIDEN} of all, in the order in which they first appear. */
    public Schema schema() {
        try {
            Map<String, Field> fields = new LinkedHashMap<>();
            boolean isThere = false;
            for (Path file : files()) {
                if ((fields.isEmpty() || drift == Drift.WIDEN) && (!follows || isComplete(file))) {
                    fields(file).forEach(field -> fields.putIfAbsent(field.name(), field));
                }
                isThere = true;
            }
            if (fields.isEmpty()) {
                throw nothing(isThere);
            }
            return Schema.of(List.copyOf(fields.values()));
        } catch (IOException e) {
            throw Complaints.reading(path.toString(), e);
        }
    }

    /**
     * Whether a file that is followed has its end.
     *
     * @throws DataException when it will never have one
     */
    boolean isComplete(Path file) throws IOException {
        if (format.isForeign(file)) {
            throw new DataException(
                    "damaged-file",
                    file.toString(),
                    file + " is not " + format.noun() + ": its first bytes are those of another kind of file",
                    "say which format it has, or take it away");
        }
        return format.isComplete(file, true);
    }

    private DataException nothing(boolean isThere) {
        boolean mayCome = follows && (isThere || Files.isDirectory(path));
        return new DataException(
                mayCome ? "empty-file" : "no-such-file",
                path.toString(),
                "there is no whole " + format.noun().replaceFirst("^an? ", "") + " in " + path,
                mayCome ? "start when there is one" : "give a file, a folder with such files, or a pattern in quotes");
    }

    private List<Field> fields(Path file) {
        try (FileRows rows = open(file)) {
            return chosen(file, rows);
        }
    }

    private List<Field> chosen(Path file, FileRows rows) {
        if (columns.isEmpty()) {
            rows.refused().forEach((name, reason) -> {
                throw refused(file, name, reason);
            });
            return rows.fields();
        }
        Schema all = Schema.of(rows.fields());
        List<Field> chosen = new ArrayList<>();
        for (String name : columns) {
            if (rows.refused().containsKey(name)) {
                throw refused(file, name, rows.refused().get(name));
            }
            if (all.indexOf(name) >= 0 || drift == Drift.FAIL) {
                chosen.add(all.field(all.column(name, tableName())));
            }
        }
        return chosen;
    }

    private DataException refused(Path file, String name, String reason) {
        return new DataException(
                "nested-column",
                file.toString(),
                "column '" + name + "' of " + file + " " + reason + ", which is no column of a frame",
                "name the columns to read");
    }

    /** Opens a file. */
    FileRows open(Path file) {
        return guarded(file, () -> {
            if (!format.isComplete(file, follows)) {
                throw incomplete(file);
            }
            return format.open(file);
        });
    }

    private DataException incomplete(Path file) {
        return new DataException(
                "damaged-file",
                file.toString(),
                file + " is not " + format.noun() + ", or is not written to its end",
                "follow it to wait for its end");
    }

    /** Something done with a foreign file. */
    interface Step<R> {
        R run() throws IOException;
    }

    /**
     * Does something with a file that may be damaged in any way, and makes one kind of error of all that comes of it: even a
     * length in it that no memory can hold, or a nesting that no stack can.
     */
    <R> R guarded(Path file, Step<R> step) {
        try {
            return step.run();
        } catch (PlanException e) {
            throw damaged(file, e);
        } catch (StreamzException e) {
            throw e;
        } catch (FileSystemException e) {
            throw Complaints.reading(file.toString(), e);
        } catch (IOException
                | RuntimeException
                | OutOfMemoryError
                | StackOverflowError
                | LinkageError
                | AssertionError e) {
            throw damaged(file, e);
        }
    }

    private DataException damaged(Path file, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new DataException(
                "damaged-file",
                file.toString(),
                file + " is damaged: " + reason.lines().findFirst().orElse(""),
                "",
                cause);
    }
}
