package io.streamz.frames.internal.text;

import io.streamz.core.PlanException;
import io.streamz.core.Position;
import io.streamz.core.ReadAhead;
import io.streamz.core.Source;
import io.streamz.frames.Drift;
import io.streamz.frames.Field;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Where the bytes of a source of text come from: a file, which can be opened again and again, or a stream, which cannot. */
public abstract class CsvOrigin {
    CsvOrigin() {}

    /** A file; a pipe or another special file counts as a stream. */
    public static CsvOrigin of(Path file, TextFormat format) {
        Folder folder = Folder.of(file, format::isNamed);
        if (folder != null) {
            return new OfFolder(file, folder, false);
        }
        return isStream(file) ? new OfStream(() -> Files.newInputStream(file)) : new OfFile(file, false);
    }

    private static boolean isStream(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** A file and what is written to it from now on; a pipe or another special file ends when its writers close it. */
    public static CsvOrigin following(Path file, TextFormat format) {
        Folder folder = Folder.of(file, format::isNamed);
        if (folder != null) {
            return new OfFolder(file, folder, true);
        }
        return isStream(file) ? new OfStream(() -> Files.newInputStream(file)) : new OfFile(file, true);
    }

    public static CsvOrigin of(InputStream stream) {
        return new OfStream(() -> stream);
    }

    /** The same with files of another format; of a folder those that are named so. */
    public CsvOrigin as(TextFormat format) {
        return this;
    }

    /** What the table is called in plans. */
    public abstract String name(CsvSettings settings);

    /** Finds the columns. */
    public abstract Schema look(CsvSettings settings);

    /** Whether it can be opened again. */
    public boolean replays() {
        return true;
    }

    /** A reader from the first row on. */
    public abstract Source<RecordBatch> open(CsvSettings settings, Schema schema, Projection needed);

    private static final class OfFile extends CsvOrigin {
        private final Path file;
        private final boolean follows;
        /** What was there at the first look: that file is followed even when it has lost its name before the first poll. */
        private final AtomicReference<Position> looked = new AtomicReference<>(Position.START);

        OfFile(Path file, boolean follows) {
            this.file = file;
            this.follows = follows;
        }

        @Override
        public String name(CsvSettings settings) {
            String name = String.valueOf(file.getFileName());
            int dot = name.lastIndexOf('.');
            return dot > 0 ? name.substring(0, dot) : name;
        }

        private FileInput input() throws IOException {
            return follows ? FileInput.follow(file) : FileInput.read(file);
        }

        @Override
        public Schema look(CsvSettings settings) {
            try {
                return follows ? lookAndStay(settings) : look(settings, input());
            } catch (NoSuchFileException e) {
                if (settings.declared().isEmpty()) {
                    throw Complaints.reading(settings.name(), e);
                }
                return Opening.declared(settings);
            } catch (IOException e) {
                throw Complaints.reading(settings.name(), e);
            }
        }

        private static Schema look(CsvSettings settings, FileInput opened) {
            try (FileInput input = opened) {
                return Opening.look(settings, input).schema();
            }
        }

        /** The first look of several, while there are no rows yet, says where following begins. */
        private Schema lookAndStay(CsvSettings settings) throws IOException {
            Siblings.Before before = new Siblings(file).before();
            Trail seen = new Trail();
            try (FileInput input = input()) {
                boolean isFirst = looked.compareAndSet(Position.START, FileFollower.start(before, input, seen));
                Opening.Found found = Opening.look(settings, input);
                if (isFirst) {
                    seen.add(found.sample(), 0, found.sample().length);
                    looked.set(FileFollower.start(before, input, seen));
                }
                return found.schema();
            } catch (NoSuchFileException e) {
                looked.compareAndSet(Position.START, FileFollower.start(before, null, seen)); // it is waited for
                throw e;
            }
        }

        @Override
        public Source<RecordBatch> open(CsvSettings settings, Schema schema, Projection needed) {
            if (!follows) {
                return new CsvReader(settings, schema, needed, this::input);
            }
            FileFollower follower = new FileFollower(settings, schema, needed, file);
            follower.restore(looked.getAndSet(Position.START));
            return follower;
        }
    }

    private static final class OfFolder extends CsvOrigin {
        private final Path path;
        private final Folder folder;
        private final boolean follows;
        /** The files that were looked at, of each its begin: they are followed under whatever name they have at the first poll. */
        private final AtomicReference<Position> looked = new AtomicReference<>(Position.START);

        OfFolder(Path path, Folder folder, boolean follows) {
            this.path = path;
            this.folder = folder;
            this.follows = follows;
        }

        @Override
        public CsvOrigin as(TextFormat format) {
            return new OfFolder(path, Folder.of(path, format::isNamed), follows);
        }

        @Override
        public String name(CsvSettings settings) {
            return String.valueOf(path.getFileName());
        }

        @Override
        public Schema look(CsvSettings settings) {
            try {
                if (follows) {
                    looked.compareAndSet(
                            Position.START, Places.begin(folder.files()).position());
                }
                List<Schema> found = new ArrayList<>();
                for (Path file : folder.files()) {
                    if (Files.size(file) > 0 && (settings.drift() == Drift.WIDEN || !isKnown(found))) {
                        found.add(look(settings, file));
                    }
                }
                if (found.isEmpty() && settings.declared().isEmpty()) {
                    throw Complaints.noFiles(settings);
                }
                return found.isEmpty() ? Opening.declared(settings) : columns(found, settings.drift());
            } catch (IOException e) {
                throw Complaints.reading(settings.name(), e);
            }
        }

        private Schema look(CsvSettings settings, Path file) throws IOException {
            CsvSettings named = settings.named(file.toString());
            try (Input input = follows ? FileInput.follow(file) : FileInput.read(file)) {
                return Opening.look(named, input).schema();
            }
        }

        /** Whether a file with rows was among those that were looked at; one with a header alone leaves types open. */
        private static boolean isKnown(List<Schema> schemas) {
            return schemas.stream().anyMatch(schema -> schema.fields().stream().noneMatch(Field::valueless));
        }

        /** The columns of the first, or of all where they are widened, each with the type it has where it first has values. */
        private static Schema columns(List<Schema> schemas, Drift drift) {
            Map<String, Field> fields = new LinkedHashMap<>();
            schemas.forEach(schema -> schema.fields()
                    .forEach(field ->
                            fields.merge(field.name(), field, (known, next) -> known.valueless() ? next : known)));
            if (drift != Drift.WIDEN) {
                fields.keySet().retainAll(schemas.get(0).names());
            }
            return Schema.of(List.copyOf(fields.values()));
        }

        @Override
        public Source<RecordBatch> open(CsvSettings settings, Schema schema, Projection needed) {
            FolderReader reader = new FolderReader(settings, schema, needed, folder, follows);
            reader.restore(looked.getAndSet(Position.START));
            return reader;
        }
    }

    private static final class OfStream extends CsvOrigin {
        private final ReadAhead.Opener opener;
        private StreamInput input;
        private boolean isTaken;

        OfStream(ReadAhead.Opener opener) {
            this.opener = opener;
        }

        @Override
        public String name(CsvSettings settings) {
            return settings.name();
        }

        @Override
        public boolean replays() {
            return false;
        }

        /** Waits for the first megabyte or the end, unless all types are declared or the thread is interrupted. */
        @Override
        public synchronized Schema look(CsvSettings settings) {
            begin(settings);
            Opening.Found found = Opening.look(settings, input);
            input.giveBack(found.sample());
            return found.schema();
        }

        private void begin(CsvSettings settings) {
            if (input == null) {
                input = new StreamInput(new ReadAhead(settings.name(), () -> new UnpackedStream(opener.open())));
            }
        }

        @Override
        public synchronized Source<RecordBatch> open(CsvSettings settings, Schema schema, Projection needed) {
            if (isTaken) {
                throw new PlanException(
                        "read-twice",
                        settings.name(),
                        settings.name() + " can be read only once",
                        "branch the frame instead");
            }
            isTaken = true;
            begin(settings);
            return new CsvReader(settings, schema, needed, () -> input);
        }
    }
}
