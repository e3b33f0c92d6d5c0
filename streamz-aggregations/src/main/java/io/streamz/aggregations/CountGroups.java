package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Aggregates over panes of rows: for each key, {@code size} rows every {@code slide} rows, by arrival. An answer is given with the row
 * that completes it; its start and end are numbers of rows of the key, from 0. {@link #end} gives what is incomplete.
 *
 * <p>A row goes into one slice, and a pane merges its slices. A key is held until it is {@linkplain #free freed}. Not thread-safe.
 */
public final class CountGroups implements KeyedState {
    private static final int NONE = -1;

    private final long size;
    private final long slide;
    private final int step;
    private final int parts;
    private final Tallies tallies;
    private final Answers answers;
    private final Slots slots = new Slots();
    private final LiveIds live = new LiveIds();
    private final int scratch;
    private long[] counts = {};
    private int[] slices = {};

    /**
     * Empty state.
     *
     * @param size the rows of a pane, at least 1
     * @param slide the rows from one start to the next, at least 1 and at most the size
     * @param columns the types of the columns of each batch
     * @throws IllegalArgumentException where a measure does not take its columns
     */
    public CountGroups(int size, int slide, DataType[] columns, Measure... measures) {
        new Panes.Hopping(size, slide, 0); // the same rules
        this.size = size;
        this.slide = slide;
        step = (int) new Panes.Hopping(size, slide, 0).step();
        parts = size / step;
        tallies = new Tallies(columns, measures);
        answers = new Answers(tallies);
        scratch = take();
    }

    /**
     * Takes the rows of a batch.
     *
     * @param ids the key of each row, negative for a row to leave out; null puts all rows under key 0
     * @param columns the columns, of the types given when this was made
     * @param overflow told each answer that does not fit its type; that cell is null
     */
    public void add(int[] ids, int rows, Lane[] columns, Overflow overflow) {
        answers.begin(overflow);
        ensure(live.see(ids, rows));
        tallies.bind(columns);
        for (int row = 0; row < rows; row++) {
            int id = ids == null ? 0 : ids[row];
            if (id >= 0) {
                add(id, row);
            }
        }
    }

    private void add(int id, int row) {
        long count = counts[id]++;
        int at = id * parts + (int) (count / step % parts);
        if (slices[at] == NONE) {
            slices[at] = take();
        } else if (count % step == 0) {
            clear(slices[at]);
        }
        tallies.add(slices[at], row);
        if (count + 1 >= size && (count + 1 - size) % slide == 0) {
            give(id, count + 1 - size, count + 1, true);
        }
    }

    /** Gives the panes that have rows and are not complete; the state stays. */
    public void end(Overflow overflow) {
        answers.begin(overflow);
        int[] ids = live.list(new int[0]);
        for (int i = 0; i < live.size(); i++) {
            long count = counts[ids[i]];
            long start = count < size ? 0 : (count - size) / slide * slide + slide;
            for (; start < count; start += slide) {
                give(ids[i], start, count, false);
            }
        }
    }

    private void give(int id, long start, long end, boolean complete) {
        if (parts == 1) {
            answers.give(start, end, id, slices[id], complete);
            return;
        }
        clear(scratch);
        for (long part = start / step; part * step < end; part++) {
            tallies.merge(scratch, slices[id * parts + (int) (part % parts)]);
        }
        answers.give(start, end, id, scratch, complete);
    }

    private int take() {
        int state = slots.take();
        tallies.ensure(state + 1);
        return state;
    }

    private void clear(int state) {
        tallies.free(state);
    }

    private void ensure(int keys) {
        if (counts.length < keys) {
            int from = slices.length;
            counts = Arrays.copyOf(counts, Lane.grown(counts.length, keys));
            slices = Arrays.copyOf(slices, Math.multiplyExact(counts.length, parts));
            Arrays.fill(slices, from, slices.length, NONE);
        }
    }

    /** What the last call gave; an answer of {@link #end} is not the last of its pane. */
    public Answers answers() {
        return answers;
    }

    /** Forgets a key; the id may then be another key's. */
    public void free(int id) {
        if (live.isLive(id)) {
            live.remove(id);
            counts[id] = 0;
            for (int at = id * parts; at < (id + 1) * parts; at++) {
                if (slices[at] != NONE) {
                    clear(slices[at]);
                    slots.free(slices[at]);
                    slices[at] = NONE;
                }
            }
        }
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
                + slots.bytes()
                + live.bytes()
                + answers.bytes()
                + 8L * counts.length
                + 4L * slices.length;
    }

    /** Writes the state, keys in the order in which they came: the same bytes however rows were cut. */
    @Override
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.SHARED);
        tallies.writeSharing(out);
        int[] ids = live.list(new int[0]);
        out.i32(live.size());
        for (int i = 0; i < live.size(); i++) {
            long count = counts[ids[i]];
            out.i64(count);
            for (long part = Math.max(0, (count + step - 1) / step - parts); part * step < count; part++) {
                tallies.write(slices[ids[i] * parts + (int) (part % parts)], out);
            }
        }
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    @Override
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        tallies.readSharing(in, in.version(StateOut.SHARED));
        int keys = in.size();
        live.restore(keys);
        ensure(keys);
        for (int id = 0; id < keys; id++) {
            counts[id] = in.i64();
            for (long part = Math.max(0, (counts[id] + step - 1) / step - parts); part * step < counts[id]; part++) {
                int at = id * parts + (int) (part % parts);
                slices[at] = take();
                tallies.read(slices[at], in);
            }
        }
    }
}
