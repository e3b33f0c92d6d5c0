package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The rows that a moving window still holds. A row lives in a slot: the same number in every lane, in {@link #ids} and in the
 * chains; slots of rows that left are used again. Slots of rows that left stay readable until {@link #release}, so that a script of
 * moves over a batch can be written first and played by each measure later.
 *
 * <p>{@link KeptInOrder} is for rows that leave in the order they came, {@link KeptInAnyOrder} for others. Chains by arrival link the
 * rows of one key, {@code newer} and {@code older}, where some measure walks them.
 */
abstract class Kept {
    static final int NONE = -1;

    final Lane[] lanes;
    int[] ids = {};
    long[] places = {};
    long[] numbers = {};
    int[] newer = {};
    int[] older = {};

    /** By key: its oldest and its newest row, where these are linked, and how many there are. */
    int[] oldest = {};

    int[] newest = {};
    int[] counts = {};

    private boolean linked;

    Kept(DataType[] columns) {
        lanes = new Lane[columns.length];
        for (int column = 0; column < columns.length; column++) {
            lanes[column] = columns[column].kind().lane();
        }
    }

    /** Links the rows of each key from now on; before the first. */
    final void link() {
        linked = true;
    }

    final boolean linked() {
        return linked;
    }

    /** How many rows there are. */
    abstract int live();

    /** No slot from here on was ever used. */
    abstract int capacity();

    /** Lets slots of rows that left be used again. */
    abstract void release();

    /** Writes the slots in order of arrival, and the places of their rows, both {@link #live} of them. */
    abstract void order(int[] slots, long[] places);

    /** Gives a row of saved state a slot behind those that are here. */
    abstract int restore(int id, long place, long number);

    final void ensureKeys(int keys) {
        if (counts.length < keys) {
            int from = counts.length;
            int grown = Lane.grown(from, keys);
            counts = Arrays.copyOf(counts, grown);
            if (linked) {
                oldest = Arrays.copyOf(oldest, grown);
                newest = Arrays.copyOf(newest, grown);
                Arrays.fill(oldest, from, grown, NONE);
                Arrays.fill(newest, from, grown, NONE);
            }
        }
    }

    /** Makes room for so many slots in what both kinds have. */
    final void roomForSlots(int slots) {
        ids = Arrays.copyOf(ids, slots);
        if (linked) {
            newer = Arrays.copyOf(newer, slots);
            older = Arrays.copyOf(older, slots);
        }
        for (Lane lane : lanes) {
            lane.resize(slots);
        }
    }

    final void linkNewest(int id, int slot) {
        int before = newest[id];
        older[slot] = before;
        newer[slot] = NONE;
        if (before == NONE) {
            oldest[id] = slot;
        } else {
            newer[before] = slot;
        }
        newest[id] = slot;
    }

    /** Takes a row out of its key's chain; its own links stay, for who walks from rows that were there to it. */
    final void unlink(int id, int slot) {
        int before = older[slot];
        int after = newer[slot];
        if (oldest[id] == slot) {
            oldest[id] = after;
        } else {
            newer[before] = after;
        }
        if (newest[id] == slot) {
            newest[id] = oldest[id] == NONE ? NONE : before;
        } else if (oldest[id] != after) {
            older[after] = before;
        }
    }

    /** Forgets a key whose rows have gone. */
    final void forgetKey(int id) {
        counts[id] = 0;
        if (linked) {
            oldest[id] = NONE;
            newest[id] = NONE;
        }
    }

    long bytes() {
        long bytes = 4L * (ids.length + newer.length + older.length)
                + 4L * (oldest.length + newest.length + counts.length)
                + 8L * (places.length + numbers.length);
        for (Lane lane : lanes) {
            bytes += lane.memory();
        }
        return bytes;
    }

    /** Writes rows, counted in order of arrival, each with the number that stands for its key. */
    final void write(int[] keyNumbers, int from, int to, StateOut out) throws IOException {
        int[] all = new int[live()];
        long[] where = new long[live()];
        order(all, where);
        out.i32(to - from);
        for (int i = from; i < to; i++) {
            out.i32(keyNumbers[ids[all[i]]]);
            out.i64(where[i]);
            out.i64(numbers.length == 0 ? 0 : numbers[all[i]]);
        }
        int[] some = Arrays.copyOfRange(all, from, to);
        for (Lane lane : lanes) {
            Lane column = lane.fresh();
            lane.gather(some, some.length, column);
            LaneBytes.write(column, out);
        }
    }

    /** Reads rows that were written, to stand behind those that are here. */
    final void read(int keys, StateIn in) throws IOException {
        int count = in.size();
        ensureKeys(keys);
        int[] slots = {};
        int[] rows = {};
        for (int row = 0; row < count; row++) {
            int id = in.size();
            if (id >= keys) {
                throw new IOException("state holds a row of key " + id + " of " + keys);
            }
            if (row == slots.length) {
                slots = Arrays.copyOf(slots, Lane.grown(row, row + 1));
                rows = Arrays.copyOf(rows, slots.length);
            }
            slots[row] = restore(id, in.i64(), in.i64());
            rows[row] = row;
        }
        for (Lane lane : lanes) {
            Lane column = lane.fresh();
            LaneBytes.read(column, count, in);
            lane.put(slots, column, rows, count);
            lane.compact();
        }
    }
}
