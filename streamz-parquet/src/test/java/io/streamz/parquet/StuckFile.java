package io.streamz.parquet;

import io.streamz.aggregations.DataType;
import io.streamz.core.DataException;
import io.streamz.frames.Field;
import io.streamz.frames.FileFormat;
import io.streamz.frames.FileRows;
import io.streamz.frames.Pipeline;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.WholeFiles;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A file whose reader never comes back, and a program that reads it. */
record StuckFile(Path pipe, Duration work, Duration patience) implements FileFormat {
    private static volatile boolean atWork;

    @Override
    public String noun() {
        return "a stuck file";
    }

    @Override
    public boolean isNamed(String name) {
        return true;
    }

    @Override
    public boolean isComplete(Path file, boolean mayGrow) {
        return true;
    }

    @Override
    public FileRows open(Path file) throws IOException {
        return WatchedRows.open(() -> new Rows(pipe), new Deadline(work, patience));
    }

    /**
     * Its rows.
     *
     * @param pipe to be read from, which nobody writes to; null to work without end
     */
    private record Rows(Path pipe) implements FileRows {
        @Override
        public List<Field> fields() {
            return List.of(new Field("x", DataType.INT64));
        }

        @Override
        public Map<String, String> refused() {
            return Map.of();
        }

        @Override
        public int read(RecordBatch into, int[] places) throws IOException {
            atWork = true;
            if (pipe != null) {
                try (InputStream in = new FileInputStream(pipe.toFile())) {
                    return in.read();
                }
            }
            while (true) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void skip(long rows) {}

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void close() {
            if (atWork) {
                throw new AssertionError("its thread is still at work in it");
            }
        }
    }

    /** Reads a file, gives what that ends in, and ends. */
    public static void main(String[] arguments) {
        Path pipe = arguments.length > 1 ? Path.of(arguments[1]) : null;
        StuckFile format = new StuckFile(pipe, Duration.ofMillis(100), Duration.ofSeconds(pipe == null ? 600 : 1));
        try (Pipeline pipeline = Pipeline.create("stuck")) {
            pipeline.read(WholeFiles.read(Path.of(arguments[0]), format)).sink(row -> {});
            pipeline.run();
        } catch (DataException e) {
            System.out.println(e.getMessage());
        }
    }
}
