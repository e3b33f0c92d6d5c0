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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the files of a folder, one after the other by name, each with its own header. When they are followed, each look goes
 * through the names again: a new file is read from its start, one that has grown from where it was left, one that was cut or
 * written anew from its start. A file is known by its identity, so a new name changes nothing; what is known of files that
 * are gone is forgotten.
 *
 * <p>Files are rotated here, too. One that was read and got a name which is none of the folder's is read as long as it lies
 * beside them. One that was copied and cut is read from its start, but before that its copy from where it was left; where the
 * copy is a file of the folder, it is not read as a new one.
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

    /** Files that were read under a name of the folder and have another one now, by identity. */
    private final Map<String, Path> renamed = new LinkedHashMap<>();

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
        lookForRenamed(places.missing(found));
        List<Path> all = new ArrayList<>(renamed.values());
        all.addAll(found);
        places.keep(all);
        return cutOnesFirst(all);
    }

    private void lookForRenamed(Set<String> missing) throws IOException {
        boolean isAsBefore = renamed.keySet().equals(missing);
        for (Map.Entry<String, Path> entry : renamed.entrySet()) {
            FileStamp stamp = FileStamp.of(entry.getValue());
            isAsBefore &= stamp != null && stamp.identity().equals(entry.getKey());
        }
        if (isAsBefore) {
            return;
        }
        renamed.clear();
        if (missing.isEmpty()) {
            return;
        }
        for (Path file : folder.others()) {
            FileStamp stamp = FileStamp.of(file);
            if (stamp != null && missing.contains(stamp.identity())) {
                renamed.put(stamp.identity(), file);
            }
        }
    }

    /** A copy of a file that was cut looks new, and is known for a copy only behind the one that was cut. */
    private List<Path> cutOnesFirst(List<Path> files) throws IOException {
        boolean isOneNew = false;
        List<Path> changed = new ArrayList<>();
        for (Path file : files) {
            FileStamp stamp = FileStamp.of(file);
            if (stamp != null && places.isNew(stamp)) {
                isOneNew = true;
            } else if (stamp != null && !places.isDone(stamp)) {
                changed.add(file);
            }
        }
        Set<Path> ordered = new LinkedHashSet<>();
        for (Path file : isOneNew ? changed : List.<Path>of()) {
            if (isCut(file)) {
                ordered.add(file);
            }
        }
        ordered.addAll(files);
        return List.copyOf(ordered);
    }

    private boolean isCut(Path file) throws IOException {
        try (FileInput now = FileInput.follow(file)) {
            return places.lost(now) != null;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean open(Path file) throws IOException {
        FileStamp stamp = FileStamp.of(file);
        if (stamp == null || places.isDone(stamp)) {
            return false;
        }
        FileInput opened;
        try {
            opened = follows ? FileInput.follow(file) : FileInput.read(file);
        } catch (NoSuchFileException e) {
            return false;
        }
        Position lost = places.lost(opened);
        FileInput copy = lost == null ? null : new Siblings(file).copy(lost, new Ends());
        if (copy != null) {
            places.forget(opened.stamp());
            opened.close();
            again(file);
            read(copy, lost);
            return true;
        }
        if (lost != null) {
            places.leave(opened.stamp());
        }
        if (lost != null && renamed.containsValue(file)) {
            // Another file, which has got the identity of one that is gone.
            opened.close();
            return false;
        }
        Position known = places.position(opened);
        opened.restart();
        read(opened, known);
        return true;
    }

    private void read(FileInput opened, Position from) {
        input = opened;
        reader = new CsvReader(settings.named(opened.path().toString()), schema, needed, () -> opened, tally);
        reader.restore(from);
    }

    private void again(Path file) {
        if (folder.has(file)) {
            files.again(file);
        }
    }

    private void leave() {
        FileStamp stamp = input.stamp();
        if (input.isCut()) {
            places.put(new FileStamp(stamp.identity(), -1, stamp.modified()), reader.position());
            again(input.path());
        } else {
            places.put(stamp, reader.position());
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
