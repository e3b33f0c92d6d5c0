package io.streamz.aggregations;

import java.util.Arrays;

/** The keys of one column to dense ids; null is a key, or id -1 where nulls are dropped. */
abstract sealed class KeyIndex permits LongKeys, TextKeys {
    static final int NONE = -1;

    final Ids ids = new Ids();
    private final boolean dropNulls;
    private int nullId = NONE;
    private int[] uses = {};

    KeyIndex(boolean dropNulls) {
        this.dropNulls = dropNulls;
    }

    /** The id of each row's key, new keys included. */
    final void ids(Lane lane, int rows, int[] out) {
        if (lane.nullCount() == 0) {
            lookup(lane, 0, rows, out);
            return;
        }
        int row = 0;
        while (row < rows) {
            int start = row;
            while (row < rows && !lane.isNull(row)) {
                row++;
            }
            if (row > start) {
                lookup(lane, start, row, out);
            }
            while (row < rows && lane.isNull(row)) {
                out[row++] = nullId();
            }
        }
    }

    /** The ids of rows that are all valid. */
    abstract void lookup(Lane lane, int from, int to, int[] out);

    final void free(int id) {
        ids.free(id);
        if (id == nullId) {
            nullId = NONE;
        } else {
            remove(id);
        }
    }

    abstract void remove(int id);

    abstract long bytes();

    private int nullId() {
        if (nullId < 0 && !dropNulls) {
            nullId = ids.allot();
            ensure(nullId);
        }
        return nullId;
    }

    final boolean hasNullKey() {
        return nullId != NONE;
    }

    final boolean isNullKey(int id) {
        return id == nullId;
    }

    /** Makes room for what is kept by id. */
    abstract void ensure(int id);

    /** Counts one more composite key that holds this id. */
    final void use(int id) {
        if (id >= uses.length) {
            uses = Arrays.copyOf(uses, Lane.grown(uses.length, id + 1));
        }
        uses[id]++;
    }

    /** Counts one more for each composite key from that place of its log on, which has no gaps; the id is a part of the key. */
    final void useParts(LongKeys composite, int from, int shift, long mask) {
        if (ids.top() > uses.length) {
            uses = Arrays.copyOf(uses, Lane.grown(uses.length, ids.top()));
        }
        int[] counts = uses;
        int to = composite.ids.logged();
        for (int place = from; place < to; place++) {
            counts[(int) (composite.key(composite.ids.logged(place)) >>> shift & mask)]++;
        }
    }

    /** Forgets which composite keys hold which ids. */
    final void clearUses() {
        Arrays.fill(uses, 0);
    }

    /** Counts one less, and says whether none is left. */
    final boolean disuse(int id) {
        return --uses[id] == 0;
    }

    /** Whether a live id is held by no composite key. */
    final boolean isUnused(int id) {
        return ids.isLive(id) && (id >= uses.length || uses[id] == 0);
    }

    final long commonBytes() {
        return ids.bytes() + 4L * uses.length;
    }
}
