package io.streamz.frames.internal.csv;

import io.streamz.core.PlanException;
import io.streamz.core.Source;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the bytes of a CSV source come from: a file, which can be opened again and again, or a stream, which cannot. */
public abstract class CsvOrigin {
    private CsvOrigin() {}

    /** A file; a pipe or another special file counts as a stream. */
    public static CsvOrigin of(Path file) {
        boolean isStream = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
        return isStream ? new OfStream(() -> Files.newInputStream(file)) : new OfFile(file);
    }

    public static CsvOrigin of(InputStream stream) {
        return new OfStream(() -> stream);
    }

    /** What the table is called in plans. */
    public abstract String name(CsvSettings settings);

    /** Finds the columns. */
    public abstract Schema look(CsvSettings settings);

    /** A reader from the first row on. */
    public abstract Source<RecordBatch> open(CsvSettings settings, Schema schema, Projection needed);

    private static final class OfFile extends CsvOrigin {
        private final Path file;

        OfFile(Path file) {
            this.file = file;
        }

        @Override
        public String name(CsvSettings settings) {
            String name = String.valueOf(file.getFileName());
            int dot = name.lastIndexOf('.');
            return dot > 0 ? name.substring(0, dot) : name;
        }

        private Input input() throws IOException {
            if (Files.isDirectory(file)) {
                throw new FileNotFoundException("it is a directory");
            }
            return new FileInput(file);
        }

        @Override
        public Schema look(CsvSettings settings) {
            try (Input input = input()) {
                return Opening.look(settings, input).schema();
            } catch (NoSuchFileException e) {
                if (settings.declared().isEmpty()) {
                    throw Complaints.reading(settings.name(), e);
                }
                return Opening.declared(settings);
            } catch (IOException e) {
                throw Complaints.reading(settings.name(), e);
            }
        }

        @Override
        public Source<RecordBatch> open(CsvSettings settings, Schema schema, Projection needed) {
            return new CsvReader(settings, schema, needed, this::input);
        }
    }

    private interface Opener {
        InputStream open() throws IOException;
    }

    private static final class OfStream extends CsvOrigin {
        private final Opener opener;
        private InputStream stream;
        private byte[] sample = {};
        private boolean isTaken;

        OfStream(Opener opener) {
            this.opener = opener;
        }

        @Override
        public String name(CsvSettings settings) {
            return settings.name();
        }

        @Override
        public synchronized Schema look(CsvSettings settings) {
            Opening.Found found = Opening.look(settings, input(settings));
            sample = found.sample();
            return found.schema();
        }

        /** The stream from its first byte on. */
        private StreamInput input(CsvSettings settings) {
            try {
                stream = stream == null ? opener.open() : stream;
                return new StreamInput(stream, sample);
            } catch (IOException e) {
                throw Complaints.reading(settings.name(), e);
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
            StreamInput input = input(settings);
            sample = new byte[0];
            return new CsvReader(settings, schema, needed, () -> input);
        }
    }
}
