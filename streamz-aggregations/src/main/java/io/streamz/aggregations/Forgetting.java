package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/** Slides by adding what enters and forgetting what leaves. */
class Forgetting extends Slide {
    private final GroupStates states;
    private final Kept kept;
    private final Lane[] inputs;
    private final LongLane where;
    private final long minCount;
    private final boolean wears;
    private int[] newest = {};

    Forgetting(Measure measure, DataType[] types, GroupStates states, Kept kept) {
        this.states = states;
        this.kept = kept;
        inputs = measure.inputs(kept.lanes);
        where = measure.where(kept.lanes);
        minCount = measure.minCount();
        wears = !states.forgetsExactly();
    }

    @Override
    void ensure(int keys) {
        states.ensure(keys);
        if (wears && newest.length < keys) {
            newest = Arrays.copyOf(newest, Lane.grown(newest.length, keys));
        }
    }

    @Override
    void play(Moves moves, Lane out, int at, int measure, Overflow overflow) {
        boolean all = where == null && !(states.skipsNulls() && hasNulls());
        int row = at;
        for (int i = 0; i < moves.count; i++) {
            int move = moves.moves[i];
            if (move >= 0) {
                enter(move, all);
                if (moves.answersEach) {
                    answer(kept.ids[move], out, row++, measure, overflow);
                }
            } else if (move != Moves.ANSWER) {
                leave(~move, all);
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
        boolean all = where == null && !(states.skipsNulls() && hasNulls());
        int[] ids = kept.ids;
        if (all && left >= 0 && states.exchange(ids, left, entered, count, inputs)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (left >= 0 && ids[left + i] >= 0) {
                leave(left + i, all);
            }
            if (ids[entered + i] >= 0) {
                enter(entered + i, all);
            }
        }
    }

    private void enter(int slot, boolean all) {
        if (wears) {
            newest[kept.ids[slot]] = slot;
        }
        if (all || takes(slot)) {
            states.add(kept.ids[slot], inputs, slot);
        }
    }

    private void leave(int slot, boolean all) {
        if (all || takes(slot)) {
            int id = kept.ids[slot];
            states.forget(id, inputs, slot);
            if (wears && (states.count(id) == 0 || states.stale(id))) {
                rebuild(id, slot);
            }
        }
    }

    /** Adds the key's rows again, from the one that follows the row that left to the newest. */
    private void rebuild(int id, int left) {
        states.free(id);
        int slot = left;
        while (slot != newest[id]) {
            slot = kept.newer[slot];
            if (takes(slot)) {
                states.add(id, inputs, slot);
            }
        }
    }

    private boolean takes(int slot) {
        return (where == null || !where.isNull(slot) && where.values()[slot] != 0) && states.counts(inputs, slot);
    }

    private boolean hasNulls() {
        for (Lane lane : inputs) {
            if (lane.nullCount() != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean result(int id, Lane out, int row) {
        if (minCount > 0 && states.count(id) < minCount) {
            out.setNull(row);
            return true;
        }
        return states.result(id, out, row);
    }

    @Override
    GroupStates whole(int id) {
        return states;
    }

    @Override
    int place(int id) {
        return id;
    }

    @Override
    void free(int id) {
        states.free(id);
    }

    @Override
    long bytes() {
        return states.bytes() + 4L * newest.length;
    }

    @Override
    void write(int[] ids, int count, StateOut out) throws IOException {
        for (int i = 0; i < count; i++) {
            states.write(ids[i], out);
        }
    }

    @Override
    void read(int count, StateIn in) throws IOException {
        ensure(count);
        for (int id = 0; id < count; id++) {
            states.read(id, in);
            if (wears) {
                newest[id] = kept.newest[id];
            }
        }
    }
}
