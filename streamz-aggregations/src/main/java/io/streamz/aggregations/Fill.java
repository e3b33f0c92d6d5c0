package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Forward fill: each null becomes the last value before it, of all rows or of its key, for at most {@code limit} nulls in a row. A
 * key holds its last value until it is {@linkplain #free freed}. Not thread-safe.
 */
public final class Fill {
    private static final int NOTHING = -1;

    private final long limit;
    private final Lane last;
    private final LiveIds live = new LiveIds();
    private long[] nulls = {};
    private int[] lastRow = {};
    private int[] rows = {};
    private int[] sources = {};
    private int[] targets = {};
    private int[] held = {};

    /**
     * Empty state.
     *
     * @param type the type of the column
     * @param limit how many nulls in a row are filled, at least 1; {@code Long.MAX_VALUE} fills all
     */
    public Fill(DataType type, long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a fill of at most " + limit + " nulls; it is at least 1");
        }
        this.limit = limit;
        last = type.kind().lane();
    }

    /**
     * Takes the rows of a batch.
     *
     * @param ids the key of each row, none negative; null where all rows are one
     * @param values the column
     * @param out a lane of its type, whose whole contents become the filled column
     */
    public void add(int[] ids, int count, Lane values, Lane out) {
        ensure(live.see(ids, count), count);
        out.reset(count);
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        int fromBatch = 0;
        int fromHeld = 0;
        for (int row = 0; row < count; row++) {
            int id = ids == null ? 0 : ids[row];
            if (!values.isNull(row)) {
                lastRow[id] = row;
                nulls[id] = 0;
            } else if (nulls[id] < 0 || ++nulls[id] > limit) {
                out.setNull(row);
                continue;
            }
            if (lastRow[id] == NOTHING) {
                targets[fromHeld] = row;
                held[fromHeld++] = id;
            } else {
                rows[fromBatch] = row;
                sources[fromBatch++] = lastRow[id];
            }
        }
        out.put(rows, values, sources, fromBatch);
        out.put(targets, last, held, fromHeld);
        hold(ids, count, values);
    }

    /** Keeps the last value of each key of the batch. */
    private void hold(int[] ids, int count, Lane values) {
        int keys = 0;
        for (int row = count - 1; row >= 0; row--) {
            int id = ids == null ? 0 : ids[row];
            if (lastRow[id] != NOTHING) {
                held[keys] = id;
                sources[keys++] = lastRow[id];
                lastRow[id] = NOTHING;
            }
        }
        last.put(held, values, sources, keys);
        last.compact();
    }

    private void ensure(int keys, int count) {
        if (nulls.length < keys) {
            int from = nulls.length;
            nulls = Arrays.copyOf(nulls, Lane.grown(from, keys));
            lastRow = Arrays.copyOf(lastRow, nulls.length);
            Arrays.fill(nulls, from, nulls.length, NOTHING);
            Arrays.fill(lastRow, from, nulls.length, NOTHING);
            last.resize(nulls.length);
        }
        if (rows.length < count) {
            rows = new int[Lane.grown(rows.length, count)];
            sources = new int[rows.length];
            targets = new int[rows.length];
            held = new int[rows.length];
        }
    }

    /** Forgets a key; the id may then be another key's. */
    public void free(int id) {
        if (live.isLive(id)) {
            live.remove(id);
            nulls[id] = NOTHING;
        }
    }

    /** The number of keys held. */
    public int size() {
        return live.size();
    }

    /**
     * The keys held, in the order in which they came.
     *
     * @param reuse an array to write them to; a longer one is made where it does not hold {@link #size()} ids
     */
    public int[] liveIds(int[] reuse) {
        return live.list(reuse);
    }

    /** The bytes of memory that the state takes. */
    public long bytes() {
        return live.bytes() + last.memory() + 8L * nulls.length + 4L * lastRow.length + 16L * rows.length;
    }

    /** Writes the state, keys in the order in which they came: the same bytes however rows were cut. */
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.VERSION);
        int[] ids = live.list(new int[0]);
        out.i32(live.size());
        Lane values = last.fresh();
        last.gather(ids, live.size(), values);
        for (int i = 0; i < live.size(); i++) {
            out.i64(nulls[ids[i]]);
            if (nulls[ids[i]] < 0) {
                values.setNull(i);
            }
        }
        LaneBytes.write(values, out);
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        in.version();
        int keys = in.size();
        live.restore(keys);
        ensure(keys, keys);
        for (int id = 0; id < keys; id++) {
            nulls[id] = in.i64();
            rows[id] = id;
        }
        Lane values = last.fresh();
        LaneBytes.read(values, keys, in);
        last.put(rows, values, rows, keys);
    }
}
