package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys to dense ids. An id belongs to its key until it is freed; then it may be given to another, so that ids, and the state
 * they address, never outgrow the largest number of keys that lived at once. Groups are listed in order of first appearance, never
 * by id.
 *
 * <p>Keys are equal by value: null is a key like any other, all NaN are one, -0.0 is 0.0, text is its bytes, and a composite key
 * is equal part by part. Each column has its own index from values to codes; {@link CompositeKeys} has the ids of several codes.
 *
 * <p>Not thread-safe.
 */
public final class GroupIndex {
    private static final int BLOCK = 4096;

    private final DataType[] types;
    private final List<KeyIndex> columns = new ArrayList<>();

    /** Of several columns; null where there is one. */
    private final CompositeKeys composite;

    private final Ids ids;
    private final LongLane scratch = new LongLane();
    private final int[][] codes;

    /**
     * An empty index.
     *
     * @param keys the types of the key columns, at least one
     */
    public GroupIndex(DataType... keys) {
        this(false, keys);
    }

    private GroupIndex(boolean dropNullKeys, DataType... keys) {
        if (keys.length == 0) {
            throw new IllegalArgumentException("groups need at least one key column");
        }
        types = keys.clone();
        for (DataType type : types) {
            switch (type.kind()) {
                case BOOL, INT, DATE, TIME, TIMESTAMP, DURATION -> columns.add(new LongKeys(dropNullKeys, true));
                case FLOAT -> columns.add(new LongKeys(dropNullKeys, false));
                case TEXT, BINARY -> columns.add(new TextKeys(dropNullKeys));
                case DECIMAL -> {
                    columns.add(new LongKeys(dropNullKeys, true));
                    columns.add(new LongKeys(dropNullKeys, true));
                }
            }
        }
        composite = columns.size() == 1 ? null : new CompositeKeys(columns, dropNullKeys);
        ids = composite == null ? columns.get(0).ids : composite.ids();
        codes = new int[columns.size()][0];
    }

    /** An empty index that gives the id -1 to a row with a null among its keys. */
    public static GroupIndex droppingNullKeys(DataType... keys) {
        return new GroupIndex(true, keys);
    }

    /**
     * Finds or makes the id of each row's key.
     *
     * @param keys the key columns, each with at least {@code rows} rows
     * @param out where the ids go; -1 for a row whose key is dropped
     */
    public void ids(Lane[] keys, int rows, int[] out) {
        if (composite == null) {
            columns.get(0).ids(part(keys[0], types[0], 0, rows), rows, out);
            return;
        }
        int column = 0;
        for (int key = 0; key < types.length; key++) {
            for (int part = 0; part < parts(types[key]); part++) {
                codes[column] = room(codes[column], rows);
                columns.get(column).ids(part(keys[key], types[key], part, rows), rows, codes[column]);
                column++;
            }
        }
        composite.ids(codes, rows, out);
    }

    /** A column, or one half of a decimal column, as the lane that its index takes. */
    private Lane part(Lane lane, DataType type, int part, int rows) {
        if (lane instanceof DoubleLane doubles) {
            scratch.reset(rows);
            for (int row = 0; row < rows; row++) {
                scratch.values()[row] = Double.doubleToLongBits(doubles.values()[row] + 0.0);
            }
            scratch.setValidity(lane.validity(), lane.nullCount());
            return scratch;
        }
        if (lane instanceof WideLane wide) {
            scratch.reset(rows);
            System.arraycopy(part == 0 ? wide.high() : wide.low(), 0, scratch.values(), 0, rows);
            scratch.setValidity(lane.validity(), lane.nullCount());
            return scratch;
        }
        if (!type.kind().fits(lane)) {
            throw new IllegalArgumentException("a key column of type " + type + " came as a "
                    + lane.getClass().getSimpleName());
        }
        return lane;
    }

    private static int parts(DataType type) {
        return type.kind() == Kind.DECIMAL ? 2 : 1;
    }

    private static int[] room(int[] array, int rows) {
        return array.length >= rows ? array : new int[Lane.grown(array.length, rows)];
    }

    /** Gives an id back; its key is forgotten, and the next new key may get the id. */
    public void free(int id) {
        if (composite == null) {
            columns.get(0).free(id);
        } else {
            composite.free(id);
        }
    }

    /** The number of live ids. */
    public int size() {
        return ids.live();
    }

    /** All ids that live are below this. */
    public int top() {
        return ids.top();
    }

    /** Where a live id stands among the others by first appearance: of two, the lower came first. */
    public int position(int id) {
        return ids.position(id);
    }

    /**
     * The live ids in order of first appearance.
     *
     * @param reuse an array to write them to; a longer one is made where it does not hold {@link #size()} ids
     */
    public int[] liveIds(int[] reuse) {
        int[] live = reuse.length >= size() ? reuse : new int[size()];
        ids.liveIds(live);
        return live;
    }

    /**
     * Writes the keys of the listed ids, one column to each lane, as the whole of it.
     *
     * @param out lanes of the key types, in order
     */
    public void keys(int[] listed, int count, Lane[] out) {
        int column = 0;
        for (int key = 0; key < types.length; key++) {
            out[key].reset(count);
            if (out[key] instanceof TextLane text) {
                ((TextKeys) columns.get(column)).begin(text, count);
            }
            column += parts(types[key]);
        }
        for (int from = 0; from < count; from += BLOCK) {
            keys(listed, from, Math.min(BLOCK, count - from), out);
        }
    }

    /** Of a block of ids, whose codes stay in the nearer caches. */
    private void keys(int[] listed, int from, int rows, Lane[] out) {
        for (int column = 0; column < codes.length; column++) {
            codes[column] = room(codes[column], rows);
        }
        if (composite == null) {
            System.arraycopy(listed, from, codes[0], 0, rows);
        } else {
            composite.codes(listed, from, rows, codes);
        }
        int column = 0;
        for (int key = 0; key < types.length; key++) {
            column(column, from, rows, out[key]);
            column += parts(types[key]);
        }
    }

    private void column(int column, int from, int rows, Lane out) {
        KeyIndex index = columns.get(column);
        int[] parts = codes[column];
        for (int i = 0; index.hasNullKey() && i < rows; i++) {
            if (index.isNullKey(parts[i])) {
                out.setNull(from + i);
            }
        }
        if (out instanceof TextLane text) {
            ((TextKeys) index).write(parts, rows, text, from);
        } else if (out instanceof DoubleLane doubles) {
            for (int i = 0; i < rows; i++) {
                doubles.values()[from + i] = Double.longBitsToDouble(((LongKeys) index).key(parts[i]));
            }
        } else if (out instanceof WideLane wide) {
            ((LongKeys) index).keys(parts, rows, wide.high(), from);
            ((LongKeys) columns.get(column + 1)).keys(codes[column + 1], rows, wide.low(), from);
        } else {
            ((LongKeys) index).keys(parts, rows, ((LongLane) out).values(), from);
        }
    }

    /** Makes the other's keys keys of this, and tells which id each id of the other has here, -1 for one that is not live. */
    public int[] mergeFrom(GroupIndex other) {
        int[] theirs = other.liveIds(new int[0]);
        Lane[] keys = lanes();
        other.keys(theirs, other.size(), keys);
        int[] ours = new int[other.size()];
        ids(keys, ours.length, ours);
        int[] map = new int[other.top()];
        Arrays.fill(map, -1);
        for (int i = 0; i < ours.length; i++) {
            map[theirs[i]] = ours[i];
        }
        return map;
    }

    private Lane[] lanes() {
        Lane[] lanes = new Lane[types.length];
        for (int key = 0; key < types.length; key++) {
            lanes[key] = types[key].kind().lane();
        }
        return lanes;
    }

    /** The bytes of memory that keys and tables take. */
    public long bytes() {
        long bytes = 0;
        for (int column = 0; column < codes.length; column++) {
            bytes += columns.get(column).bytes() + 4L * codes[column].length;
        }
        if (composite != null) {
            bytes += composite.bytes();
        }
        return bytes + 8L * scratch.values().length;
    }

    /** Writes the keys in order of first appearance: the same bytes however rows were cut and keys were hashed. */
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.VERSION);
        out.i32(size());
        Lane[] keys = lanes();
        keys(liveIds(new int[0]), size(), keys);
        for (Lane lane : keys) {
            LaneBytes.write(lane, out);
        }
        out.flush();
    }

    /** Reads keys that were written, into an index that is still empty; the first has the id 0, the next 1, and so on. */
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        in.version();
        int count = in.size();
        Lane[] keys = lanes();
        for (Lane lane : keys) {
            LaneBytes.read(lane, count, in);
        }
        ids(keys, count, new int[count]);
        if (size() != count) {
            throw new IOException("state holds " + count + " keys of which only " + size() + " differ");
        }
    }
}
