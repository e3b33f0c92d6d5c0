package io.streamz.benchmarks;

import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.BatchPool;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.internal.ArrowDecoder;
import io.streamz.frames.internal.Types;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Arrow batches that lie in memory, decoded anew in each run, batch after batch into the same lanes. */
final class ArrowSource implements FrameSource {
    private final List<VectorSchemaRoot> batches;
    private final Schema schema;

    ArrowSource(List<VectorSchemaRoot> batches) {
        this.batches = batches;
        this.schema = Types.of(batches.get(0).getSchema());
    }

    @Override
    public String name() {
        return "arrow";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return new Reader(new BatchPool(schema, name()), needed);
    }

    private final class Reader implements Source<RecordBatch> {
        private final BatchPool pool;
        private final Projection needed;
        private int next;

        Reader(BatchPool pool, Projection needed) {
            this.pool = pool;
            this.needed = needed;
        }

        @Override
        public Progress poll(Output<? super RecordBatch> out) {
            if (next == batches.size()) {
                return Progress.END;
            }
            VectorSchemaRoot root = batches.get(next++);
            try (RecordBatch batch = pool.take()) {
                for (int column = 0; column < schema.size(); column++) {
                    if (needed.needs(column)) {
                        ArrowDecoder.decode(root.getVector(column), root.getRowCount(), batch.fill(column));
                    }
                }
                batch.filled(root.getRowCount());
                out.emit(batch);
            }
            return Progress.EMITTED;
        }
    }
}
