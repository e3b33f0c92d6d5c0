package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

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

    /** The ids that have a row. */
    List<Integer> ids() {
        return present.stream().boxed().toList();
    }

    void remove(int id) {
        present.clear(id);
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

    /** Sets rows: row {@code ids[i]} from row {@code fromRows[i]} of the table's columns. */
    void put(int[] ids, Columns from, int[] fromRows, int count) {
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

    /** The kept columns of these ids, as they stand now; text shares its bytes with this store, which never writes them again. */
    Rows rows(int[] ids) {
        Lane[] out = new Lane[lanes.length];
        for (int column = 0; column < out.length; column++) {
            out[column] = lanes[column].fresh();
        }
        gather(ids, ids.length, out);
        return new Rows(out, ids.length);
    }

    /** Some rows. */
    record Rows(Lane[] lanes, int rows) implements Columns {
        @Override
        public Lane lane(int column) {
            return lanes[column];
        }

        static Rows of(Table table) {
            Lane[] lanes = new Lane[table.schema().size()];
            for (int column = 0; column < lanes.length; column++) {
                lanes[column] = table.lane(column);
            }
            return new Rows(lanes, table.rows());
        }

        /** These rows with the columns of others, as many, beside them. */
        Rows beside(Rows others) {
            Lane[] both = Arrays.copyOf(lanes, lanes.length + others.lanes.length);
            System.arraycopy(others.lanes, 0, both, lanes.length, others.lanes.length);
            return new Rows(both, rows);
        }

        /** These rows and others behind them. */
        Rows and(Rows others) {
            int all = rows + others.rows;
            int[] first = TableOrder.firstRows(rows);
            int[] second = TableOrder.rows(rows, all);
            Lane[] both = new Lane[lanes.length];
            for (int column = 0; column < both.length; column++) {
                both[column] = lanes[column].fresh();
                both[column].resize(all);
                both[column].put(first, lanes[column], first, rows);
                both[column].put(second, others.lanes[column], TableOrder.firstRows(others.rows), others.rows);
            }
            return new Rows(both, all);
        }
    }

    /** Writes the rows in the order of all ids there are: that is what they are called after a restart. */
    void write(StateWriter out, int[] order) throws IOException {
        out.writeInt(order.length);
        for (int id : order) {
            out.writeBoolean(present.get(id));
        }
        int[] ids = Arrays.stream(order).filter(present::get).toArray();
        for (Lane lane : lanes) {
            Lane dense = lane.fresh();
            lane.gather(ids, ids.length, dense);
            LaneState.write(dense, out);
        }
    }

    /** Reads what was written; returns how many ids there are. */
    int read(StateReader in) throws IOException {
        int count = in.readInt();
        grow(count);
        for (int id = 0; id < count; id++) {
            if (in.readBoolean()) {
                present.set(id);
            }
        }
        int[] ids = present.stream().toArray();
        int[] all = TableOrder.firstRows(ids.length);
        for (Lane lane : lanes) {
            Lane dense = lane.fresh();
            LaneState.read(dense, ids.length, in);
            lane.put(ids, dense, all, ids.length);
        }
        return count;
    }
}
