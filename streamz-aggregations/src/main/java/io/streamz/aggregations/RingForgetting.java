package io.streamz.aggregations;

import java.io.IOException;

/** Adds each row, forgets the one whose slot it takes, and answers. */
class RingForgetting extends RingSlide {
    private final Tally tally;
    private final GroupStates states;
    private final Rings rings;
    private final Lane[] olds;
    private final LongLane oldWhere;
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
    void play(int from, Lane out, int measure, Overflow overflow) {
        boolean all = tally.where == null && !(states.skipsNulls() && hasNulls());
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
                int to = states.slide(olds, rings, inputs, from, i, out);
                fast = to > i;
                i = to;
            } else {
                step(ids[i], ~slots[i], i, from, inputs);
                answer(ids[i], out, from + i, measure, overflow);
                i++;
            }
        }
    }

    private void step(int id, int left, int i, int from, Lane[] inputs) {
        if (left >= 0) {
            states.forget(id, olds, left);
            if (wears && (states.count(id) == 0 || states.stale(id))) {
                rebuild(id, left, i, from);
            }
        }
        states.add(id, inputs, from + i);
    }

    private void playSome(int from, Lane out, int measure, Overflow overflow) {
        for (int i = 0; i < rings.taken; i++) {
            int id = rings.ids[i];
            int slot = ~rings.slots[i];
            if (slot >= 0 && takesOld(slot)) {
                states.forget(id, olds, slot);
                if (wears && (states.count(id) == 0 || states.stale(id))) {
                    rebuild(id, slot, i, from);
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
        return (oldWhere == null || !oldWhere.isNull(slot) && oldWhere.values()[slot] != 0)
                && states.counts(olds, slot);
    }

    private boolean hasNulls() {
        for (int i = 0; i < olds.length; i++) {
            if (olds[i].nullCount() != 0 || tally.inputs[i].nullCount() != 0) {
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
