package io.streamz.aggregations;

import java.util.Arrays;

/**
 * Rows that leave in any order: numbered, and chained both ways. {@code next} links all rows, and those that are free.
 */
final class KeptInAnyOrder extends Kept {
    private int[] next = {};
    private int[] previous = {};
    private int head = NONE;
    private int tail = NONE;
    private int capacity;
    private int live;
    private int free = NONE;
    private int[] dropped = {};
    private int droppedCount;
    private int[] rows = {};
    private int[] slots = {};
    private int taken;

    KeptInAnyOrder(DataType[] columns) {
        super(columns);
    }

    @Override
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

    @Override
    int capacity() {
        return capacity;
    }

    /** Gives a row of the batch a slot at the newest end of its key's chain; {@link #copy} brings its values. */
    int take(int row, int id, long place, long number) {
        int slot = restore(id, place, number);
        if (taken == rows.length) {
            rows = Arrays.copyOf(rows, Lane.grown(taken, taken + 1));
            slots = Arrays.copyOf(slots, rows.length);
        }
        rows[taken] = row;
        slots[taken++] = slot;
        return slot;
    }

    @Override
    int restore(int id, long place, long number) {
        if (free == NONE) {
            grow();
        }
        int slot = free;
        free = next[slot];
        ids[slot] = id;
        places[slot] = place;
        numbers[slot] = number;
        next[slot] = NONE;
        if (tail == NONE) {
            head = slot;
        } else {
            next[tail] = slot;
        }
        previous[slot] = tail;
        tail = slot;
        if (linked()) {
            linkNewest(id, slot);
        }
        counts[id]++;
        live++;
        return slot;
    }

    /** Takes a row out. */
    void drop(int slot) {
        int id = ids[slot];
        if (linked()) {
            unlink(id, slot);
        }
        if (slot == head) {
            head = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (slot == tail) {
            tail = head == NONE ? NONE : previous[slot];
        } else {
            previous[next[slot]] = previous[slot];
        }
        counts[id]--;
        live--;
        if (droppedCount == dropped.length) {
            dropped = Arrays.copyOf(dropped, Lane.grown(droppedCount, droppedCount + 1));
        }
        dropped[droppedCount++] = slot;
    }

    /** Copies the values of the rows that took slots since the last time. */
    void copy(Lane[] columns) {
        for (int column = 0; column < lanes.length; column++) {
            lanes[column].put(slots, columns[column], rows, taken);
            lanes[column].compact();
        }
        taken = 0;
    }

    @Override
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
        places = Arrays.copyOf(places, capacity);
        numbers = Arrays.copyOf(numbers, capacity);
        next = Arrays.copyOf(next, capacity);
        previous = Arrays.copyOf(previous, capacity);
        for (int slot = capacity - 1; slot >= from; slot--) {
            next[slot] = free;
            free = slot;
        }
        roomForSlots(capacity);
    }

    @Override
    long bytes() {
        return super.bytes() + 4L * (next.length + previous.length + dropped.length + rows.length + slots.length);
    }

    @Override
    void order(int[] all, long[] where) {
        int count = 0;
        for (int slot = head; slot != NONE; slot = next[slot]) {
            all[count] = slot;
            where[count++] = places[slot];
        }
    }
}
