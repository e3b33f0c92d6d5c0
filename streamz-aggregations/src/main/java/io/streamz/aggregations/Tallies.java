package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/**
 * The states of several measures by group, each different state once: {@code sum} and {@code mean} of a column are one, and so are its
 * quantiles, or its least, its greatest value and their distance. Rows are added, forgotten, merged and written once for each state, and
 * the answers are the same bits as if every measure were alone.
 *
 * <p>Groups are ids given by the caller, as by a {@link GroupIndex}. Not thread-safe.
 */
public final class Tallies {
    private final DataType[] types;
    private final Sharing sharing;
    private Tally[] tallies = {};
    private final Masks masks = new Masks();

    /**
     * Empty state.
     *
     * @param columns the types of the columns of each batch
     * @throws IllegalArgumentException where a measure does not take its columns
     */
    public Tallies(DataType[] columns, Measure... measures) {
        types = columns.clone();
        sharing = new Sharing(types, measures.clone());
        build();
    }

    private void build() {
        tallies = new Tally[sharing.states()];
        for (int place = 0; place < tallies.length; place++) {
            int measure = sharing.holder(place);
            tallies[place] = new Tally(sharing.measure(measure), sharing.form(measure));
        }
    }

    /** The number of measures. */
    int size() {
        return sharing.size();
    }

    /** The number of states. */
    int states() {
        return tallies.length;
    }

    DataType resultType(int measure) {
        return sharing.measure(measure).resultType(types);
    }

    /**
     * Adds all rows of a batch.
     *
     * @param ids the group of each row, negative to leave the row out; null puts all rows into group 0
     * @param columns the columns, of the types given when this was made
     * @param groups all ids are below this
     */
    public void add(int[] ids, int rows, Lane[] columns, int groups) {
        masks.clear();
        for (Tally tally : tallies) {
            tally.bind(columns);
            tally.states.add(ids, rows, tally.inputs, masks.of(tally, rows), groups);
        }
    }

    /**
     * Begins with earlier answers, before the first row; see {@link GroupStates#addAnswers}. They say nothing of the state of another
     * measure, so that from here on each measure keeps its own.
     *
     * @param answers for each measure a lane of its answers
     */
    public void start(int[] ids, int rows, Lane[] answers) {
        sharing.apart();
        build();
        for (int i = 0; i < answers.length; i++) {
            tallies[i].states.addAnswers(ids, rows, answers[i]);
        }
    }

    /** Whether {@link #forget} takes rows out of all states. */
    public boolean forgetsAll() {
        for (Tally tally : tallies) {
            if (!tally.forgets()) {
                return false;
            }
        }
        return true;
    }

    /** Takes rows that were added out of the states that forget exactly; the others are to be made anew. */
    public void forget(int[] ids, int rows, Lane[] columns) {
        masks.clear();
        for (Tally tally : tallies) {
            if (tally.forgets()) {
                tally.bind(columns);
                tally.states.forget(ids, rows, tally.inputs, masks.of(tally, rows));
            }
        }
    }

    /**
     * {@link #add} to some states only.
     *
     * @param forgetting whether to those that {@link #forget} takes rows out of, or to the others
     */
    public void add(boolean forgetting, int[] ids, int rows, Lane[] columns, int groups) {
        masks.clear();
        for (Tally tally : tallies) {
            if (tally.forgets() == forgetting) {
                tally.bind(columns);
                tally.states.add(ids, rows, tally.inputs, masks.of(tally, rows), groups);
            }
        }
    }

    /** Makes a group of the states that {@link #forget} leaves alone as if no row had been added. */
    public void clearOthers(int id) {
        for (Tally tally : tallies) {
            if (!tally.forgets()) {
                tally.states.ensure(id + 1);
                tally.states.free(id);
            }
        }
    }

    /** Makes a group as if no row had been added. */
    public void free(int id) {
        for (Tally tally : tallies) {
            tally.states.ensure(id + 1);
            tally.states.free(id);
        }
    }

    /**
     * Writes the answers of a measure for the listed groups as the whole of {@code out}, a lane of its result type.
     *
     * @param ids the groups; null lists 0 to {@code count - 1}
     * @param overflow told the index, in the list, of each answer that does not fit its type; that cell is null
     */
    public void result(int measure, int[] ids, int count, Lane out, IntConsumer overflow) {
        GroupStates held = tallies[sharing.place(measure)].states;
        if (sharing.measure(measure).minCount() == 0) {
            sharing.form(measure).result(held, ids, count, out, overflow);
            return;
        }
        out.reset(count);
        if (out instanceof TextLane text) {
            text.clearBytes();
        }
        for (int i = 0; i < count; i++) {
            int id = ids == null ? i : ids[i];
            held.ensure(id + 1);
            if (!result(measure, id, out, i)) {
                overflow.accept(i);
            }
        }
    }

    /** Writes one answer of a group there is room for, and says whether it fits. */
    boolean result(int measure, int id, Lane out, int row) {
        return sharing.result(measure, tallies[sharing.place(measure)].states, id, out, row);
    }

    void ensure(int groups) {
        for (Tally tally : tallies) {
            tally.states.ensure(groups);
        }
    }

    /** Points at the columns of a batch, to add parts of it. */
    void bind(Lane[] columns) {
        for (Tally tally : tallies) {
            tally.bind(columns);
        }
    }

    /** Adds some rows of the bound batch, each to the group told for it, none where that is negative. */
    void add(int[] ids, int from, int to) {
        for (Tally tally : tallies) {
            tally.add(ids, from, to);
        }
    }

    /** Adds one row of the bound batch to a group there is room for. */
    void add(int id, int row) {
        for (Tally tally : tallies) {
            tally.add(id, row);
        }
    }

    /** Adds a later group of this to another. */
    void merge(int id, int later) {
        for (Tally tally : tallies) {
            tally.states.merge(id, tally.states, later);
        }
    }

    /** The bytes of memory that the states take. */
    public long bytes() {
        long bytes = masks.bytes() + sharing.bytes();
        for (Tally tally : tallies) {
            bytes += tally.states.bytes();
        }
        return bytes;
    }

    /** Writes who shares, before any group. */
    void writeSharing(StateOut out) throws IOException {
        sharing.write(out);
    }

    /** Reads who shared, before any group. */
    void readSharing(StateIn in, int version) throws IOException {
        sharing.read(in, version);
        build();
    }

    void write(int id, StateOut out) throws IOException {
        for (Tally tally : tallies) {
            tally.states.write(id, out);
        }
    }

    void read(int id, StateIn in) throws IOException {
        for (Tally tally : tallies) {
            tally.states.read(id, in);
        }
    }

    /** Writes the listed groups in the listed order: the same bytes where state and order are the same. */
    public void write(OutputStream target, int[] ids, int count) throws IOException {
        ensure(Ids.largest(ids, count) + 1);
        var out = new StateOut(target);
        out.u8(StateOut.SHARED);
        sharing.write(out);
        for (int state = 0; state < tallies.length; state++) {
            out.i32(count);
            write(state, ids, count, out);
        }
        out.flush();
    }

    /** Writes the listed groups of one state. */
    void write(int state, int[] ids, int count, StateOut out) throws IOException {
        for (int i = 0; i < count; i++) {
            tallies[state].states.write(ids[i], out);
        }
    }

    /** Reads so many groups of one state. */
    void read(int state, int count, StateIn in) throws IOException {
        for (int id = 0; id < count; id++) {
            tallies[state].states.ensure(id + 1);
            tallies[state].states.read(id, in);
        }
    }

    /** Reads groups that were written, into a state that is still empty, as the groups 0 to {@code n - 1} in that order. */
    public void read(InputStream source) throws IOException {
        var in = new StateIn(source);
        int version = in.version(StateOut.SHARED);
        readSharing(in, version);
        for (int i = 0; i < tallies.length; i++) {
            if (version < StateOut.SHARED && i > 0) {
                in.version(); // each state stood for itself
            }
            read(i, in.size(), in);
        }
    }
}
