package io.streamz.aggregations;

import java.io.IOException;

/** Adds each row, forgets the one whose slot it takes, and answers. */
class RingForgetting extends RingSlide {
    private final Tally tally;
    private final GroupStates states;
    private final Rings rings;
    private final Lane[] olds;
    private final LongLane oldWhere;

    /** The old rows of the chunk: by row, or by slot where the rows between them may be asked for too. */
    private final Lane[] left;

    private final LongLane leftWhere;
    private final long minCount;
    private final boolean wears;

    RingForgetting(Tally tally, DataType[] types, Rings rings) {
        this.tally = tally;
        this.rings = rings;
        states = tally.states;
        olds = tally.measure.inputs(rings.lanes);
        oldWhere = tally.measure.where(rings.lanes);
        minCount = tally.measure.minCount();
        wears = !states.forgetsExactly();
        left = wears ? olds : tally.measure.inputs(rings.olds);
        leftWhere = wears ? oldWhere : tally.measure.where(rings.olds);
        if (wears) {
            rings.markWriters();
        }
    }

    @Override
    void ensure(int keys) {
        states.ensure(keys);
    }

    @Override
    void bind(Lane[] columns) {
        tally.bind(columns);
    }

    @Override
    boolean playsOlds() {
        return !wears;
    }

    private int left(int i) {
        return rings.slots[i] >= 0 ? -1 : wears ? ~rings.slots[i] : i;
    }

    @Override
    void play(int from, Lane out, int measure, Overflow overflow) {
        // Rows that stay count too: whether there are enough values is not asked of each row.
        boolean all = tally.where == null
                && !(states.skipsNulls() && (hasNulls(olds) || hasNulls(left) || hasNulls(tally.inputs)));
        if (!all) {
            playSome(from, out, measure, overflow);
            return;
        }
        int[] slots = rings.slots;
        int[] ids = rings.ids;
        Lane[] inputs = tally.inputs;
        boolean fast = minCount <= rings.n;
        int i = 0;
        while (i < rings.taken) {
            if (fast && slots[i] < 0) {
                int to = states.slide(left, rings, inputs, from, i, out);
                fast = to > i;
                i = to;
            } else {
                step(ids[i], left(i), i, from, inputs);
                answer(ids[i], out, from + i, measure, overflow);
                i++;
            }
        }
    }

    @Override
    boolean playsRuns() {
        return true;
    }

    @Override
    void playRun(int from, int to, Lane out, int measure, Overflow overflow) {
        for (int row = from; row < to; ) {
            int done = row - from;
            int end = done < rings.n ? Math.min(to, row + rings.sideBySide(done)) : to;
            if (done < rings.n) {
                playPart(olds, oldWhere, rings.slotAfterOldest(done), from, row, end, out, measure, overflow);
            } else {
                playPart(tally.inputs, tally.where, row - rings.n, from, row, end, out, measure, overflow);
            }
            row = end;
        }
    }

    /** Rows whose old rows lie side by side; the run began at {@code start}. */
    private void playPart(
            Lane[] old,
            LongLane where,
            int oldFrom,
            int start,
            int from,
            int to,
            Lane out,
            int measure,
            Overflow overflow) {
        boolean fast = minCount <= rings.n
                && where == null
                && tally.where == null
                && !(states.skipsNulls() && (hasNulls(old) || hasNulls(tally.inputs)));
        int slow = 0;
        int patience = 1;
        for (int row = from; row < to; ) {
            if (fast && slow == 0) {
                int stop = states.slideRun(old, oldFrom + row - from, tally.inputs, row, to, out);
                patience = stop > row ? 1 : Math.min(1024, 2 * patience);
                slow = patience;
                row = stop;
                continue;
            }
            int left = oldFrom + row - from;
            if (takes(old, where, left)) {
                states.forget(0, old, left);
                if (wears && (states.count(0) == 0 || states.stale(0))) {
                    rebuildRun(start, row);
                }
            }
            tally.add(0, row);
            answer(0, out, row, measure, overflow);
            row++;
            slow--;
        }
    }

    /** As {@link #rebuild}, for a row of a run. */
    private void rebuildRun(int start, int row) {
        states.free(0);
        for (int other = row - rings.n + 1; other < row; other++) {
            int slot = other < start ? rings.slotAfterOldest(rings.n + other - start) : -1;
            if (slot < 0) {
                tally.add(0, other);
            } else if (takesOld(slot)) {
                states.add(0, olds, slot);
            }
        }
    }

    private void step(int id, int old, int i, int from, Lane[] inputs) {
        if (old >= 0) {
            states.forget(id, left, old);
            if (wears && (states.count(id) == 0 || states.stale(id))) {
                rebuild(id, old, i, from);
            }
        }
        states.add(id, inputs, from + i);
    }

    private void playSome(int from, Lane out, int measure, Overflow overflow) {
        for (int i = 0; i < rings.taken; i++) {
            int id = rings.ids[i];
            int old = left(i);
            if (old >= 0 && takes(left, leftWhere, old)) {
                states.forget(id, left, old);
                if (wears && (states.count(id) == 0 || states.stale(id))) {
                    rebuild(id, old, i, from);
                }
            }
            tally.add(id, from + i);
            answer(id, out, from + i, measure, overflow);
        }
    }

    private void answer(int id, Lane out, int row, int measure, Overflow overflow) {
        if (minCount > 0 && states.count(id) < minCount) {
            out.setNull(row);
        } else if (!states.result(id, out, row)) {
            overflow.at(measure, row);
        }
    }

    /** Adds the rows of a full ring again but the oldest, as they are when row {@code at} of the chunk comes. */
    private void rebuild(int id, int left, int at, int from) {
        states.free(id);
        for (int slot = rings.next(id, left); slot != left; slot = rings.next(id, slot)) {
            int writer = rings.writers[slot] - 1;
            if (writer >= 0 && writer < at) {
                tally.add(id, from + writer);
            } else if (takesOld(slot)) {
                states.add(id, olds, slot);
            }
        }
    }

    private boolean takesOld(int slot) {
        return takes(olds, oldWhere, slot);
    }

    private boolean takes(Lane[] lanes, LongLane where, int row) {
        return (where == null || !where.isNull(row) && where.values()[row] != 0) && states.counts(lanes, row);
    }

    private static boolean hasNulls(Lane[] lanes) {
        for (Lane lane : lanes) {
            if (lane.nullCount() != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    void free(int id) {
        states.free(id);
    }

    @Override
    long bytes() {
        return tally.bytes();
    }

    @Override
    void write(int[] ids, int count, StateOut out) throws IOException {
        for (int i = 0; i < count; i++) {
            states.write(ids[i], out);
        }
    }

    @Override
    void read(int count, StateIn in) throws IOException {
        states.ensure(count);
        for (int id = 0; id < count; id++) {
            states.read(id, in);
        }
    }
}
