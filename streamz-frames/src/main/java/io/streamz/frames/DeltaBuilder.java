package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;

/** Makes the changes of a live table of rows of other columns: deletes first, whose columns but the keys are null. */
final class DeltaBuilder {
    private final BatchPool pool;
    /** Per column of the result whether it tells the rows apart. */
    private final boolean[] keys;

    private int[] deletedRows = {};
    private int[] deletedIds = {};
    private int deletes;
    private int[] rows = {};
    private int[] ids = {};
    private Change[] changes = {};
    private int size;

    DeltaBuilder(TableNode node) {
        this.pool = new BatchPool(node.schema(), node.path());
        this.keys = new boolean[node.schema().size()];
        for (String key : node.keys()) {
            keys[node.schema().indexOf(key)] = true;
        }
    }

    void reset() {
        deletes = 0;
        size = 0;
    }

    /** A row that is gone: its keys stand in a row of the columns. */
    void delete(int row, int id) {
        if (deletes == deletedRows.length) {
            deletedRows = Arrays.copyOf(deletedRows, 16 + deletes * 2);
            deletedIds = Arrays.copyOf(deletedIds, deletedRows.length);
        }
        deletedRows[deletes] = row;
        deletedIds[deletes++] = id;
    }

    /** A row that stands now. */
    void stands(int row, int id, Change change) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 16 + size * 2);
            ids = Arrays.copyOf(ids, rows.length);
            changes = Arrays.copyOf(changes, rows.length);
        }
        rows[size] = row;
        ids[size] = id;
        changes[size++] = change;
    }

    int size() {
        return deletes + size;
    }

    /** The batch, to be closed by the caller. */
    RecordBatch build(Columns from, long epoch) {
        int[] order = Arrays.copyOf(deletedRows, deletes + size);
        System.arraycopy(rows, 0, order, deletes, size);
        RecordBatch batch = pool.take();
        Lane[] lanes = batch.fillAll();
        for (int column = 0; column < lanes.length; column++) {
            from.lane(column).gather(order, order.length, lanes[column]);
            for (int row = 0; row < deletes && !keys[column]; row++) {
                lanes[column].setNull(row);
            }
        }
        Deltas deltas = batch.changes(order.length);
        for (int row = 0; row < deletes; row++) {
            deltas.set(row, deletedIds[row], Change.DELETE);
        }
        for (int row = 0; row < size; row++) {
            deltas.set(deletes + row, ids[row], changes[row]);
        }
        batch.filled(order.length);
        batch.stamp(epoch);
        return batch;
    }

    long bytes() {
        return 4L * (deletedRows.length + deletedIds.length + rows.length + 2 * ids.length);
    }
}
