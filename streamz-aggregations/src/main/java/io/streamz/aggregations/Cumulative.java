package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Cumulative answers: for each row that comes in, one row of answers over all rows up to and including it, of all rows or of
 * those of its key. In the {@link #cumulative} form, cumSum and its like, a row that holds a null gives null, but for counts; in the
 * {@link #running} form it gives what is so far. A key's state stays until it is {@linkplain #free freed}. Not thread-safe.
 */
public final class Cumulative {
    private final Tally[] tallies;
    private final RowLoops[] loops;
    private final boolean[] nullForNull;
    private final LiveIds live = new LiveIds();

    private Cumulative(boolean cumulative, DataType[] columns, Measure... measures) {
        tallies = new Tally[measures.length];
        loops = new RowLoops[measures.length];
        nullForNull = new boolean[measures.length];
        for (int i = 0; i < measures.length; i++) {
            tallies[i] = new Tally(measures[i], columns);
            loops[i] = RowLoops.of(tallies[i].states);
            nullForNull[i] = cumulative && !(measures[i].aggregation() instanceof Count);
        }
    }

    /**
     * Empty state that answers null for a row with a null.
     *
     * @param columns the types of the columns of each batch
     * @throws IllegalArgumentException where a measure does not take its columns
     */
    public static Cumulative cumulative(DataType[] columns, Measure... measures) {
        return new Cumulative(true, columns, measures);
    }

    /** Empty state that answers for a row with a null what is so far; else as {@link #cumulative}. */
    public static Cumulative running(DataType[] columns, Measure... measures) {
        return new Cumulative(false, columns, measures);
    }

    /**
     * Takes the rows of a batch and answers each.
     *
     * @param ids the key of each row, none negative; null where all rows are one
     * @param columns the columns, of the types given when this was made
     * @param out a lane of each measure's result type, whose whole contents become the answers
     * @param overflow told each answer that does not fit its type; that cell is null
     */
    public void add(int[] ids, int rows, Lane[] columns, Lane[] out, Overflow overflow) {
        int room = live.see(ids, rows);
        for (int i = 0; i < tallies.length; i++) {
            Tally tally = tallies[i];
            tally.bind(columns);
            tally.states.ensure(room);
            out[i].reset(rows);
            if (out[i] instanceof TextLane text) {
                text.clearBytes();
            }
            int done = all(tally) && tally.measure.minCount() == 0
                    ? tally.states.accumulate(ids, rows, tally.inputs, out[i])
                    : 0;
            loops[i].accumulate(tally, ids, done, rows, nullForNull[i], out[i], i, overflow);
        }
    }

    private static boolean all(Tally tally) {
        boolean all = tally.where == null;
        for (Lane lane : tally.inputs) {
            all &= lane.nullCount() == 0;
        }
        return all;
    }

    /** Forgets a key; the id may then be another key's. */
    public void free(int id) {
        if (live.isLive(id)) {
            live.remove(id);
            for (Tally tally : tallies) {
                tally.states.free(id);
            }
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
        long bytes = live.bytes();
        for (Tally tally : tallies) {
            bytes += tally.bytes();
        }
        return bytes;
    }

    /** Writes the state, keys in the order in which they came: the same bytes however rows were cut. */
    public void write(OutputStream target) throws IOException {
        var out = new StateOut(target);
        out.u8(StateOut.VERSION);
        int[] ids = live.list(new int[0]);
        out.i32(live.size());
        for (Tally tally : tallies) {
            for (int i = 0; i < live.size(); i++) {
                tally.states.write(ids[i], out);
            }
        }
        out.flush();
    }

    /** Reads state that was written, into an object that is still empty; keys get the ids 0 to {@code n - 1} in their order. */
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        in.version();
        int keys = in.size();
        live.restore(keys);
        for (Tally tally : tallies) {
            tally.states.ensure(keys);
            for (int id = 0; id < keys; id++) {
                tally.states.read(id, in);
            }
        }
    }
}
