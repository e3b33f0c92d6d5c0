package io.streamz.frames.internal.text;

import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Reads the files of a folder, one after the other by name, each with its own header. When they are followed, each look goes
 * through the names again: a new file is read from its start, one that has grown from where it was left, one that was cut or
 * written anew from its start. A file is known by its identity, so a new name changes nothing; what is known of files that
 * are gone is forgotten.
 */
final class FolderReader implements Source<RecordBatch> {
    private final CsvSettings settings;
    private final Schema schema;
    private final Projection needed;
    private final Folder folder;
    private final boolean follows;
    private final Tally tally = new Tally();
    private final FileQueue files = new FileQueue();

    private Places places = new Places();

    private FileInput input;
    private CsvReader reader;

    FolderReader(CsvSettings settings, Schema schema, Projection needed, Folder folder, boolean follows) {
        this.settings = settings;
        this.schema = schema;
        this.needed = needed;
        this.folder = folder;
        this.follows = follows;
    }

    @Override
    public Progress poll(Output<? super RecordBatch> out) {
        try {
            return step(out);
        } catch (IOException e) {
            throw Complaints.reading(settings.name(), e);
        }
    }

    private Progress step(Output<? super RecordBatch> out) throws IOException {
        if (reader == null && !files.openNext(this::look, this::open)) {
            return over();
        }
        Progress progress = reader.poll(out);
        if (progress == Progress.END || progress.isIdle()) {
            leave();
        }
        return Progress.EMITTED;
    }

    /** All files that were there have been read. */
    private Progress over() {
        if (!follows) {
            return Progress.END;
        }
        settings.onProgress().accept(new CsvProgress(tally.rows, tally.rejected, tally.bytesBefore, -1));
        return Progress.idle(settings.every());
    }

    private List<Path> look() throws IOException {
        List<Path> found = folder.files();
        places.keep(found);
        return found;
    }

    private boolean open(Path file) throws IOException {
        FileStamp stamp = FileStamp.of(file);
        if (stamp == null || places.isDone(stamp)) {
            return false;
        }
        try {
            input = follows ? FileInput.follow(file) : FileInput.read(file);
        } catch (NoSuchFileException e) {
            return false;
        }
        Position known = places.position(input);
        FileInput opened = input;
        input.restart();
        reader = new CsvReader(settings.named(file.toString()), schema, needed, () -> opened, tally);
        reader.restore(known);
        return true;
    }

    private void leave() {
        if (input.isCut()) {
            places.forget(input.stamp());
            files.again(input.path());
        } else {
            places.put(input.stamp(), reader.position());
        }
        tally.bytesBefore += reader.offset();
        input.close();
        input = null;
        reader = null;
    }

    @Override
    public Position position() {
        Places now = places.copy();
        Position inFile = reader == null ? Position.START : reader.position();
        if (!inFile.equals(Position.START)) {
            now.put(new FileStamp(input.stamp().identity(), -1, Instant.EPOCH), inFile);
        }
        return now.position();
    }

    @Override
    public void restore(Position position) {
        places = Places.of(position);
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }
}
