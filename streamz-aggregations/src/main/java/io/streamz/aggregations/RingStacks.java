package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/** {@link TwoStacks} over rings: a front state for each slot, of its row and the front rows newer than it, and a back for each key. */
class RingStacks extends RingSlide {
    private final Tally tally;
    private final Rings rings;
    private final Lane[] olds;
    private final LongLane oldWhere;
    private final long minCount;
    private final GroupStates back;
    private final GroupStates front;
    private final GroupStates sum;
    private int[] fronts = {};

    RingStacks(Tally tally, DataType[] types, Rings rings) {
        this.tally = tally;
        this.rings = rings;
        olds = tally.measure.inputs(rings.lanes);
        oldWhere = tally.measure.where(rings.lanes);
        minCount = tally.measure.minCount();
        back = tally.states;
        front = tally.measure.states(types);
        sum = tally.measure.states(types);
        sum.ensure(1);
        rings.markWriters();
    }

    @Override
    void ensure(int keys) {
        back.ensure(keys);
        front.ensure(rings.capacity());
        if (fronts.length < keys) {
            fronts = Arrays.copyOf(fronts, Lane.grown(fronts.length, keys));
        }
    }

    @Override
    void bind(Lane[] columns) {
        tally.bind(columns);
    }

    @Override
    void play(int from, Lane out, int measure, Overflow overflow) {
        for (int i = 0; i < rings.taken; i++) {
            int id = rings.ids[i];
            int left = ~rings.slots[i];
            if (left >= 0) {
                if (fronts[id] == 0) {
                    flip(id, left, i, from);
                }
                front.free(left);
                fronts[id]--;
            }
            tally.add(id, from + i);
            if (fronts[id] == 0) {
                answer(back, id, out, from + i, measure, overflow);
            } else {
                sum.free(0);
                sum.merge(0, front, left >= 0 ? rings.next(id, left) : rings.oldest(id));
                sum.merge(0, back, id);
                answer(sum, 0, out, from + i, measure, overflow);
            }
        }
    }

    /** Makes the rows of a full ring its front, as they are when row {@code at} of the chunk comes. */
    private void flip(int id, int oldest, int at, int from) {
        back.free(id);
        int slot = rings.previous(id, oldest);
        fronts[id] = 0;
        int newer = -1;
        while (true) {
            front.free(slot);
            int writer = rings.writers[slot] - 1;
            if (writer >= 0 && writer < at) {
                if (tally.takes(from + writer)) {
                    front.add(slot, tally.inputs, from + writer);
                }
            } else if (takesOld(slot)) {
                front.add(slot, olds, slot);
            }
            if (newer >= 0) {
                front.merge(slot, front, newer);
            }
            fronts[id]++;
            if (slot == oldest) {
                return;
            }
            newer = slot;
            slot = rings.previous(id, slot);
        }
    }

    private boolean takesOld(int slot) {
        return (oldWhere == null || !oldWhere.isNull(slot) && oldWhere.values()[slot] != 0) && back.counts(olds, slot);
    }

    private void answer(GroupStates states, int id, Lane out, int row, int measure, Overflow overflow) {
        if (minCount > 0 && states.count(id) < minCount) {
            out.setNull(row);
        } else if (!states.result(id, out, row)) {
            overflow.at(measure, row);
        }
    }

    @Override
    void free(int id) {
        back.free(id);
        if (id < fronts.length) {
            fronts[id] = 0;
        }
    }

    @Override
    long bytes() {
        return tally.bytes() + front.bytes() + sum.bytes() + 4L * fronts.length;
    }

    @Override
    void write(int[] ids, int count, StateOut out) throws IOException {
        for (int i = 0; i < count; i++) {
            out.i32(fronts[ids[i]]);
        }
    }

    @Override
    void read(int count, StateIn in) throws IOException {
        ensure(count);
        for (int id = 0; id < count; id++) {
            int fronted = in.size();
            if (fronted > 0 && (fronted >= rings.n || rings.count(id) < rings.n)) {
                throw new IOException("state holds " + fronted + " older rows of a key that keeps " + rings.n);
            }
            int slot = rings.oldest(id);
            int boundary = slot;
            for (int row = 0; row < rings.count(id); row++) {
                if (row < fronted) {
                    boundary = slot;
                } else if (takesOld(slot)) {
                    back.add(id, olds, slot);
                }
                slot = rings.count(id) == rings.n ? rings.next(id, slot) : slot + 1;
            }
            refill(id, rings.oldest(id), boundary, fronted);
        }
    }

    private void refill(int id, int oldest, int boundary, int fronted) {
        fronts[id] = fronted;
        int slot = boundary;
        for (int row = 0; row < fronted; row++) {
            front.free(slot);
            if (takesOld(slot)) {
                front.add(slot, olds, slot);
            }
            if (row > 0) {
                front.merge(slot, front, rings.next(id, slot));
            }
            slot = slot == oldest ? slot : rings.previous(id, slot);
        }
    }
}
