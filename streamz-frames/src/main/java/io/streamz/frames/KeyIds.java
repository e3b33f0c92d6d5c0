package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.GroupIndex;
import io.streamz.aggregations.Lane;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Cells;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** The keys of a step's rows as ids; where there are none all rows are id 0. */
final class KeyIds {
    private final DataType[] types;
    private final int[] columns;
    private final GroupIndex index;
    private final Lane[] lanes;
    private int[] ids = {};

    /**
     * No key yet.
     *
     * @param columns the places of the key columns, with these types
     */
    KeyIds(DataType[] types, int[] columns) {
        this(types, columns, false);
    }

    /** {@link #KeyIds(DataType[], int[])} that may give the id -1 to rows with a null among their keys. */
    KeyIds(DataType[] types, int[] columns, boolean dropNulls) {
        this.types = types;
        this.columns = columns;
        this.index = types.length == 0 ? null : dropNulls ? GroupIndex.droppingNullKeys(types) : new GroupIndex(types);
        this.lanes = new Lane[types.length];
    }

    /** {@link #KeyIds(DataType[], int[], boolean)} of these columns of a schema. */
    static KeyIds of(Schema in, List<String> keys, boolean dropNulls) {
        int[] columns = in.places(keys);
        return new KeyIds(Arrays.stream(columns).mapToObj(in::type).toArray(DataType[]::new), columns, dropNulls);
    }

    boolean keyed() {
        return index != null;
    }

    /** The id of each row, or null where all are one. */
    int[] of(Columns rows) {
        if (index == null) {
            return null;
        }
        if (ids.length < rows.rows()) {
            ids = new int[Math.max(rows.rows(), ids.length * 2)];
        }
        for (int key = 0; key < columns.length; key++) {
            lanes[key] = rows.lane(columns[key]);
        }
        index.ids(lanes, rows.rows(), ids);
        return ids;
    }

    /** All ids are below this. */
    int top() {
        return index == null ? 1 : index.top();
    }

    /** The key may go; its id may then be another key's. */
    void free(int id) {
        if (index != null) {
            index.free(id);
        }
    }

    /** Writes the keys of these live ids to the first lanes. */
    void keys(int[] wanted, int count, Lane[] out) {
        if (index != null) {
            index.keys(wanted, count, Arrays.copyOf(out, types.length));
        }
    }

    /** Such as {@code symbol=A, side=B}. */
    String text(Schema schema, Columns rows, int row) {
        StringJoiner text = new StringJoiner(", ");
        for (int key = 0; key < columns.length; key++) {
            text.add(schema.field(columns[key]).name() + "=" + Cells.text(types[key], rows.lane(columns[key]), row));
        }
        return text.toString();
    }

    /**
     * What to say of an answer that does not fit.
     *
     * @param first the place of the first key among the lanes
     */
    String overflow(Schema schema, int first, int column, Lane[] lanes, int at) {
        StringJoiner key = new StringJoiner(", ", " of ", "").setEmptyValue("");
        for (int i = 0; i < types.length; i++) {
            key.add(schema.field(first + i).name() + "=" + Cells.text(types[i], lanes[first + i], at));
        }
        Field field = schema.field(column);
        return "overflow: " + field.name() + key + " does not fit " + field.type();
    }

    long bytes() {
        return index == null ? 0 : index.bytes() + 4L * ids.length;
    }

    /** Writes all keys in order of first appearance. */
    void write(StateWriter out) throws IOException {
        if (index != null) {
            index.write(out.stream());
        }
    }

    /** Reads them; they get the ids from 0 in their order. */
    void read(StateReader in) throws IOException {
        if (index != null) {
            index.read(in.stream());
        }
    }

    /** Writes the keys of these ids in this order, to be read by {@link #readListed}. */
    void writeListed(int[] listed, int count, StateWriter out) throws IOException {
        out.writeInt(count);
        Lane[] keys = empty();
        keys(listed, count, keys);
        for (Lane key : keys) {
            LaneState.write(key, out);
        }
    }

    /** Reads them into an index without keys; they get the ids from 0 in their order. */
    void readListed(StateReader in) throws IOException {
        int count = in.readInt();
        Lane[] keys = empty();
        for (Lane key : keys) {
            LaneState.read(key, count, in);
        }
        if (index != null) {
            index.ids(keys, count, new int[count]);
        }
    }

    private Lane[] empty() {
        Lane[] keys = new Lane[types.length];
        for (int key = 0; key < keys.length; key++) {
            keys[key] = types[key].kind().lane();
        }
        return keys;
    }
}
