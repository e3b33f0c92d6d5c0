package io.streamz.parquet;

import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Row;
import io.streamz.frames.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A source that is polled when a test says so. */
final class Read implements AutoCloseable {
    final List<Row> rows = new ArrayList<>();
    private final Source<RecordBatch> source;

    Read(FrameSource from) {
        this(from, column -> true, Position.START);
    }

    Read(FrameSource from, Projection needed, Position position) {
        source = from.open(needed);
        try {
            source.restore(position);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** All rows of a source that ends. */
    static List<Row> all(FrameSource from) {
        try (Read read = new Read(from)) {
            while (read.poll() != Progress.END) {
                // Until there is no more.
            }
            return read.rows;
        }
    }

    Progress poll() {
        try {
            return source.poll(batch -> rows.addAll(Table.of(batch).toRows()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Polls until there is nothing more for now. */
    List<Row> look() {
        while (!poll().isIdle()) {
            // Until it waits.
        }
        return rows;
    }

    Position position() {
        return source.position();
    }

    @Override
    public void close() {
        source.close();
    }

    /** The files of a folder of the data that lie beside the project; the test is skipped where they are not. */
    static List<Path> shared(String folder) throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared").resolve(folder);
            if (Files.isDirectory(found)) {
                try (Stream<Path> files = Files.list(found)) {
                    return files.sorted().toList();
                }
            }
        }
        Assumptions.abort("the shared data are not there");
        return List.of();
    }
}
