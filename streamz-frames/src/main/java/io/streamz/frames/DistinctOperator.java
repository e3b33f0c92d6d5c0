package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.GroupIndex;
import io.streamz.aggregations.Lane;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * Keeps the first row of each key. With a bound the key that was seen least recently is forgotten when there are too many, and
 * counts as new when it comes again.
 */
final class DistinctOperator extends KeepingOperator {
    private static final int NONE = -1;

    private final int[] keys;
    private final DataType[] types;
    private final int most;
    private final GroupIndex index;
    private final Lane[] lanes;
    private int[] ids = {};
    /** The keys that are known, in a ring through their ids from the oldest to the newest. */
    private int[] newer = {};

    private int[] older = {};
    private boolean[] known = {};
    private int oldest = NONE;
    private int newest = NONE;
    private int size;
    private int[] forgotten = {};

    /**
     * Makes one.
     *
     * @param most how many keys are kept, 0 for all
     */
    DistinctOperator(Schema schema, String path, int[] keys, int most) {
        super(schema, path, keys);
        this.keys = keys;
        this.most = most;
        this.types = Arrays.stream(keys).mapToObj(schema::type).toArray(DataType[]::new);
        this.index = new GroupIndex(types);
        this.lanes = new Lane[keys.length];
    }

    @Override
    int select(RecordBatch in, int[] into) {
        int rows = in.rows();
        for (int key = 0; key < keys.length; key++) {
            lanes[key] = in.lane(keys[key]);
        }
        identify(rows);
        int dropped = 0;
        int count = 0;
        for (int row = 0; row < rows; row++) {
            int id = ids[row];
            if (known[id]) {
                if (most > 0) {
                    unlink(id);
                    append(id);
                }
                continue;
            }
            into[count++] = row;
            known[id] = true;
            append(id);
            if (++size > most && most > 0) {
                forgotten = room(forgotten, dropped + 1);
                forgotten[dropped++] = forget();
            }
        }
        free(dropped);
        return count;
    }

    private void identify(int rows) {
        ids = room(ids, rows);
        index.ids(lanes, rows, ids);
        int top = index.top();
        if (known.length < top) {
            int room = Math.max(top, known.length * 2);
            known = Arrays.copyOf(known, room);
            newer = Arrays.copyOf(newer, room);
            older = Arrays.copyOf(older, room);
        }
    }

    private static int[] room(int[] array, int length) {
        return array.length >= length ? array : Arrays.copyOf(array, Math.max(length, array.length * 2));
    }

    private void append(int id) {
        older[id] = newest;
        newer[id] = NONE;
        if (newest == NONE) {
            oldest = id;
        } else {
            newer[newest] = id;
        }
        newest = id;
    }

    private void unlink(int id) {
        if (older[id] == NONE) {
            oldest = newer[id];
        } else {
            newer[older[id]] = newer[id];
        }
        if (newer[id] == NONE) {
            newest = older[id];
        } else {
            older[newer[id]] = older[id];
        }
    }

    private int forget() {
        int id = oldest;
        unlink(id);
        known[id] = false;
        size--;
        return id;
    }

    /** Only at the end of a batch: a key that was forgotten may come again in it, under the same id. */
    private void free(int dropped) {
        Arrays.sort(forgotten, 0, dropped);
        for (int i = 0; i < dropped; i++) {
            if (!known[forgotten[i]] && (i == 0 || forgotten[i] != forgotten[i - 1])) {
                index.free(forgotten[i]);
            }
        }
    }

    @Override
    long bytes() {
        return index.bytes() + 9L * known.length + 4L * (ids.length + forgotten.length);
    }

    /** Writes the keys from the oldest to the newest. */
    @Override
    public void write(StateWriter state) throws IOException {
        int[] order = new int[size];
        int at = 0;
        for (int id = oldest; id != NONE; id = newer[id]) {
            order[at++] = id;
        }
        Lane[] out = new Lane[types.length];
        for (int key = 0; key < types.length; key++) {
            out[key] = types[key].kind().lane();
        }
        index.keys(order, size, out);
        state.writeInt(size);
        for (Lane lane : out) {
            LaneState.write(lane, state);
        }
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        int count = state.readInt();
        for (int key = 0; key < types.length; key++) {
            lanes[key] = types[key].kind().lane();
            LaneState.read(lanes[key], count, state);
        }
        identify(count);
        for (int row = 0; row < count; row++) {
            known[ids[row]] = true;
            append(ids[row]);
        }
        size = count;
    }
}
