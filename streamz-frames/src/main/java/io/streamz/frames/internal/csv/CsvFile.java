package io.streamz.frames.internal.csv;

import io.streamz.core.DataException;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A CSV file that appears whole: rows go into a hidden file beside it, which is forced to the disk and takes its name when all
 * are there. When anything fails before, what was there stays and nothing is left behind. A device or a pipe is written to
 * directly.
 */
public final class CsvFile implements AutoCloseable {
    private final Path file;
    private final Path written;
    private FileChannel channel;
    private CsvWriter writer;

    /**
     * Starts a file.
     *
     * @throws DataException when it cannot be written
     */
    public CsvFile(Path file) {
        this.file = file;
        try {
            Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            boolean isDirect = Files.exists(real) && !Files.isRegularFile(real) && !Files.isDirectory(real);
            if (Files.isDirectory(real)) {
                throw new IOException("it is a directory");
            }
            written =
                    isDirect ? real : real.resolveSibling("." + real.getFileName() + "." + UUID.randomUUID() + ".tmp");
            target = isDirect ? null : real;
            channel = isDirect
                    ? FileChannel.open(written, StandardOpenOption.WRITE)
                    : FileChannel.open(written, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        }
        OutputStream out = Channels.newOutputStream(channel);
        writer = new CsvWriter(out);
    }

    /** The place where it appears, or null where it is written to directly. */
    private final Path target;

    public void header(Schema schema) {
        attempt(() -> writer.header(schema));
    }

    public void rows(Schema schema, Columns rows) {
        attempt(() -> writer.rows(schema, rows));
    }

    /** Makes the file appear. */
    public void commit() {
        attempt(() -> {
            if (target == null) {
                channel.close();
            } else {
                channel.force(true);
                channel.close();
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                forceDirectory();
            }
            channel = null;
        });
    }

    /** The new name is safe when its directory is; not every system lets a directory be opened. */
    private void forceDirectory() {
        try (FileChannel directory = FileChannel.open(target.getParent())) {
            directory.force(true);
        } catch (IOException e) {
            // The rows are safe; only the name may be lost with the power.
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            close();
            throw Complaints.writing(file, e);
        }
    }

    /** Gives up what was not committed. */
    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
            if (target != null) {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw Complaints.writing(file, e);
        } finally {
            channel = null;
        }
    }
}
