package io.streamz.frames.internal.files;

import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.BatchPool;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.Drift;
import io.streamz.frames.Field;
import io.streamz.frames.FileRows;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.text.Complaints;
import io.streamz.frames.internal.text.FileQueue;
import io.streamz.frames.internal.text.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads whole files, one after the other by name, each once. */
public final class WholeFilesReader implements Source<RecordBatch> {
    private final WholeFilesSettings settings;
    private final Schema schema;
    private final Projection needed;
    private final BatchPool pool;
    private final FileQueue files = new FileQueue();

    private Done done = new Done();

    /** The file that is being read; null between files. */
    private Path file;

    private FileStamp stamp;
    private long mark;
    private FileRows rows;
    /** For each column of the plan its place in the file, or -1. */
    private int[] places;

    private long rowsOfFile;
    private long rowsInAll;
    private long bytesBefore;
    private DataException failure;

    public WholeFilesReader(WholeFilesSettings settings, Schema schema, Projection needed) {
        this.settings = settings;
        this.schema = schema;
        this.needed = needed;
        this.pool = new BatchPool(schema, settings.tableName());
    }

    @Override
    public Progress poll(Output<? super RecordBatch> out) {
        if (failure != null) {
            throw failure;
        }
        try {
            return step(out);
        } catch (DataException e) {
            failure = e;
            throw e;
        } catch (IOException e) {
            throw Complaints.reading(settings.path().toString(), e);
        }
    }

    private Progress step(Output<? super RecordBatch> out) throws IOException {
        if (rows == null && !files.openNext(this::look, this::open)) {
            return over();
        }
        RecordBatch batch = pool.take();
        try {
            long passed = settings.guarded(file, () -> rows.passOver(schema, places, needed));
            int count = settings.guarded(file, () -> fill(batch));
            if (count == 0 && passed == 0) {
                leave();
                return Progress.EMITTED;
            }
            batch.behind(passed);
            rowsOfFile += passed + count;
            rowsInAll += passed + count;
            out.emit(batch);
            tell();
            return Progress.EMITTED;
        } finally {
            batch.close();
        }
    }

    private int fill(RecordBatch batch) throws IOException {
        int[] wanted = places.clone();
        for (int column = 0; column < wanted.length; column++) {
            wanted[column] = needed.needs(column) ? wanted[column] : -1;
        }
        int count = rows.read(batch, wanted);
        for (int column = 0; column < wanted.length; column++) {
            if (needed.needs(column) && (places[column] < 0 || count == 0)) {
                batch.fill(column).reset(count);
                batch.fill(column).setAllNull();
            }
        }
        batch.filled(count);
        return count;
    }

    private Progress over() {
        if (!settings.follows()) {
            return Progress.END;
        }
        settings.onProgress().accept(new CsvProgress(rowsInAll, 0, bytesBefore, -1));
        return Progress.idle(settings.every());
    }

    private void tell() {
        long bytes = bytesBefore + rows.bytes();
        long total = settings.follows() || bytesBefore > 0 || !files.isEmpty() ? -1 : stamp.size();
        settings.onProgress().accept(new CsvProgress(rowsInAll, 0, bytes, total));
    }

    private List<Path> look() throws IOException {
        List<Path> found = settings.files();
        done.keep(found);
        return found;
    }

    private boolean open(Path next) throws IOException {
        FileStamp found = FileStamp.of(next);
        if (found == null) {
            return false;
        }
        boolean isKnown = done.knows(found);
        Done.Entry known = done.of(next, found);
        if (known != null && known.ended()) {
            return false;
        }
        if (settings.follows() && !settings.isComplete(next)) {
            return false;
        }
        if (isKnown && known == null && !settings.follows()) {
            throw changed(next);
        }
        return begin(next, found, known == null ? 0 : known.rows());
    }

    private static DataException changed(Path file) {
        return new DataException(
                "file-changed",
                file.toString(),
                file + " is not the file that was read before: its size or its end differs",
                "start without the saved position");
    }

    private boolean begin(Path next, FileStamp found, long skipped) throws IOException {
        FileRows opened = settings.open(next);
        try {
            if (!found.equals(FileStamp.of(next))) {
                // The name means another file since it was looked at; that one comes next.
                opened.close();
                files.again(next);
                return false;
            }
            places = places(next, opened);
            mark = Done.mark(next);
            settings.guarded(next, () -> {
                opened.skip(skipped);
                return null;
            });
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        file = next;
        stamp = found;
        rows = opened;
        rowsOfFile = skipped;
        return true;
    }

    private int[] places(Path next, FileRows opened) {
        Schema found = Schema.of(opened.fields());
        int[] made = new int[schema.size()];
        for (int column = 0; column < made.length; column++) {
            Field field = schema.field(column);
            made[column] = found.indexOf(field.name());
            if (made[column] < 0 && settings.drift() == Drift.FAIL) {
                throw drifted(next, "there is no column '" + field.name() + "' in " + found.names());
            }
            if (made[column] >= 0 && !found.type(made[column]).equals(field.type())) {
                throw drifted(
                        next,
                        "column '" + field.name() + "' is " + found.type(made[column]) + ", in other files "
                                + field.type());
            }
        }
        if (settings.drift() == Drift.FAIL && settings.columns().isEmpty()) {
            for (String name : found.names()) {
                if (schema.indexOf(name) < 0) {
                    throw drifted(next, "column '" + name + "' is not one of " + schema.names());
                }
            }
        }
        return made;
    }

    private static DataException drifted(Path file, String message) {
        return new DataException("columns-changed", file.toString(), file + ": " + message, Complaints.DRIFT);
    }

    private void leave() {
        done.put(stamp.identity(), entry(true));
        bytesBefore += stamp.size();
        rows.close();
        rows = null;
    }

    private Done.Entry entry(boolean ended) {
        return new Done.Entry(stamp.size(), stamp.nanos(), mark, rowsOfFile, ended);
    }

    @Override
    public Position position() {
        return rows == null ? done.position(null, null) : done.position(stamp.identity(), entry(false));
    }

    @Override
    public void restore(Position position) {
        done = Done.of(position);
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }
}
