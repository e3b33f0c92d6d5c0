package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Aggregates over all rows of each key, for no more than so many keys and so long without a row: the key that has waited longest
 * leaves, and its last answer is given. A key that comes again starts anew. Time is that of the rows, the newest seen; the start and
 * end of an answer are the times at which its key was first and last seen.
 *
 * <p>Rows are taken one after the other, so that where batches are cut never shows. Not thread-safe.
 */
public final class ExpiringGroups implements KeyedState {
    private final long most;
    private final long patience;
    private final Tallies tallies;
    private final Answers answers;

    /** The keys in the order in which they came, with those that a call touches. */
    private final LiveIds live = new LiveIds();

    /** The keys, those that have waited longest first. */
    private final LiveIds waiting = new LiveIds();

    private long[] firsts = {};
    private long[] lasts = {};
    private long now = Long.MIN_VALUE;
    private int[] gone = {};
    private int goneCount;

    /**
     * Empty state.
     *
     * @param most the largest number of keys, at least 1; {@code Long.MAX_VALUE} for any
     * @param patience how long after its last row a key leaves, at least 1, in the unit of the time column;
     *     {@code Long.MAX_VALUE} for never
     * @param columns the types of the columns of each batch
     * @throws IllegalArgumentException where a measure does not take its columns
     */
    public ExpiringGroups(long most, long patience, DataType[] columns, Measure... measures) {
        if (most < 1 || patience < 1) {
            throw new IllegalArgumentException(
                    "at most " + most + " keys for " + patience + " time units; both take at least 1");
        }
        this.most = most;
        this.patience = patience;
        tallies = new Tallies(columns, measures);
        answers = new Answers(tallies);
    }

    /**
     * Takes the rows of a batch.
     *
     * @param ids the key of each row, negative for a row to leave out
     * @param times the times of the rows, none null; null where only the number of keys counts
     * @param columns the columns, of the types given when this was made
     * @param overflow told each answer that does not fit its type; that cell is null
     */
    public void add(int[] ids, int rows, LongLane times, Lane[] columns, Overflow overflow) {
        begin(overflow);
        tallies.bind(columns);
        int added = 0;
        for (int row = 0; row < rows; row++) {
            if (times != null) {
                now = Math.max(now, time(times, row));
            }
            int id = ids[row];
            if (expires() || id >= 0 && !live.isLive(id) && live.size() >= most) {
                tallies.add(ids, added, row);
                added = row;
                expire();
                if (id >= 0 && !live.isLive(id) && live.size() >= most) {
                    leave(waiting.first());
                }
            }
            if (id >= 0) {
                see(id);
            }
        }
        tallies.add(ids, added, rows);
        collectGone();
    }

    private static long time(LongLane times, int row) {
        if (times.isNull(row)) {
            throw new IllegalArgumentException("row " + row + " has no time");
        }
        return times.values()[row];
    }

    /** Lets time pass without rows. */
    public void advance(long to, Overflow overflow) {
        begin(overflow);
        now = Math.max(now, to);
        expire();
        collectGone();
    }

    private void begin(Overflow overflow) {
        answers.begin(overflow);
        live.begin();
        goneCount = 0;
    }

    private boolean expires() {
        return live.size() > 0
                && lasts[waiting.first()] <= Watermark.before(now, patience)
                && patience != Long.MAX_VALUE;
    }

    private void expire() {
        while (expires()) {
            leave(waiting.first());
        }
    }

    private void leave(int id) {
        answers.give(firsts[id], lasts[id], id, id, true);
        tallies.free(id);
        live.remove(id);
        waiting.remove(id);
        live.touch(id);
    }

    private void see(int id) {
        if (id >= firsts.length) {
            firsts = Arrays.copyOf(firsts, Lane.grown(firsts.length, id + 1));
            lasts = Arrays.copyOf(lasts, firsts.length);
            tallies.ensure(firsts.length);
        }
        live.ensure(id + 1);
        waiting.ensure(id + 1);
        if (live.isLive(id)) {
            waiting.remove(id);
        } else {
            live.add(id);
            firsts[id] = now;
        }
        waiting.add(id);
        live.touch(id);
        lasts[id] = now;
    }

    private void collectGone() {
        for (int i = 0; i < live.touchedCount(); i++) {
            if (!live.isLive(live.touched()[i])) {
                if (goneCount == gone.length) {
                    gone = Arrays.copyOf(gone, Lane.grown(goneCount, goneCount + 1));
                }
                gone[goneCount++] = live.touched()[i];
            }
        }
    }

    /** The keys that rows of the last call belong to, and those that left in it; {@link #touchedCount} count. */
    public int[] touched() {
        return live.touched();
    }

    public int touchedCount() {
        return live.touchedCount();
    }

    /** The last answers of the keys that left in the last call, in the order in which they left. */
    public Answers evicted() {
        return answers;
    }

    /** The keys that left in the last call and did not come again; {@link #goneCount} count. Their ids may be freed. */
    public int[] gone() {
        return gone;
    }

    public int goneCount() {
        return goneCount;
    }

    /**
     * Writes the current answers of a measure for the listed keys, which are held, as the whole of {@code out}, a lane of its
     * result type.
     *
     * @param overflow told the index, in the list, of each answer that does not fit its type; that cell is null
     */
    public void result(int measure, int[] ids, int count, Lane out, IntConsumer overflow) {
        tallies.result(measure, ids, count, out, overflow);
    }

    /** The number of keys held. */
    @Override
    public int size() {
        return live.size();
    }

    /**
     * The keys held, in the order in which they came.
     *
     * @param reuse an array to write them to; a longer one is made where it does not hold {@link #size()} ids
     */
    @Override
    public int[] liveIds(int[] reuse) {
        return live.list(reuse);
    }

    /** The bytes of memory that the state takes. */
    @Override
    public long bytes() {
        return tallies.bytes()
                + live.bytes()
                + waiting.bytes()
                + answers.bytes()
                + 16L * firsts.length
                + 4L * gone.length;
    }

    /** Writes the state, keys in the order of {@link #liveIds}: the same bytes however rows were cut. */
    @Override
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.SHARED);
        tallies.writeSharing(out);
        out.i64(now);
        int[] ids = live.list(new int[0]);
        int[] places = waiting.numbers();
        out.i32(live.size());
        for (int i = 0; i < live.size(); i++) {
            out.i32(places[ids[i]]);
            out.i64(firsts[ids[i]]);
            out.i64(lasts[ids[i]]);
            tallies.write(ids[i], out);
        }
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    @Override
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        tallies.readSharing(in, in.version(StateOut.SHARED));
        now = in.i64();
        int keys = in.size();
        int[] places = {};
        for (int id = 0; id < keys; id++) {
            if (id == places.length) {
                places = Arrays.copyOf(places, Lane.grown(id, id + 1));
            }
            places[id] = in.i32();
            see(id);
            firsts[id] = in.i64();
            lasts[id] = in.i64();
            tallies.read(id, in);
        }
        wait(places, keys);
    }

    /** Puts the keys in the order in which they wait. */
    private void wait(int[] places, int keys) throws IOException {
        int[] order = new int[keys];
        Arrays.fill(order, -1);
        for (int id = 0; id < keys; id++) {
            if (places[id] < 0 || places[id] >= keys || order[places[id]] >= 0) {
                throw new IOException("state holds the place " + places[id] + " twice, or not among " + keys + " keys");
            }
            order[places[id]] = id;
            waiting.remove(id);
        }
        for (int id : order) {
            waiting.add(id);
        }
    }
}
