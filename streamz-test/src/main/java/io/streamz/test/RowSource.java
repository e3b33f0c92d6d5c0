package io.streamz.test;

import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;

/** Gives rows that were written down as batches that end where they were cut. */
final class RowSource implements FrameSource {
    private final String name;
    private final TableBuilder rows;
    private final int[] ends;

    RowSource(String name, TableBuilder rows, int[] ends) {
        this.name = name;
        this.rows = rows;
        this.ends = ends;
    }

    @Override
    public String name() {
        return name;
    }

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
