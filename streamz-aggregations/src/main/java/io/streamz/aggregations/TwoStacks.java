package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * Slides what cannot forget, where the rows of a key leave in the order they came. A key's older rows are its front, the newer
 * its back:
 *
 * <pre>
 *   front[row] = row + the front rows newer than it       a state for each row
 *   back[key]  = the rows behind the front, in order      one state
 *   answer     = front[oldest row] + back[key]
 * </pre>
 *
 * A row that leaves takes its front state with it. When there is no front, all rows of the back become the front: each row is
 * merged once, so a row costs the same in a window of ten and of a million. When that happens depends on the rows of the key
 * alone, never on how they were cut into batches. (Adapted from the queue of two stacks; Tangwongsan et al., DABA, 2017.)
 */
class TwoStacks extends Slide {
    private final Kept kept;
    private final Lane[] inputs;
    private final LongLane where;
    private final long minCount;
    private final GroupStates back;
    private final GroupStates front;
    private final GroupStates sum;
    private int[] fronts = {};
    private int[] oldest = {};
    private int[] newest = {};

    TwoStacks(Measure measure, DataType[] types, GroupStates states, Kept kept) {
        this.kept = kept;
        inputs = measure.inputs(kept.lanes);
        where = measure.where(kept.lanes);
        minCount = measure.minCount();
        back = states;
        front = measure.states(types);
        sum = measure.states(types);
        sum.ensure(1);
    }

    @Override
    void ensure(int keys) {
        back.ensure(keys);
        front.ensure(kept.capacity());
        if (fronts.length < keys) {
            int grown = Lane.grown(fronts.length, keys);
            fronts = Arrays.copyOf(fronts, grown);
            oldest = Arrays.copyOf(oldest, grown);
            newest = Arrays.copyOf(newest, grown);
        }
    }

    @Override
    void play(Moves moves, Lane out, int at, int measure, Overflow overflow) {
        int row = at;
        for (int i = 0; i < moves.count; i++) {
            int move = moves.moves[i];
            if (move >= 0) {
                enter(kept.ids[move], move);
                if (moves.answersEach) {
                    answer(kept.ids[move], out, row++, measure, overflow);
                }
            } else if (move != Moves.ANSWER) {
                leave(kept.ids[~move], ~move);
            } else {
                answer(moves.ids[row - at], out, row++, measure, overflow);
            }
        }
    }

    private void answer(int id, Lane out, int row, int measure, Overflow overflow) {
        if (!result(id, out, row)) {
            overflow.at(measure, row);
        }
    }

    @Override
    void move(int left, int entered, int count) {
        int[] ids = kept.ids;
        for (int i = 0; i < count; i++) {
            if (left >= 0 && ids[left + i] >= 0) {
                leave(ids[left + i], left + i);
            }
            if (ids[entered + i] >= 0) {
                enter(ids[entered + i], entered + i);
            }
        }
    }

    private void enter(int id, int slot) {
        newest[id] = slot;
        if (takes(slot)) {
            back.add(id, inputs, slot);
        }
    }

    private void leave(int id, int slot) {
        if (fronts[id] == 0) {
            flip(id, slot);
        }
        front.free(slot);
        oldest[id] = kept.newer[slot];
        fronts[id]--;
    }

    /** Makes all rows of the key, from the newest to the one that is about to leave, its front. */
    private void flip(int id, int last) {
        back.free(id);
        int slot = newest[id];
        fronts[id] = 1;
        stack(slot);
        while (slot != last) {
            int newer = slot;
            slot = kept.older[slot];
            stack(slot);
            front.merge(slot, front, newer);
            fronts[id]++;
        }
    }

    private void stack(int slot) {
        front.free(slot);
        if (takes(slot)) {
            front.add(slot, inputs, slot);
        }
    }

    private boolean takes(int slot) {
        return (where == null || !where.isNull(slot) && where.values()[slot] != 0) && back.counts(inputs, slot);
    }

    @Override
    boolean result(int id, Lane out, int row) {
        GroupStates states = whole(id);
        int place = place(id);
        if (minCount > 0 && states.count(place) < minCount) {
            out.setNull(row);
            return true;
        }
        return states.result(place, out, row);
    }

    @Override
    GroupStates whole(int id) {
        if (fronts[id] == 0) {
            return back;
        }
        sum.free(0);
        sum.merge(0, front, oldest[id]);
        sum.merge(0, back, id);
        return sum;
    }

    @Override
    int place(int id) {
        return fronts[id] == 0 ? id : 0;
    }

    @Override
    void free(int id) {
        back.free(id);
        fronts[id] = 0;
    }

    @Override
    long bytes() {
        return back.bytes() + front.bytes() + sum.bytes() + 4L * (fronts.length + oldest.length + newest.length);
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
            if (fronted > kept.counts[id]) {
                throw new IOException("state holds " + fronted + " older rows of a key with " + kept.counts[id]);
            }
            newest[id] = kept.newest[id];
            int slot = kept.oldest[id];
            oldest[id] = slot;
            for (int row = 0; row < kept.counts[id]; row++) {
                if (row == fronted - 1) {
                    refill(id, slot);
                } else if (row >= fronted && takes(slot)) {
                    back.add(id, inputs, slot);
                }
                slot = kept.newer[slot];
            }
        }
    }

    private void refill(int id, int lastOfFront) {
        newest[id] = lastOfFront;
        flip(id, kept.oldest[id]);
        newest[id] = kept.newest[id];
    }
}
