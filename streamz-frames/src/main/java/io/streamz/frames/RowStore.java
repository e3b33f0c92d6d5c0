package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Rows of a live table by their ids, as they stood when they were last told of: the state of steps that need old values. */
final class RowStore {
    private final int[] places;
    private final Lane[] lanes;
    private final BitSet present = new BitSet();
    private int top;
    private int[] rows = {};

    /**
     * An empty one.
     *
     * @param schema the table's columns
     * @param places which of them are kept
     */
    RowStore(Schema schema, int[] places) {
        this.places = places;
        this.lanes = new Lane[places.length];
        for (int i = 0; i < places.length; i++) {
            lanes[i] = schema.type(places[i]).kind().lane();
        }
    }

    int columns() {
        return places.length;
    }

    boolean isEmpty() {
        return present.isEmpty();
    }

    boolean has(int id) {
        return present.get(id);
    }

    /** All ids are below this. */
    int top() {
        return top;
    }

    /** The kept columns, a row for each id; to be read only. */
    Lane lane(int column) {
        return lanes[column];
    }

    /** Writes the kept columns of these ids; null where there is no row. */
    void gather(int[] ids, int count, Lane[] out) {
        for (int i = 0; i < count; i++) {
            grow(ids[i] + 1);
        }
        for (int column = 0; column < lanes.length; column++) {
            lanes[column].gather(ids, count, out[column]);
            for (int i = 0; i < count; i++) {
                if (!present.get(ids[i])) {
                    out[column].setNull(i);
                }
            }
        }
    }

    /** Takes the changes of a batch in. */
    void take(RecordBatch batch, Deltas deltas) {
        for (int row = 0; row < deltas.deletes(); row++) {
            present.clear(deltas.id(row));
        }
        int count = deltas.size() - deltas.deletes();
        int[] ids = Arrays.copyOfRange(deltas.ids(), deltas.deletes(), deltas.size());
        put(ids, batch, rows(deltas.deletes(), count), count);
    }

    /** Holds the rows of a table and no others. */
    void fill(KeyedTable table) {
        present.clear();
        put(table.ids(), table.table(), rows(0, table.ids().length), table.ids().length);
    }

    private void put(int[] ids, Columns from, int[] fromRows, int count) {
        for (int i = 0; i < count; i++) {
            grow(ids[i] + 1);
            present.set(ids[i]);
        }
        for (int column = 0; column < lanes.length; column++) {
            lanes[column].put(ids, from.lane(places[column]), fromRows, count);
            lanes[column].compact();
        }
    }

    private int[] rows(int first, int count) {
        if (rows.length < count) {
            rows = new int[Math.max(count, rows.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            rows[i] = first + i;
        }
        return rows;
    }

    private void grow(int needed) {
        if (needed > top) {
            for (Lane lane : lanes) {
                lane.resize(needed);
            }
            top = needed;
        }
    }

    long bytes() {
        long bytes = present.size() / Byte.SIZE + 4L * rows.length;
        for (Lane lane : lanes) {
            bytes += lane.memory();
        }
        return bytes;
    }

    void write(StateWriter out) throws IOException {
        int[] ids = present.stream().toArray();
        out.writeInt(ids.length);
        for (int id : ids) {
            out.writeInt(id);
        }
        for (Lane lane : lanes) {
            Lane dense = lane.fresh();
            lane.gather(ids, ids.length, dense);
            LaneState.write(dense, out);
        }
    }

    void read(StateReader in) throws IOException {
        int count = in.readInt();
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = in.readInt();
            grow(ids[i] + 1);
            present.set(ids[i]);
        }
        int[] all = IntStream.range(0, count).toArray();
        for (Lane lane : lanes) {
            Lane dense = lane.fresh();
            LaneState.read(dense, count, in);
            lane.put(ids, dense, all, count);
        }
    }
}
