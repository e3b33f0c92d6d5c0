package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.Output;
import java.util.Arrays;
import java.util.List;

/** Hands each batch on in runs of rows with different keys, or row by row. */
final class RunsOperator extends FrameOperator {
    private final BatchPool pool;
    private final int[] places;
    /** Null where each row is a run. */
    private final JoinKeys keys;

    /** The run in which a key was seen last. */
    private int[] seen = {};

    private int run = 1;
    private volatile boolean holds;

    RunsOperator(Schema schema, String path, List<String> keys) {
        super(schema.places(keys));
        this.pool = new BatchPool(schema, path, TableOrder.firstRows(schema.size()));
        this.places = schema.places(keys);
        this.keys = keys.isEmpty()
                ? null
                : new JoinKeys(Arrays.stream(places).mapToObj(schema::type).toArray(DataType[]::new));
    }

    /** Lets no rows through until {@link #letGo}: what is below is still being built. */
    void hold() {
        holds = true;
    }

    void letGo() {
        holds = false;
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        if (holds) {
            return;
        }
        ledger().in(in.rows());
        ledger().out(in.rows());
        if (in.rows() < 2) {
            out.emit(in);
            return;
        }
        int[] ids = keys == null ? null : keys.ids(in, places);
        try {
            int start = 0;
            for (int row = 0; row < in.rows(); row++) {
                if (row > start && comesAgain(ids, row)) {
                    emit(in, start, row, out);
                    start = row;
                    run++;
                }
                see(ids, row);
            }
            emit(in, start, in.rows(), out);
            run++;
        } finally {
            for (int row = 0; ids != null && row < in.rows(); row++) {
                keys.release(ids[row]);
            }
        }
    }

    /** Whether the key of a row is in this run already. A null is in none: it matches nothing. */
    private boolean comesAgain(int[] ids, int row) {
        return ids == null || ids[row] != JoinKeys.NONE && ids[row] < seen.length && seen[ids[row]] == run;
    }

    private void see(int[] ids, int row) {
        if (ids != null && ids[row] != JoinKeys.NONE) {
            if (ids[row] >= seen.length) {
                seen = Arrays.copyOf(seen, Math.max(ids[row] + 1, seen.length * 2));
            }
            seen[ids[row]] = run;
        }
    }

    private void emit(RecordBatch in, int from, int to, Output<? super RecordBatch> out) {
        RecordBatch part = pool.take();
        try {
            part.over(in, from, to);
            out.emit(part);
        } finally {
            part.close();
        }
    }

    @Override
    long bytes() {
        return keys == null ? 0 : keys.bytes() + 4L * seen.length;
    }
}
