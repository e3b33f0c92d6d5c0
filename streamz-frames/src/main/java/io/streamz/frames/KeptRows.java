package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.DataException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows of one side of a join, each in a slot, with the id of its key. New rows get the next slots. A slot stays as it is until
 * {@link #keep}, so that batches made of these rows may share their text.
 */
final class KeptRows implements Columns {
    private final Schema schema;
    /** Null for a column that is not kept. */
    private final Lane[] lanes;

    private int[] ids = {};
    private int[] slots = {};
    private final int[] source = new int[1];
    private final int[] target = new int[1];
    private int size;

    KeptRows(Schema schema, int[] columns) {
        this.schema = schema;
        this.lanes = new Lane[schema.size()];
        for (int column : columns) {
            lanes[column] = schema.type(column).kind().lane();
        }
    }

    /** Adds all rows of a batch. */
    void add(Columns from, int[] keys) {
        int count = from.rows();
        int first = grow(count);
        System.arraycopy(keys, 0, ids, first, count);
        int[] all = TableOrder.firstRows(count);
        for (int column = 0; column < lanes.length; column++) {
            if (lanes[column] != null) {
                lanes[column].put(slots(first, count), from.lane(column), all, count);
            }
        }
    }

    /** Adds one row. */
    int add(Columns from, int row, int key) {
        int slot = grow(1);
        ids[slot] = key;
        replace(slot, from, row);
        return slot;
    }

    /** Puts another row into a slot. */
    void replace(int slot, Columns from, int row) {
        source[0] = row;
        target[0] = slot;
        for (int column = 0; column < lanes.length; column++) {
            if (lanes[column] != null && !isText(column, slot, from.lane(column), row)) {
                lanes[column].put(target, from.lane(column), source, 1);
                lanes[column].compact();
            }
        }
    }

    /** Whether a slot has this text already, as a key has: to write it once more would leave the old one behind. */
    private boolean isText(int column, int slot, Lane from, int row) {
        return lanes[column] instanceof TextLane
                && !lanes[column].isNull(slot)
                && !from.isNull(row)
                && TableOrder.compare(lanes[column], slot, from, row) == 0;
    }

    private int grow(int count) {
        int first = size;
        size += count;
        if (ids.length < size) {
            ids = Arrays.copyOf(ids, Math.max(size, ids.length * 2));
        }
        for (Lane lane : lanes) {
            if (lane != null) {
                lane.resize(size);
            }
        }
        return first;
    }

    private int[] slots(int first, int count) {
        if (slots.length < count) {
            slots = new int[Math.max(count, slots.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            slots[i] = first + i;
        }
        return slots;
    }

    /** Keeps only these slots, in new ones from 0 on. */
    void keep(int[] kept, int count) {
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = lanes[column] == null ? null : dense(column, kept, count);
        }
        for (int i = 0; i < count; i++) {
            ids[i] = ids[kept[i]];
        }
        ids = Arrays.copyOf(ids, count);
        size = count;
    }

    /** The rows of these slots as a lane that shares nothing. */
    private Lane dense(int column, int[] kept, int count) {
        Lane dense = lanes[column].fresh();
        dense.resize(count);
        dense.put(TableOrder.firstRows(count), lanes[column], kept, count);
        return dense;
    }

    /** The number of slots, those included whose rows nobody needs any more. */
    @Override
    public int rows() {
        return size;
    }

    @Override
    public Lane lane(int column) {
        return lanes[column];
    }

    int id(int slot) {
        return ids[slot];
    }

    /** Writes a column of the rows in these slots as the whole of a lane; null for a slot below 0. */
    void gather(int column, int[] wanted, int count, Lane into) {
        if (size == 0) {
            into.reset(count);
            into.setAllNull();
            return;
        }
        if (slots.length < count) {
            slots = new int[Math.max(count, slots.length * 2)];
        }
        int[] safe = slots;
        for (int i = 0; i < count; i++) {
            safe[i] = Math.max(0, wanted[i]);
        }
        lanes[column].gather(safe, count, into);
        for (int i = 0; i < count; i++) {
            if (wanted[i] < 0) {
                into.setNull(i);
            }
        }
    }

    long bytes() {
        long bytes = 4L * (ids.length + slots.length);
        for (Lane lane : lanes) {
            bytes += lane == null ? 0 : lane.memory();
        }
        return bytes;
    }

    /** Writes the rows of these slots. */
    void write(int[] kept, int count, StateWriter out) throws IOException {
        out.writeInt(count);
        for (int column = 0; column < lanes.length; column++) {
            out.writeBoolean(lanes[column] != null);
            if (lanes[column] != null) {
                LaneState.write(dense(column, kept, count), out);
            }
        }
    }

    /** Rows that were written, as a batch of the columns that are kept here. */
    RecordBatch read(StateReader in) throws IOException {
        int count = in.readInt();
        RecordBatch batch = new RecordBatch(schema, "a saved state", RecordBatch.owned(schema.size()));
        for (int column = 0; column < lanes.length; column++) {
            boolean saved = in.readBoolean();
            if (saved) {
                Lane lane = lanes[column] == null ? schema.type(column).kind().lane() : batch.fill(column);
                LaneState.read(lane, count, in);
            } else if (lanes[column] != null) {
                throw new DataException(
                        "other-columns",
                        schema.field(column).name(),
                        "the saved rows lack the column " + schema.field(column).name()
                                + ", which nothing read when they were saved",
                        "attach what was attached then, or begin without the state");
            }
        }
        batch.filled(count);
        return batch;
    }

    /** Rows that were written, as a batch of their own. */
    static RecordBatch read(Schema schema, StateReader in) throws IOException {
        int count = in.readInt();
        Lane[] lanes = Lanes.empty(schema);
        for (Lane lane : lanes) {
            LaneState.read(lane, count, in);
        }
        return RecordBatch.of(schema, lanes);
    }
}
