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
 * is equal part by part. Each column has its own index from values to codes; a composite key is looked up by pairs, the code
 * of what stands to the left with the code of the next column, so that all loops are those over one column of longs. A
 * code dies with the last key that holds it.
 *
 * <p>Not thread-safe.
 */
public final class GroupIndex {
    private final DataType[] types;
    private final boolean dropNullKeys;
    private final List<KeyIndex> columns = new ArrayList<>();
    private final List<LongKeys> pairs = new ArrayList<>();
    private final KeyIndex last;
    private final LongLane scratch = new LongLane();
    private final LongLane packed = new LongLane();
    private final int[][] codes;
    private final int[][] joined;

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
        this.dropNullKeys = dropNullKeys;
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
        for (int column = 1; column < columns.size(); column++) {
            pairs.add(new LongKeys(dropNullKeys, false));
        }
        last = pairs.isEmpty() ? columns.get(0) : pairs.get(pairs.size() - 1);
        codes = new int[columns.size()][0];
        joined = new int[pairs.size()][0];
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
        if (pairs.isEmpty()) {
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
        for (int pair = 0; pair < pairs.size(); pair++) {
            joined[pair] = room(joined[pair], rows);
            int[] left = pair == 0 ? codes[0] : joined[pair - 1];
            join(pair, left, codes[pair + 1], rows, pair == pairs.size() - 1 ? out : joined[pair]);
        }
        if (dropNullKeys) {
            freeUnused(rows, out);
        }
    }

    /** The ids of pairs of codes; each new pair holds its two codes. */
    private void join(int pair, int[] left, int[] right, int rows, int[] out) {
        packed.reset(rows);
        long[] values = packed.values();
        for (int row = 0; row < rows; row++) {
            values[row] = (long) left[row] << 32 | right[row] & 0xffffffffL;
            if ((left[row] | right[row]) < 0) {
                packed.setNull(row);
            }
        }
        LongKeys index = pairs.get(pair);
        int place = index.ids.logged();
        index.ids(packed, rows, out);
        for (; place < index.ids.logged(); place++) {
            long key = index.key(index.ids.logged(place));
            left(pair).use((int) (key >>> 32));
            columns.get(pair + 1).use((int) key);
        }
    }

    private KeyIndex left(int pair) {
        return pair == 0 ? columns.get(0) : pairs.get(pair - 1);
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

    /** Takes back the codes that only rows with a dropped key had asked for. */
    private void freeUnused(int rows, int[] out) {
        for (int row = 0; row < rows; row++) {
            if (out[row] < 0) {
                for (int pair = pairs.size() - 2; pair >= 0; pair--) {
                    if (pairs.get(pair).isUnused(joined[pair][row])) {
                        release(pair + 1, joined[pair][row]);
                    }
                }
                for (int column = 0; column < codes.length; column++) {
                    if (columns.get(column).isUnused(codes[column][row])) {
                        columns.get(column).free(codes[column][row]);
                    }
                }
            }
        }
    }

    /** Gives an id back; its key is forgotten, and the next new key may get the id. */
    public void free(int id) {
        release(pairs.size(), id);
    }

    private void release(int level, int id) {
        if (level == 0) {
            columns.get(0).free(id);
            return;
        }
        LongKeys pair = pairs.get(level - 1);
        long key = pair.key(id);
        pair.free(id);
        int left = (int) (key >>> 32);
        if (left(level - 1).disuse(left)) {
            release(level - 1, left);
        }
        if (columns.get(level).disuse((int) key)) {
            columns.get(level).free((int) key);
        }
    }

    /** The number of live ids. */
    public int size() {
        return last.ids.live();
    }

    /** All ids that live are below this. */
    public int top() {
        return last.ids.top();
    }

    /** Where a live id stands among the others by first appearance: of two, the lower came first. */
    public int position(int id) {
        return last.ids.position(id);
    }

    /**
     * The live ids in order of first appearance.
     *
     * @param reuse an array to write them to; a longer one is made where it does not hold {@link #size()} ids
     */
    public int[] liveIds(int[] reuse) {
        int[] ids = reuse.length >= size() ? reuse : new int[size()];
        last.ids.liveIds(ids);
        return ids;
    }

    /**
     * Writes the keys of the listed ids, one column to each lane, as the whole of it.
     *
     * @param out lanes of the key types, in order
     */
    public void keys(int[] ids, int count, Lane[] out) {
        for (int column = 0; column < codes.length; column++) {
            codes[column] = room(codes[column], count);
        }
        for (int i = 0; i < count; i++) {
            int id = ids[i];
            for (int pair = pairs.size() - 1; pair >= 0; pair--) {
                long key = pairs.get(pair).key(id);
                codes[pair + 1][i] = (int) key;
                id = (int) (key >>> 32);
            }
            codes[0][i] = id;
        }
        int column = 0;
        for (int key = 0; key < types.length; key++) {
            column(column, count, out[key]);
            column += parts(types[key]);
        }
    }

    private void column(int column, int count, Lane out) {
        out.reset(count);
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        KeyIndex index = columns.get(column);
        for (int i = 0; i < count; i++) {
            int code = codes[column][i];
            if (index.isNullKey(code)) {
                out.setNull(i);
            } else if (index instanceof TextKeys texts) {
                texts.write(code, (TextLane) out, i);
            } else if (out instanceof DoubleLane doubles) {
                doubles.values()[i] = Double.longBitsToDouble(((LongKeys) index).key(code));
            } else if (out instanceof WideLane wide) {
                wide.high()[i] = ((LongKeys) index).key(code);
                wide.low()[i] = ((LongKeys) columns.get(column + 1)).key(codes[column + 1][i]);
            } else {
                ((LongLane) out).values()[i] = ((LongKeys) index).key(code);
            }
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
        for (int pair = 0; pair < joined.length; pair++) {
            bytes += pairs.get(pair).bytes() + 4L * joined[pair].length;
        }
        return bytes + 8L * (scratch.values().length + packed.values().length);
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
