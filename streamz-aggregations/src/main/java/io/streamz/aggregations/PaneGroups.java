package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Aggregates over {@link Panes} of event time, by key. A pane is given once, as its last answer, when the watermark reaches its end
 * and the allowed lateness; before that, where asked for, whenever the watermark passes another multiple of {@code early}, for
 * keys with new rows. Panes are given by end, keys of a pane in the order of their first rows in it, sessions of equal end in the
 * order of their first rows.
 *
 * <p>The watermark goes row by row: a row is late when all panes it falls in have been given by the rows before it. A row joins its
 * pane one after the other, so that where batches are cut never shows.
 *
 * <p>A key without panes is gone: listed by {@link #gone}, its id may be freed when its answers have been read. Not thread-safe.
 */
public final class PaneGroups implements KeyedState {
    private final Tallies tallies;
    private final PaneStore store;
    private final long lateness;
    private final long early;
    private final Slots states = new Slots();

    /** Null where the order of rows within a pane does not matter, or is that of its one slice. */
    private final Runs runs;

    private final LiveIds live = new LiveIds();
    private final Answers answers;
    private int[] panes = {};
    private int[] rowStates = {};
    private int flushed;
    private int filled;
    private long watermark = Watermark.NONE;
    private long updated = Watermark.NONE;
    private long updatedRow = -1;
    private long number;
    private int[] gone = {};
    private int goneCount;

    /**
     * Empty state.
     *
     * @param lateness how long panes stay open behind the watermark, 0 or more, in the unit of the time column
     * @param early how often open panes are given, in event time; 0 for never
     * @param columns the types of the columns of each batch
     * @throws IllegalArgumentException where a measure does not take its columns
     */
    public PaneGroups(Panes panes, long lateness, long early, DataType[] columns, Measure... measures) {
        if (lateness < 0 || early < 0) {
            throw new IllegalArgumentException(
                    "a lateness of " + lateness + " and updates every " + early + "; both are 0 or more");
        }
        this.lateness = lateness;
        this.early = early;
        tallies = new Tallies(columns, measures);
        answers = new Answers(tallies);
        boolean inOrder = panes instanceof Panes.Aligned aligned && aligned.isWhole()
                || Arrays.stream(measures)
                        .noneMatch(measure -> measure.aggregation().dependsOnOrder());
        runs = inOrder ? null : new Runs(this);
        store = panes instanceof Panes.Session session
                ? new SessionStore(this, session)
                : new AlignedStore(this, (Panes.Aligned) panes);
    }

    /**
     * Takes the rows of a batch.
     *
     * @param keys the key of each row, negative for a row to leave out; null puts all rows under key 0
     * @param times the event times, none null
     * @param watermarks the watermark before each row and after the last, {@code rows + 1} values, as of {@link Watermark#follow}
     * @param columns the columns, of the types given when this was made
     * @param late told each row that no pane took
     * @param overflow told each answer that does not fit its type; that cell is null
     */
    public void add(
            int[] keys,
            int rows,
            LongLane times,
            long[] watermarks,
            Lane[] columns,
            IntConsumer late,
            Overflow overflow) {
        begin(overflow);
        tallies.bind(columns);
        if (rowStates.length < rows) {
            rowStates = new int[Lane.grown(rowStates.length, rows)];
        }
        flushed = 0;
        for (int row = 0; row < rows; row++) {
            filled = row;
            if (watermarks[row] > watermark) {
                pass(watermarks[row]);
            }
            rowStates[row] = state(keys == null ? 0 : keys[row], row, times, late);
        }
        filled = rows;
        pass(watermarks[rows]);
        flush();
        filled = 0;
        flushed = 0;
        collectGone();
    }

    private int state(int key, int row, LongLane times, IntConsumer late) {
        if (key < 0) {
            return -1;
        }
        if (times.isNull(row)) {
            throw new IllegalArgumentException("row " + row + " has no event time");
        }
        live.ensure(key + 1);
        int state = store.state(key, times.values()[row], number, closed());
        if (state < 0) {
            late.accept(row);
            return state;
        }
        if (runs != null) {
            runs.ensureKeys(key + 1);
            state = runs.take(key, state, number);
        }
        number++;
        return state;
    }

    /** Moves the watermark on without rows; {@link Watermark#END} gives all that is there. */
    public void advance(long to, Overflow overflow) {
        begin(overflow);
        pass(to);
        collectGone();
    }

    private void begin(Overflow told) {
        answers.begin(told);
        live.begin();
        goneCount = 0;
    }

    private void pass(long to) {
        if (to <= watermark) {
            return;
        }
        watermark = to;
        store.close(closed());
        if (early > 0 && to != Watermark.END) {
            long tick = Math.floorDiv(to, early);
            if (tick > updated) {
                if (updated != Watermark.NONE) {
                    store.update(updatedRow);
                }
                updated = tick;
                updatedRow = number - 1;
            }
        }
    }

    /** Panes that end here or before have been given. */
    private long closed() {
        return watermark == Watermark.END || watermark == Watermark.NONE
                ? watermark
                : Watermark.before(watermark, lateness);
    }

    /** A state for a key's part of a pane. */
    int take(int key) {
        if (panes.length <= key) {
            panes = Arrays.copyOf(panes, Lane.grown(panes.length, key + 1));
        }
        if (panes[key]++ == 0) {
            live.add(key);
        }
        return scratch();
    }

    int scratch() {
        int state = states.take();
        tallies.ensure(state + 1);
        if (runs != null) {
            runs.open(state);
        }
        return state;
    }

    void drop(int key, int state) {
        if (runs == null) {
            free(state);
        } else {
            for (int run = state; run >= 0; ) {
                int following = runs.next(run);
                free(run);
                run = following;
            }
        }
        if (--panes[key] == 0) {
            live.remove(key);
            live.touch(key);
        }
    }

    void free(int state) {
        clear(state);
        states.free(state);
    }

    void clear(int state) {
        tallies.free(state);
    }

    void merge(int state, int later) {
        tallies.merge(state, later);
    }

    /** Makes two panes of a key one, where the rows of the first came first, and tells its state. */
    int join(int key, int state, int later) {
        panes[key]--;
        if (runs != null) {
            return runs.join(state, later);
        }
        flush();
        merge(state, later);
        free(later);
        return state;
    }

    /** The states of panes by order of arrival; null where it does not matter. */
    Runs runs() {
        return runs;
    }

    /** Adds the rows that have been given a state and not been added to it yet. */
    void flush() {
        if (flushed < filled) {
            tallies.add(rowStates, flushed, filled);
            flushed = filled;
        }
    }

    void give(long start, long end, int key, int state, boolean isLast) {
        flush();
        if (runs == null || runs.next(state) < 0) {
            answers.give(start, end, key, state, isLast);
            return;
        }
        int whole = scratch();
        for (int run = state; run >= 0; run = runs.next(run)) {
            merge(whole, run);
        }
        answers.give(start, end, key, whole, isLast);
        free(whole);
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

    /** What the last call gave. */
    public Answers answers() {
        return answers;
    }

    /** The keys that lost their last pane in the last call and have none; {@link #goneCount} count. */
    public int[] gone() {
        return gone;
    }

    public int goneCount() {
        return goneCount;
    }

    /** Whether a key has an open pane. */
    public boolean holds(int key) {
        return live.isLive(key);
    }

    /** The number of keys with open panes. */
    @Override
    public int size() {
        return live.size();
    }

    /**
     * The keys with open panes, in the order in which they came to life.
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
        return store.bytes()
                + tallies.bytes()
                + states.bytes()
                + live.bytes()
                + answers.bytes()
                + (runs == null ? 0 : runs.bytes())
                + 4L * (panes.length + rowStates.length + gone.length);
    }

    void write(int state, StateOut out) throws IOException {
        if (runs == null) {
            writeState(state, out);
        } else {
            runs.write(state, out);
        }
    }

    void writeState(int state, StateOut out) throws IOException {
        tallies.write(state, out);
    }

    void read(int state, StateIn in) throws IOException {
        if (runs == null) {
            readState(state, in);
        } else {
            runs.read(state, in);
        }
    }

    void readState(int state, StateIn in) throws IOException {
        tallies.read(state, in);
    }

    /** Writes the state, keys in the order of {@link #liveIds}: the same bytes however rows were cut. */
    @Override
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.SHARED);
        tallies.writeSharing(out);
        out.i64(watermark);
        out.i64(updated);
        out.i64(updatedRow);
        out.i64(number);
        out.i32(live.size());
        int[] keys = live.list(new int[0]);
        for (int i = 0; runs != null && i < live.size(); i++) {
            runs.writeKey(keys[i], out);
        }
        store.write(live.numbers(), keys, live.size(), out);
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    @Override
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        tallies.readSharing(in, in.version(StateOut.SHARED));
        watermark = in.i64();
        updated = in.i64();
        updatedRow = in.i64();
        number = in.i64();
        int keys = in.size();
        live.restore(keys);
        panes = new int[keys];
        Arrays.fill(panes, 1); // held until all panes are there, so that keys keep their order
        for (int key = 0; runs != null && key < keys; key++) {
            runs.readKey(key, in);
        }
        store.read(in, keys);
        for (int key = 0; key < keys; key++) {
            if (--panes[key] == 0) {
                throw new IOException("state holds a key without panes");
            }
        }
    }
}
