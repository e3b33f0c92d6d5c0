package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The rows that a moving window still holds. A row lives in a slot: the same number in every lane, in {@link #ids} and in the
 * chains; slots of rows that left are used again. Slots that are dropped stay readable until {@link #release}, so that a script of
 * moves over a batch can be written first and played by each measure later.
 *
 * <p>Chains by arrival: {@code next} links all rows, {@code newer} and {@code older} those of one key, where some measure walks them.
 * Where rows leave in any order, they are numbered and linked both ways.
 */
final class Kept {
    private static final int NONE = -1;

    final Lane[] lanes;
    int[] ids = {};
    long[] places = {};
    long[] numbers = {};
    int[] newer = {};
    int[] older = {};

    /** By key: its oldest and its newest row, and how many there are. */
    int[] oldest = {};

    int[] newest = {};
    int[] counts = {};

    private int[] next = {};
    private int[] previous = {};
    private int head = NONE;
    private int tail = NONE;
    private final boolean anyOrder;
    private boolean linked;
    private int capacity;
    private int live;
    private int free = NONE;
    private int[] dropped = {};
    private int droppedCount;
    private int[] rows = {};
    private int[] slots = {};
    private int taken;

    Kept(DataType[] columns, boolean anyOrder) {
        this.anyOrder = anyOrder;
        lanes = new Lane[columns.length];
        for (int column = 0; column < columns.length; column++) {
            lanes[column] = columns[column].kind().lane();
        }
    }

    /** Links the rows of each key from now on; before the first. */
    void link() {
        linked = true;
    }

    int live() {
        return live;
    }

    /** The row that came first, or -1. */
    int head() {
        return head;
    }

    int next(int slot) {
        return next[slot];
    }

    int capacity() {
        return capacity;
    }

    void ensureKeys(int keys) {
        if (oldest.length < keys) {
            int from = oldest.length;
            int grown = Lane.grown(from, keys);
            oldest = Arrays.copyOf(oldest, grown);
            newest = Arrays.copyOf(newest, grown);
            counts = Arrays.copyOf(counts, grown);
            Arrays.fill(oldest, from, grown, NONE);
            Arrays.fill(newest, from, grown, NONE);
        }
    }

    /** Gives a row of the batch a slot at the newest end of its key's chain; {@link #copy} brings its values. */
    int take(int row, int id, long place, long number) {
        if (free == NONE) {
            grow();
        }
        int slot = free;
        free = next[slot];
        ids[slot] = id;
        places[slot] = place;
        next[slot] = NONE;
        if (tail == NONE) {
            head = slot;
        } else {
            next[tail] = slot;
        }
        if (anyOrder) {
            previous[slot] = tail;
            numbers[slot] = number;
        }
        tail = slot;
        if (linked) {
            linkNewest(id, slot);
        }
        counts[id]++;
        live++;
        if (taken == rows.length) {
            rows = Arrays.copyOf(rows, Lane.grown(taken, taken + 1));
            slots = Arrays.copyOf(slots, rows.length);
        }
        rows[taken] = row;
        slots[taken++] = slot;
        return slot;
    }

    private void linkNewest(int id, int slot) {
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

    /** Takes a row out; its own links within its key stay, for who walks from rows that were there to it. */
    void drop(int slot) {
        int id = ids[slot];
        if (linked) {
            unlinkKey(id, slot);
        }
        if (slot == head) {
            head = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (slot == tail) {
            tail = head == NONE ? NONE : previous[slot];
        } else if (anyOrder) {
            previous[next[slot]] = previous[slot];
        }
        counts[id]--;
        live--;
        if (droppedCount == dropped.length) {
            dropped = Arrays.copyOf(dropped, Lane.grown(droppedCount, droppedCount + 1));
        }
        dropped[droppedCount++] = slot;
    }

    /** Takes all rows of a key out, in a walk over all rows. */
    void dropKey(int id) {
        int last = NONE;
        int slot = head;
        head = NONE;
        while (slot != NONE) {
            int following = next[slot];
            if (ids[slot] == id) {
                next[slot] = free;
                free = slot;
                live--;
            } else {
                if (last == NONE) {
                    head = slot;
                } else {
                    next[last] = slot;
                }
                last = slot;
                next[slot] = NONE;
            }
            slot = following;
        }
        tail = last;
        counts[id] = 0;
        oldest[id] = NONE;
        newest[id] = NONE;
    }

    private void unlinkKey(int id, int slot) {
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

    /** Copies the values of the rows that took slots since the last time. */
    void copy(Lane[] columns) {
        for (int column = 0; column < lanes.length; column++) {
            lanes[column].put(slots, columns[column], rows, taken);
            lanes[column].compact();
        }
        taken = 0;
    }

    /** Lets slots of rows that left be used again. */
    void release() {
        while (droppedCount > 0) {
            int slot = dropped[--droppedCount];
            next[slot] = free;
            free = slot;
        }
    }

    private void grow() {
        int from = capacity;
        capacity = Lane.grown(from, from + 1);
        ids = Arrays.copyOf(ids, capacity);
        places = Arrays.copyOf(places, capacity);
        next = Arrays.copyOf(next, capacity);
        if (anyOrder) {
            numbers = Arrays.copyOf(numbers, capacity);
            previous = Arrays.copyOf(previous, capacity);
        }
        if (linked) {
            newer = Arrays.copyOf(newer, capacity);
            older = Arrays.copyOf(older, capacity);
        }
        for (int slot = capacity - 1; slot >= from; slot--) {
            next[slot] = free;
            free = slot;
        }
        for (Lane lane : lanes) {
            lane.resize(capacity);
        }
    }

    long bytes() {
        long bytes = 4L * (ids.length + next.length + previous.length + newer.length + older.length)
                + 4L * (oldest.length + newest.length + counts.length)
                + 8L * (places.length + numbers.length)
                + 4L * (dropped.length + rows.length + slots.length);
        for (Lane lane : lanes) {
            bytes += lane.memory();
        }
        return bytes;
    }

    /** The slots in order of arrival. */
    int[] slots(int[] reuse) {
        int[] all = reuse.length >= live ? reuse : new int[Lane.grown(reuse.length, live)];
        int count = 0;
        for (int slot = head; slot != NONE; slot = next[slot]) {
            all[count++] = slot;
        }
        return all;
    }

    /** Writes rows, counted in order of arrival, each with the number that stands for its key. */
    void write(int[] keyNumbers, int from, int to, StateOut out) throws IOException {
        int[] all = Arrays.copyOfRange(slots(new int[0]), from, to);
        out.i32(all.length);
        for (int i = 0; i < all.length; i++) {
            out.i32(keyNumbers[ids[all[i]]]);
            out.i64(places[all[i]]);
            out.i64(anyOrder ? numbers[all[i]] : 0);
        }
        for (Lane lane : lanes) {
            Lane column = lane.fresh();
            lane.gather(all, all.length, column);
            LaneBytes.write(column, out);
        }
    }

    /** Reads rows that were written, to stand behind those that are here. */
    void read(int keys, StateIn in) throws IOException {
        int count = in.size();
        ensureKeys(keys);
        for (int row = 0; row < count; row++) {
            int id = in.size();
            if (id >= keys) {
                throw new IOException("state holds a row of key " + id + " of " + keys);
            }
            take(row, id, in.i64(), in.i64());
        }
        Lane[] columns = new Lane[lanes.length];
        for (int column = 0; column < lanes.length; column++) {
            columns[column] = lanes[column].fresh();
            LaneBytes.read(columns[column], count, in);
        }
        copy(columns);
    }
}
