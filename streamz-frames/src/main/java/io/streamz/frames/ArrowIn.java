package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.internal.ArrowDecoder;
import io.streamz.frames.internal.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Frames of Arrow vectors.
 *
 * <p>Ownership: a reader belongs to the pipeline that reads it, which closes it with all that it holds, its allocator excepted.
 * Values are copied out of the reader's root before it loads the next batch, so that nothing of Arrow is held downstream.
 */
public final class ArrowIn {
    private ArrowIn() {}

    /**
     * The batches of a reader of Arrow's, such as one over an IPC stream or one that a JDBC driver gives.
     *
     * @param name the name of the table in messages and plans
     * @throws UncheckedIOException when the schema cannot be read
     */
    public static FrameSource of(String name, ArrowReader reader) {
        return new Reading(name, Objects.requireNonNull(reader, "reader"));
    }

    private static final class Reading implements FrameSource {
        private final String name;
        private final ArrowReader reader;
        private final Schema schema;

        Reading(String name, ArrowReader reader) {
            this.name = Objects.requireNonNull(name, "name");
            this.reader = reader;
            try {
                this.schema = Types.of(reader.getVectorSchemaRoot().getSchema());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public boolean replays() {
            return false;
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            BatchPool pool = new BatchPool(schema, name);
            return new Source<>() {
                @Override
                public Progress poll(Output<? super RecordBatch> out) throws IOException {
                    if (!reader.loadNextBatch()) {
                        return Progress.END;
                    }
                    VectorSchemaRoot root = reader.getVectorSchemaRoot();
                    int rows = root.getRowCount();
                    try (RecordBatch batch = pool.take()) {
                        for (int column = 0; column < schema.size(); column++) {
                            if (needed.needs(column)) {
                                Lane lane = batch.fill(column);
                                ArrowDecoder.decode(root.getVector(column), rows, lane);
                            }
                        }
                        batch.filledUpTo(rows);
                        out.emit(batch);
                    }
                    return Progress.EMITTED;
                }

                @Override
                public void close() {
                    try {
                        reader.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }
    }
}
