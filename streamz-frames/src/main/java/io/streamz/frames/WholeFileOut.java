package io.streamz.frames;

import io.streamz.core.Position;
import io.streamz.frames.internal.files.GrowingFile;
import io.streamz.frames.internal.files.PendingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes rows to a file that appears whole. */
final class WholeFileOut implements FrameSink {
    private final Path file;
    private final RowsWriter writer;
    private PendingFile pending;

    /** The file in a pipeline with checkpoints; null elsewhere. */
    private GrowingFile growing;

    WholeFileOut(Path file, RowsWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    @Override
    public void open(Schema schema) throws IOException {
        pending = new PendingFile(file);
        pending.attempt(() -> writer.begin(schema, pending.out()));
    }

    @Override
    public void write(RecordBatch rows) throws IOException {
        if (growing == null) {
            pending.attempt(() -> writer.write(rows));
        } else {
            growing.attempt(() -> writer.write(rows));
        }
    }

    @Override
    public void end() throws IOException {
        if (growing == null) {
            pending.attempt(writer::end);
            pending.commit();
        } else {
            growing.attempt(writer::end);
            growing.commit();
        }
    }

    @Override
    public void close() {
        if (pending != null) {
            pending.close();
        }
        if (growing != null) {
            growing.close();
        }
    }

    @Override
    public String target() {
        return file.toAbsolutePath().normalize().toString();
    }

    /** What is no file, such as a pipe, cannot be cut back. */
    @Override
    public boolean isResumable() {
        return writer.isResumable() && isFile();
    }

    private boolean isFile() {
        return !Files.exists(file) || Files.isRegularFile(file);
    }

    /** Whether after a restart it would have only the rows that come then. */
    boolean wouldLackRows() {
        return !writer.isResumable() && isFile();
    }

    @Override
    public void resume(Schema schema, Position saved) throws IOException {
        growing = new GrowingFile(file);
        try {
            growing.attempt(() -> {
                if (growing.resume(saved)) {
                    writer.resume(schema, growing.out());
                } else {
                    writer.begin(schema, growing.out());
                }
            });
        } catch (RuntimeException | Error e) {
            growing.close(); // nobody closes what has not begun
            throw e;
        }
    }

    @Override
    public Position save(long checkpoint) throws IOException {
        return growing.save();
    }
}
