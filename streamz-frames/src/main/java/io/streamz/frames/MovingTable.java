package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.MovingGroups;
import io.streamz.aggregations.Window;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** The groups of the last rows. A group whose last row left is gone. */
final class MovingTable extends LeavingTable {
    private final MovingGroups moving;
    private final int timePlace;
    private int[] lateIds = {};
    private int lateCount;

    /** Whose rows are late, and who is told, while a batch is being taken. */
    private int[] batchIds;

    private IntConsumer lateListener;
    private final IntConsumer lateRow = this::late;

    private MovingTable(Schema schema, KeyIds keys, Measures measures, MovingGroups moving, int timePlace) {
        super(schema, keys, measures, moving);
        this.moving = moving;
        this.timePlace = timePlace;
    }

    /**
     * No row yet.
     *
     * @param schema the table's columns: keys, then answers
     * @param timePlace the column of event time, or -1 where rows are counted
     */
    static MovingTable of(Schema schema, KeyIds keys, Measures measures, Window window, int timePlace) {
        MovingGroups moving = new MovingGroups(window, measures.types(), measures.all());
        return new MovingTable(schema, keys, measures, moving, timePlace);
    }

    @Override
    public void add(Columns rows, IntConsumer late) {
        int[] ids = keys.of(rows);
        batchIds = ids;
        lateListener = late;
        lateCount = 0;
        LongLane times = timePlace < 0 ? null : (LongLane) rows.lane(timePlace);
        moving.add(ids, rows.rows(), times, values(), lateRow);
        for (int i = 0; i < moving.touchedCount(); i++) {
            present.set(moving.touched()[i]);
        }
        // A key that came with nothing but late rows has no group.
        for (int i = 0; i < lateCount; i++) {
            if (ids != null && lateIds[i] >= 0 && !present.get(lateIds[i])) {
                present.set(lateIds[i]);
                keys.free(lateIds[i]);
            } else {
                lateIds[i] = -1;
            }
        }
        for (int i = 0; i < lateCount; i++) {
            if (lateIds[i] >= 0) {
                present.clear(lateIds[i]);
            }
        }
    }

    private void late(int row) {
        lateListener.accept(row);
        lateId(batchIds == null ? 0 : batchIds[row]);
    }

    private void lateId(int id) {
        if (lateCount == lateIds.length) {
            lateIds = Arrays.copyOf(lateIds, Math.max(16, lateCount * 2));
        }
        lateIds[lateCount++] = id;
    }

    @Override
    public int[] touched() {
        return keys.keyed() ? moving.touched() : null;
    }

    @Override
    public int touchedCount() {
        return moving.touchedCount();
    }

    @Override
    public int[] gone() {
        return moving.gone();
    }

    @Override
    public int goneCount() {
        return keys.keyed() ? moving.goneCount() : 0;
    }

    @Override
    void result(int measure, int[] ids, int count, Lane out, IntConsumer overflow) {
        moving.result(measure, ids, count, out, overflow);
    }
}
