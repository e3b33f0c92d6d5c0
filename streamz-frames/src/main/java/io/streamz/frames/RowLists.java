package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.Columns;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/** The right side of a join: the rows of each key in the order in which they came, let go of from the oldest on. */
final class RowLists {
    static final int NONE = -1;
    private static final int FEW = 1024;

    private final JoinKeys keys;
    private final int[] keyPlaces;
    private final KeptRows rows;
    private final BitSet live = new BitSet();
    private int[] next = {};
    private int[] heads = {};
    private int[] tails = {};
    private int living;
    private int sweepAt = FEW;

    /**
     * No row yet.
     *
     * @param columns the places of the columns that are kept, keys among them
     */
    RowLists(Schema schema, JoinKeys keys, int[] keyPlaces, int[] columns) {
        this.keys = keys;
        this.keyPlaces = keyPlaces;
        this.rows = new KeptRows(schema, columns);
    }

    /** Adds the rows of a batch behind those of their keys; rows with a null key match nothing and are not kept. */
    void add(Columns from) {
        int[] ids = keys.ids(from, keyPlaces);
        int first = rows.rows();
        rows.add(from, ids);
        grow();
        for (int slot = first; slot < rows.rows(); slot++) {
            if (rows.id(slot) != JoinKeys.NONE) {
                link(slot, rows.id(slot));
            }
        }
    }

    /** Makes a row the only one of its key. */
    void set(Columns from, int row, int id) {
        if (head(id) == NONE) {
            rows.add(from, row, id);
            grow();
            link(rows.rows() - 1, id);
        } else {
            rows.replace(heads[id], from, row);
            keys.release(id);
        }
    }

    private void grow() {
        if (next.length < rows.rows()) {
            next = Arrays.copyOf(next, Math.max(rows.rows(), next.length * 2));
        }
        if (heads.length < keys.top()) {
            int known = heads.length;
            heads = Arrays.copyOf(heads, Math.max(keys.top(), known * 2));
            tails = Arrays.copyOf(tails, heads.length);
            Arrays.fill(heads, known, heads.length, NONE);
        }
    }

    private void link(int slot, int id) {
        next[slot] = NONE;
        if (heads[id] == NONE) {
            heads[id] = slot;
        } else {
            next[tails[id]] = slot;
        }
        tails[id] = slot;
        live.set(slot);
        living++;
    }

    /** The oldest row of a key, or {@link #NONE}. */
    int head(int id) {
        return id < heads.length ? heads[id] : NONE;
    }

    /** The row of the same key behind a row, or {@link #NONE}. */
    int next(int slot) {
        return next[slot];
    }

    /** Lets go of the oldest row of a key; what its slot holds stays until {@link #tidy}. */
    void dropHead(int id) {
        int slot = heads[id];
        heads[id] = next[slot];
        live.clear(slot);
        living--;
        keys.release(id);
    }

    /** Whether so much has come since the last sweep that it is time for one. */
    boolean isLarge() {
        return living >= sweepAt;
    }

    /** Lets something be done for every key that has rows. */
    void sweep(IntConsumer ofKey) {
        for (int id = 0; id < heads.length; id++) {
            if (heads[id] != NONE) {
                ofKey.accept(id);
            }
        }
        sweepAt = Math.max(FEW, living * 2);
    }

    /** Moves the rows together when most slots are dead; no slot that was told before means anything after that. */
    void tidy() {
        int size = rows.rows();
        if (size < FEW || size < 2 * living) {
            return;
        }
        int[] kept = live.stream().toArray();
        int[] moved = new int[size];
        for (int slot = 0; slot < kept.length; slot++) {
            moved[kept[slot]] = slot;
        }
        int[] chain = new int[kept.length];
        for (int slot = 0; slot < kept.length; slot++) {
            int behind = next[kept[slot]];
            chain[slot] = behind == NONE ? NONE : moved[behind];
        }
        for (int id = 0; id < heads.length; id++) {
            if (heads[id] != NONE) {
                heads[id] = moved[heads[id]];
                tails[id] = moved[tails[id]];
            }
        }
        next = chain;
        rows.keep(kept, kept.length);
        live.clear();
        live.set(0, kept.length);
    }

    Lane lane(int column) {
        return rows.lane(column);
    }

    void gather(int column, int[] slots, int count, Lane into) {
        rows.gather(column, slots, count, into);
    }

    int living() {
        return living;
    }

    long bytes() {
        return rows.bytes() + live.size() / Byte.SIZE + 4L * (next.length + heads.length + tails.length);
    }

    void write(StateWriter out) throws IOException {
        int[] kept = live.stream().toArray();
        rows.write(kept, kept.length, out);
    }

    void read(StateReader in) throws IOException {
        try (RecordBatch batch = rows.read(in)) {
            add(batch);
        }
    }
}
