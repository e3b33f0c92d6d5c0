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
    private final Departures departures;
    private final Moves moves = new Moves();
    private final Slide[] slides;
    private final Tally[] tallies;
    private final LiveIds live = new LiveIds();
    private int[] gone = {};
    private int goneCount;
    private int[] slots = {};
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
        kept = new Kept(columns, window.byTime());
        departures = new Departures(kept);
        slides = new Slide[window.moves() ? measures.length : 0];
        tallies = new Tally[window.moves() ? 0 : measures.length];
        for (int i = 0; i < slides.length; i++) {
            slides[i] = Slide.of(measures[i], columns, kept, !window.byTime());
        }
        for (int i = 0; i < tallies.length; i++) {
            tallies[i] = new Tally(measures[i], columns);
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
        for (int from = 0; from < rows; from += CHUNK) {
            int to = Math.min(rows, from + CHUNK);
            ensure(ids, from, to);
            moves.clear();
            for (int row = from; row < to; row++) {
                step(ids == null ? 0 : ids[row], row, times, late);
            }
            kept.copy(columns);
            for (Slide slide : slides) {
                slide.ensure(kept.oldest.length);
                slide.play(moves, null, 0, 0, null);
            }
            kept.release();
        }
        collectGone();
    }

    private void step(int id, int row, LongLane times, IntConsumer late) {
        long place = window.byTime() ? time(times, row) : number;
        long latest = started ? Math.max(newest, place) : place;
        if (!window.holds(place, latest)) {
            late.accept(row);
            return;
        }
        newest = latest;
        started = true;
        int slot = id < 0 ? -1 : enter(row, id, place);
        number++;
        int old = oldest();
        while (old >= 0 && !window.holds(kept.places[old], newest)) {
            leave(old);
            old = oldest();
        }
        if (slot >= 0) {
            moves.enter(slot);
        }
    }

    private int enter(int row, int id, long place) {
        int slot = kept.take(row, id, place, number);
        if (window.byTime()) {
            departures.add(slot);
        }
        if (!live.isLive(id)) {
            live.add(id);
        }
        live.touch(id);
        return slot;
    }

    private void leave(int slot) {
        int id = kept.ids[slot];
        if (window.byTime()) {
            departures.remove();
        }
        kept.drop(slot);
        moves.leave(slot);
        live.touch(id);
        if (kept.counts[id] == 0) {
            live.remove(id);
        }
    }

    private int oldest() {
        return window.byTime() ? departures.peek() : kept.head();
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
        for (Tally tally : tallies) {
            tally.add(ids, rows, columns);
        }
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
        out.reset(count);
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        for (int i = 0; i < count; i++) {
            int id = ids == null ? i : ids[i];
            ensureAnswer(measure, id);
            boolean fits = window.moves() ? slides[measure].result(id, out, i) : tallies[measure].result(id, out, i);
            if (!fits) {
                overflow.accept(i);
            }
        }
    }

    private void ensureAnswer(int measure, int id) {
        if (window.moves()) {
            slides[measure].ensure(id + 1);
        } else {
            tallies[measure].states.ensure(id + 1);
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
        slots = kept.slots(slots);
        for (int column = 0; column < out.length; column++) {
            kept.lanes[column].gather(slots, kept.live(), out[column]);
        }
    }

    /** Writes the groups of the rows that {@link #content} writes. */
    public void contentIds(int[] out) {
        slots = kept.slots(slots);
        for (int row = 0; row < kept.live(); row++) {
            out[row] = kept.ids[slots[row]];
        }
    }

    /** The bytes of memory that rows and state take. */
    @Override
    public long bytes() {
        long bytes =
                kept.bytes() + departures.bytes() + moves.bytes() + live.bytes() + 4L * (gone.length + slots.length);
        for (Slide slide : slides) {
            bytes += slide.bytes();
        }
        for (Tally tally : tallies) {
            bytes += tally.bytes();
        }
        return bytes;
    }

    /** Writes the state, groups in the order of {@link #liveIds}: the same bytes however rows were cut. */
    @Override
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.VERSION);
        out.i64(number);
        out.u8(started ? 1 : 0);
        out.i64(newest);
        int[] ids = live.list(new int[0]);
        out.i32(live.size());
        kept.write(live.numbers(), 0, kept.live(), out);
        for (Slide slide : slides) {
            slide.write(ids, live.size(), out);
        }
        for (Tally tally : tallies) {
            for (int i = 0; i < live.size(); i++) {
                tally.states.write(ids[i], out);
            }
        }
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; groups get the ids 0 to {@code n - 1} in their order. */
    @Override
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        in.version();
        number = in.i64();
        started = in.u8() != 0;
        newest = in.i64();
        int groups = in.size();
        live.restore(groups);
        kept.read(groups, in);
        if (window.byTime()) {
            for (int slot = kept.head(); slot >= 0; slot = kept.next(slot)) {
                departures.add(slot);
            }
        }
        for (Slide slide : slides) {
            slide.ensure(kept.oldest.length);
            slide.read(groups, in);
        }
        for (Tally tally : tallies) {
            tally.states.ensure(groups);
            for (int id = 0; id < groups; id++) {
                tally.states.read(id, in);
            }
        }
    }
}
