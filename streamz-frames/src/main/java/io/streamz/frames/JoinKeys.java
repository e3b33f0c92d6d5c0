package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.GroupIndex;
import io.streamz.aggregations.Lane;
import io.streamz.frames.internal.Columns;
import java.util.Arrays;

/**
 * The keys of both sides of a join as dense ids. An id lives while some row uses it: each row that {@link #ids} has seen does,
 * until {@link #release}. Keys are equal as those of groups are, except that a null matches nothing: its row has the id
 * {@link #NONE}.
 */
final class JoinKeys {
    static final int NONE = -1;

    /** Null where there are no keys and all rows belong together. */
    private final GroupIndex index;

    private final Lane[] lanes;
    private int[] ids = {};
    private int[] uses = new int[1];

    JoinKeys(DataType[] types) {
        index = types.length == 0 ? null : GroupIndex.droppingNullKeys(types);
        lanes = new Lane[types.length];
    }

    /** The id of each row's key, to be read until the next call; each row uses its id from now on. */
    int[] ids(Columns rows, int[] places) {
        int count = rows.rows();
        if (ids.length < count) {
            ids = new int[Math.max(count, ids.length * 2)];
        }
        if (index == null) {
            Arrays.fill(ids, 0, count, 0);
        } else {
            for (int key = 0; key < lanes.length; key++) {
                lanes[key] = rows.lane(places[key]);
            }
            index.ids(lanes, count, ids);
        }
        for (int row = 0; row < count; row++) {
            use(ids[row]);
        }
        return ids;
    }

    private void use(int id) {
        if (id >= uses.length) {
            uses = Arrays.copyOf(uses, Math.max(id + 1, uses.length * 2));
        }
        if (id != NONE) {
            uses[id]++;
        }
    }

    /** A row with this id is gone. */
    void release(int id) {
        if (id != NONE && --uses[id] == 0 && index != null) {
            index.free(id);
        }
    }

    /** All ids that live are below this. */
    int top() {
        return index == null ? 1 : index.top();
    }

    long bytes() {
        return (index == null ? 0 : index.bytes()) + 4L * (ids.length + uses.length);
    }
}
