package io.streamz.frames;

import io.streamz.frames.internal.files.PartFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Pieces of a format that is complete only at its end: their rows are read and written once more. */
final class FilePieces implements PartFolder.Pieces {
    private final Supplier<? extends RowsWriter> writers;
    private final FileFormat reader;

    FilePieces(Supplier<? extends RowsWriter> writers, FileFormat reader) {
        this.writers = writers;
        this.reader = reader;
    }

    @Override
    public long size(long bytes, long rows) {
        return rows;
    }

    @Override
    public long join(List<Path> pieces, OutputStream out) throws IOException {
        return copy(pieces, Long.MAX_VALUE, out);
    }

    @Override
    public long head(Path part, long size, OutputStream out) throws IOException {
        return copy(List.of(part), size, out);
    }

    private long copy(List<Path> files, long most, OutputStream out) throws IOException {
        RowsWriter writer = writers.get();
        long copied = 0;
        for (Path file : files) {
            try (FileRows rows = reader.open(file)) {
                // As they read back: what the format does to types it has done, and it is not done again.
                Schema schema = Schema.of(rows.fields());
                if (file.equals(files.get(0))) {
                    writer.begin(schema, out);
                }
                copied += copy(rows, schema, most - copied, writer);
            }
        }
        writer.end();
        return copied;
    }

    private static long copy(FileRows rows, Schema schema, long most, RowsWriter writer) throws IOException {
        BatchPool pool = new BatchPool(schema, "parts");
        int[] places = IntStream.range(0, schema.size()).toArray();
        long copied = 0;
        while (copied < most) {
            try (RecordBatch batch = pool.take()) {
                int count = rows.read(batch, places);
                if (count == 0) {
                    break;
                }
                batch.filled(count);
                int wanted = (int) Math.min(count, most - copied);
                try (RecordBatch first = batch.cut(0, wanted)) {
                    writer.write(first);
                }
                copied += wanted;
            }
        }
        return copied;
    }
}
