package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.frames.internal.Cells;
import java.util.function.Consumer;

/**
 * Does something with a batch that may meet a value that does not fit. Where the pipeline leaves out bad rows, the rows that
 * fail are found one by one, rejected, and the rest is done again.
 */
final class SoundRows {
    private final Schema schema;
    private final String path;
    private final int[] reads;
    private final Rejects rejects;
    private final Ledger ledger;
    private final BatchPool pool;

    /**
     * For one step.
     *
     * @param schema the columns that come in
     * @param reads those that are shown in a reject
     */
    SoundRows(Schema schema, String path, int[] reads, Rejects rejects, Ledger ledger) {
        this.schema = schema;
        this.path = path;
        this.reads = reads;
        this.rejects = rejects;
        this.ledger = ledger;
        this.pool = new BatchPool(schema, path, TableOrder.firstRows(schema.size()));
    }

    /**
     * Tries the work on a batch that is held by the caller.
     *
     * @param work does not keep what it is given, and may be done again
     * @return the batch, or another one of the rows that are left; to be handed to {@link #done}
     */
    RecordBatch tried(RecordBatch in, Consumer<RecordBatch> work) {
        try {
            work.accept(in);
            return in;
        } catch (DataException e) {
            if (rejects.fail()) {
                ledger.rejected(in.rows());
                throw e;
            }
            return left(in, work);
        }
    }

    /** Gives back what {@link #tried} gave. */
    void done(RecordBatch in, RecordBatch tried) {
        if (tried != null && tried != in) {
            tried.close();
        }
    }

    private RecordBatch left(RecordBatch in, Consumer<RecordBatch> work) {
        RecordBatch left = pool.take();
        left.over(in);
        int[] rows = left.selection(in.rows());
        int count = 0;
        for (int row = 0; row < in.rows(); row++) {
            if (isSound(in, row, work)) {
                rows[count++] = row;
            }
        }
        left.select(count);
        ledger.rejected(in.rows() - count);
        try {
            work.accept(left);
            return left;
        } catch (RuntimeException | Error e) {
            left.close();
            throw e;
        }
    }

    private boolean isSound(RecordBatch in, int row, Consumer<RecordBatch> work) {
        try (RecordBatch one = pool.take()) {
            one.over(in);
            one.selection(1)[0] = row;
            one.select(1);
            try {
                work.accept(one);
                return true;
            } catch (DataException e) {
                String reason = e.getMessage().replace(" at row 0 of the batch", "");
                rejects.tell(new Reject(reason, null, shown(one), path, -1, -1));
                return false;
            }
        }
    }

    private String shown(RecordBatch one) {
        StringBuilder text = new StringBuilder();
        for (int column : reads) {
            if (!one.has(new int[] {column})) {
                continue;
            }
            text.append(text.isEmpty() ? "" : ", ").append(schema.field(column).name()).append('=');
            text.append(Cells.text(schema.type(column), one.lane(column), 0));
        }
        return text.toString();
    }
}
