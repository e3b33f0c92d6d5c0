package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Aggregates over a moving {@link Window}, one current answer for each group: the last n rows, the last stretch of event time,
 * or all rows. Rows are taken one after the other, so that where batches are cut never shows in answers, in the order of groups
 * or in state bytes.
 *
 * <p>Groups are ids given by the caller, as by a {@link GroupIndex}. A group whose last row left is gone: its id is listed by
 * {@link #gone} after that batch, this object holds nothing of it, and the caller may free it. A group lives from its first row
 * to the moment at which none of its rows is inside, and groups are listed in the order in which they came to life.
 *
 * <p>What cannot forget slides over {@code merge}; any {@link Aggregation} works in any window. Not thread-safe.
 */
public final class MovingGroups implements KeyedState {
    private static final int CHUNK = 1024;

    private final Window window;
    private final Kept kept;

    /** By time rows come and leave in any order; by number they leave as they came. One of both is there. */
    private final KeptInAnyOrder byTime;

    private final Departures departures;
    private final KeptInOrder byRows;
    private final long most;
    private final Moves moves = new Moves();
    private final DataType[] types;

    /** Of a window that moves: how measures follow it, each state once; of all rows the states alone. */
    private final Sharing sharing;

    private Slide[] slides = {};
    private final Tallies tallies;
    private final LiveIds live = new LiveIds();
    private int[] gone = {};
    private int goneCount;
    private int[] slots = {};
    private long[] places = {};
    private long number;
    private boolean started;
    private long newest;

    /**
     * Empty state.
     *
     * @param columns the types of the columns of each batch
     * @throws IllegalArgumentException where a measure does not take its columns
     */
    public MovingGroups(Window window, DataType[] columns, Measure... measures) {
        this.window = window;
        byTime = window.byTime() ? new KeptInAnyOrder(columns) : null;
        byRows = window.byTime() ? null : new KeptInOrder(columns, false);
        kept = window.byTime() ? byTime : byRows;
        departures = new Departures(kept);
        most = window instanceof Window.LastRows last ? last.n() : Long.MAX_VALUE;
        types = columns.clone();
        sharing = window.moves() ? new Sharing(types, measures) : null;
        tallies = window.moves() ? null : new Tallies(types, measures);
        build();
    }

    private void build() {
        slides = new Slide[window.moves() ? sharing.states() : 0];
        for (int place = 0; place < slides.length; place++) {
            int measure = sharing.holder(place);
            slides[place] = Slide.of(sharing.measure(measure), types, sharing.form(measure), kept, !window.byTime());
        }
    }

    /**
     * Takes the rows of a batch.
     *
     * @param ids the group of each row, negative for a row of no group, which moves the window all the same; null puts all rows
     *     into group 0
     * @param times the event times, none null, where the window goes by time; else unused
     * @param columns the columns, of the types given when this was made
     * @param late told each row that is outside the window when it arrives; such a row changes nothing
     */
    public void add(int[] ids, int rows, LongLane times, Lane[] columns, IntConsumer late) {
        live.begin();
        goneCount = 0;
        if (!window.moves()) {
            expand(ids, rows, columns);
            return;
        }
        if (window.byTime()) {
            byTime(ids, rows, times, columns, late);
        } else {
            ensure(ids, 0, rows);
            byRows(ids, rows, columns);
        }
        collectGone();
    }

    /** Each row takes the next position, and pushes out the one that is so many positions older: side by side, up to a page's end. */
    private void byRows(int[] ids, int rows, Lane[] columns) {
        for (int from = 0; from < rows; ) {
            int to = from + byRows.sideBySide(rows - from, most);
            int entered = byRows.take(ids, from, to, columns);
            int left = byRows.length() > most ? byRows.drop(to - from) : -1;
            byRows.count(entered, left, to - from, live);
            for (Slide slide : slides) {
                slide.ensure(kept.counts.length);
                slide.move(left, entered, to - from);
            }
            byRows.release();
            from = to;
        }
        number += rows;
    }

    private void byTime(int[] ids, int rows, LongLane times, Lane[] columns, IntConsumer late) {
        for (int from = 0; from < rows; from += CHUNK) {
            int to = Math.min(rows, from + CHUNK);
            ensure(ids, from, to);
            moves.clear(false);
            for (int row = from; row < to; row++) {
                step(ids == null ? 0 : ids[row], row, time(times, row), late);
            }
            byTime.copy(columns);
            for (Slide slide : slides) {
                slide.ensure(kept.counts.length);
                slide.play(moves, null, 0, 0, null);
            }
            byTime.release();
        }
    }

    private void step(int id, int row, long time, IntConsumer late) {
        long latest = started ? Math.max(newest, time) : time;
        if (!window.holds(time, latest)) {
            late.accept(row);
            return;
        }
        newest = latest;
        started = true;
        int slot = -1;
        if (id >= 0) {
            slot = byTime.take(row, id, time, number);
            departures.add(slot);
            entered(id);
        }
        number++;
        int old = departures.peek();
        while (old >= 0 && !window.holds(kept.places[old], newest)) {
            departures.remove();
            byTime.drop(old);
            left(old);
            old = departures.peek();
        }
        if (slot >= 0) {
            moves.enter(slot);
        }
    }

    private void entered(int id) {
        if (!live.isLive(id)) {
            live.add(id);
        }
        live.touch(id);
    }

    private void left(int slot) {
        int id = kept.ids[slot];
        moves.leave(slot);
        live.touch(id);
        if (kept.counts[id] == 0) {
            live.remove(id);
        }
    }

    private static long time(LongLane times, int row) {
        if (times.isNull(row)) {
            throw new IllegalArgumentException("row " + row + " has no event time");
        }
        return times.values()[row];
    }

    private void ensure(int[] ids, int from, int to) {
        int keys = 1;
        for (int row = from; ids != null && row < to; row++) {
            keys = Math.max(keys, ids[row] + 1);
        }
        kept.ensureKeys(keys);
        live.ensure(keys);
    }

    private void expand(int[] ids, int rows, Lane[] columns) {
        ensure(ids, 0, rows);
        for (int row = 0; row < rows; row++) {
            int id = ids == null ? 0 : ids[row];
            if (id >= 0) {
                if (!live.isLive(id)) {
                    live.add(id);
                }
                live.touch(id);
            }
        }
        tallies.add(ids, rows, columns, ids == null ? 1 : Ids.largest(ids, rows) + 1);
    }

    private void collectGone() {
        for (int i = 0; i < live.touchedCount(); i++) {
            int id = live.touched()[i];
            if (!live.isLive(id)) {
                if (goneCount == gone.length) {
                    gone = Arrays.copyOf(gone, Lane.grown(goneCount, goneCount + 1));
                }
                gone[goneCount++] = id;
                for (Slide slide : slides) {
                    slide.free(id);
                }
            }
        }
    }

    /**
     * Writes the current answers of a measure for the listed groups as the whole of {@code out}, a lane of its result type.
     *
     * @param ids the groups; null lists 0 to {@code count - 1}
     * @param overflow told the index, in the list, of each answer that does not fit its type; that cell is null
     */
    public void result(int measure, int[] ids, int count, Lane out, IntConsumer overflow) {
        if (!window.moves()) {
            tallies.result(measure, ids, count, out, overflow);
            return;
        }
        out.reset(count);
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        Slide slide = slides[sharing.place(measure)];
        for (int i = 0; i < count; i++) {
            int id = ids == null ? i : ids[i];
            slide.ensure(id + 1);
            if (!slide.result(sharing, measure, id, out, i)) {
                overflow.accept(i);
            }
        }
    }

    /** The number of groups with rows inside. */
    @Override
    public int size() {
        return live.size();
    }

    /**
     * The groups with rows inside, in the order in which they came to life.
     *
     * @param reuse an array to write them to; a longer one is made where it does not hold {@link #size()} ids
     */
    @Override
    public int[] liveIds(int[] reuse) {
        return live.list(reuse);
    }

    /** The groups that rows of the last batch entered or left, those that are gone among them; {@link #touchedCount} count. */
    public int[] touched() {
        return live.touched();
    }

    public int touchedCount() {
        return live.touchedCount();
    }

    /** The groups that had rows before or during the last batch and have none after it; {@link #goneCount} count. */
    public int[] gone() {
        return gone;
    }

    public int goneCount() {
        return goneCount;
    }

    /** The number of rows inside; 0 where rows never leave, for then none is kept. */
    public int rows() {
        return kept.live();
    }

    /** Writes the rows inside, in order of arrival, as the whole of lanes of the columns' types. */
    public void content(Lane[] out) {
        order();
        for (int column = 0; column < out.length; column++) {
            kept.lanes[column].gather(slots, kept.live(), out[column]);
        }
    }

    private void order() {
        if (slots.length < kept.live()) {
            slots = new int[Lane.grown(slots.length, kept.live())];
            places = new long[slots.length];
        }
        kept.order(slots, places);
    }

    /** Writes the groups of the rows that {@link #content} writes. */
    public void contentIds(int[] out) {
        order();
        for (int row = 0; row < kept.live(); row++) {
            out[row] = kept.ids[slots[row]];
        }
    }

    /** The bytes of memory that rows and state take. */
    @Override
    public long bytes() {
        long bytes = kept.bytes()
                + departures.bytes()
                + moves.bytes()
                + live.bytes()
                + 4L * gone.length
                + 12L * slots.length;
        for (Slide slide : slides) {
            bytes += slide.bytes();
        }
        return bytes + (window.moves() ? sharing.bytes() : tallies.bytes());
    }

    /** Writes the state, groups in the order of {@link #liveIds}: the same bytes however rows were cut. */
    @Override
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.SHARED);
        if (window.moves()) {
            sharing.write(out);
        } else {
            tallies.writeSharing(out);
        }
        out.i64(number);
        boolean counted = !window.byTime() && window.moves() && number > 0;
        out.u8(started || counted ? 1 : 0);
        out.i64(counted ? number - 1 : newest);
        int[] ids = live.list(new int[0]);
        out.i32(live.size());
        kept.write(live.numbers(), 0, kept.live(), out);
        for (Slide slide : slides) {
            slide.write(ids, live.size(), out);
        }
        for (int state = 0; !window.moves() && state < tallies.states(); state++) {
            tallies.write(state, ids, live.size(), out);
        }
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; groups get the ids 0 to {@code n - 1} in their order. */
    @Override
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        readSharing(in);
        number = in.i64();
        started = in.u8() != 0;
        newest = in.i64();
        int groups = in.size();
        live.restore(groups);
        kept.read(groups, in);
        if (window.byTime()) {
            for (int slot = byTime.head(); slot >= 0; slot = byTime.next(slot)) {
                departures.add(slot);
            }
        } else if (window.moves()) {
            byRows.skipTo(number);
        }
        for (Slide slide : slides) {
            slide.ensure(kept.counts.length);
            slide.read(groups, in);
        }
        for (int state = 0; !window.moves() && state < tallies.states(); state++) {
            tallies.read(state, groups, in);
        }
    }

    private void readSharing(StateIn in) throws IOException {
        int version = in.version(StateOut.SHARED);
        if (window.moves()) {
            sharing.read(in, version);
            build();
        } else {
            tallies.readSharing(in, version);
        }
    }
}
