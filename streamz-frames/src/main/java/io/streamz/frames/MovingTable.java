package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.MovingGroups;
import io.streamz.aggregations.Window;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The groups of the last rows. A group whose last row left is gone. */
final class MovingTable implements Groups {
    private static final int[] ONE = {0};

    private final Schema schema;
    private final KeyIds keys;
    private final int keyCount;
    private final Measures measures;
    private final MovingGroups moving;
    private final int timePlace;
    /** The ids that have a key. */
    private final BitSet present = new BitSet();

    private Lane[] values = {};
    private int[] live = {};
    private int[] known = {};
    private int[] lateIds = {};
    private int lateCount;

    /**
     * No row yet.
     *
     * @param schema the table's columns: keys, then answers
     * @param timePlace the column of event time, or -1 where rows are counted
     */
    MovingTable(Schema schema, KeyIds keys, Measures measures, Window window, int timePlace) {
        this.schema = schema;
        this.keys = keys;
        this.keyCount = schema.size() - measures.all().length;
        this.measures = measures;
        this.timePlace = timePlace;
        this.moving = new MovingGroups(window, measures.types(), measures.all());
    }

    @Override
    public void evaluate(Columns rows, Consumer<DataException> reject) {
        values = measures.inputs().evaluate(rows, reject);
    }

    @Override
    public int answered(Columns rows) {
        return measures.inputs().answered(rows);
    }

    @Override
    public void add(Columns rows, IntConsumer late) {
        int[] ids = keys.of(rows);
        lateCount = 0;
        LongLane times = timePlace < 0 ? null : (LongLane) rows.lane(timePlace);
        moving.add(ids, rows.rows(), times, values, row -> {
            late.accept(row);
            lateId(ids == null ? 0 : ids[row]);
        });
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
    public void settle() {
        for (int i = 0; i < goneCount(); i++) {
            keys.free(moving.gone()[i]);
            present.clear(moving.gone()[i]);
        }
    }

    @Override
    public int size() {
        return keys.keyed() ? moving.size() : 1;
    }

    @Override
    public int top() {
        return keys.top();
    }

    @Override
    public int[] liveIds() {
        if (!keys.keyed()) {
            return ONE;
        }
        live = moving.liveIds(live);
        return live;
    }

    @Override
    public void rows(int[] wanted, int count, Lane[] out, Overflows overflows) {
        int some = keys.keyed() ? present.nextSetBit(0) : 0;
        if (some < 0) {
            for (Lane lane : out) {
                lane.reset(count);
                lane.setAllNull();
            }
            return;
        }
        if (known.length < count) {
            known = new int[Math.max(count, known.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            known[i] = !keys.keyed() || present.get(wanted[i]) ? wanted[i] : some;
        }
        keys.keys(known, count, out);
        for (int measure = 0; measure < measures.all().length; measure++) {
            int column = keyCount + measure;
            moving.result(measure, known, count, out[column], row -> {
                if (known[row] == wanted[row]) {
                    overflows.at(column, wanted[row], keys.overflow(schema, 0, column, out, row));
                }
            });
        }
    }

    @Override
    public long bytes() {
        return keys.bytes() + moving.bytes() + present.size() / Byte.SIZE + 4L * (live.length + known.length);
    }

    /** Keys in the order in which their groups came to life, as the groups have it. */
    @Override
    public void write(StateWriter out) throws IOException {
        keys.writeListed(moving.liveIds(new int[0]), moving.size(), out);
        moving.write(out.stream());
    }

    @Override
    public void read(StateReader in) throws IOException {
        keys.readListed(in);
        moving.read(in.stream());
        present.set(0, moving.size());
    }
}
