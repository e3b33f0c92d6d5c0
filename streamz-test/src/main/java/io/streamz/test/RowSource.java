package io.streamz.test;

import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;

/** Gives rows that were written down as batches that end where they were cut. */
record RowSource(String name, TableBuilder rows, int[] ends) implements FrameSource {
    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return new Source<>() {
            private int next;
            private int at;

            @Override
            public Progress poll(Output<? super RecordBatch> out) {
                if (next == ends.length) {
                    return Progress.END;
                }
                try (RecordBatch batch = rows.batch(at, ends[next])) {
                    at = ends[next++];
                    out.emit(batch);
                }
                return Progress.EMITTED;
            }
        };
    }
}
