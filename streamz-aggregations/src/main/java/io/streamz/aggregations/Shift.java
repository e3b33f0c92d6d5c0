package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * For each row that comes in, the columns as they were {@code n} rows before, of all rows or of its key: null where there is no such
 * row. Diff and pctChange are {@link Change} of a column and its shifted self. A key holds its last {@code n} rows until it is
 * {@linkplain #free freed}. Not thread-safe.
 */
public final class Shift {
    private static final int CHUNK = 1024;

    private final int n;
    private final KeptInAnyOrder kept;
    private final LiveIds live = new LiveIds();
    private final int[] slots = new int[CHUNK];
    private final int[] rowsOfSlots = new int[CHUNK];
    private long number;

    /**
     * Empty state.
     *
     * @param n how many rows before, at least 1
     * @param columns the types of the columns
     */
    public Shift(int n, DataType... columns) {
        if (n < 1) {
            throw new IllegalArgumentException(
                    "a shift by " + n + " rows; it is at least 1, for later rows are not there yet");
        }
        this.n = n;
        kept = new KeptInAnyOrder(columns);
        kept.link();
    }

    /**
     * Takes the rows of a batch.
     *
     * @param ids the key of each row, none negative; null where all rows are one
     * @param columns the columns
     * @param out a lane of each column's type, whose whole contents become the shifted column
     */
    public void add(int[] ids, int rows, Lane[] columns, Lane[] out) {
        kept.ensureKeys(live.see(ids, rows));
        for (Lane lane : out) {
            lane.reset(rows);
            if (lane instanceof TextLane text) {
                text.clearBytes();
            }
        }
        for (int from = 0; from < rows; from += CHUNK) {
            chunk(ids, from, Math.min(rows, from + CHUNK), columns, out);
        }
    }

    private void chunk(int[] ids, int from, int to, Lane[] columns, Lane[] out) {
        int found = 0;
        for (int row = from; row < to; row++) {
            int id = ids == null ? 0 : ids[row];
            if (kept.counts[id] == n) {
                rowsOfSlots[found] = row;
                slots[found++] = kept.oldest[id];
                kept.drop(kept.oldest[id]);
            } else {
                for (Lane lane : out) {
                    lane.setNull(row);
                }
            }
            kept.take(row, id, number, number);
            number++;
        }
        kept.copy(columns);
        for (int column = 0; column < out.length; column++) {
            out[column].put(rowsOfSlots, kept.lanes[column], slots, found);
        }
        kept.release();
    }

    /** Forgets a key; the id may then be another key's. */
    public void free(int id) {
        if (live.isLive(id)) {
            live.remove(id);
            while (kept.counts[id] > 0) {
                kept.drop(kept.oldest[id]);
            }
            kept.release();
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
        return live.bytes() + kept.bytes() + 8L * CHUNK;
    }

    /** Writes the state, keys in the order in which they came: the same bytes however rows were cut. */
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.VERSION);
        out.i64(number);
        out.i32(live.size());
        kept.write(live.numbers(), 0, kept.live(), out);
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        in.version();
        number = in.i64();
        int keys = in.size();
        live.restore(keys);
        kept.read(keys, in);
    }
}
