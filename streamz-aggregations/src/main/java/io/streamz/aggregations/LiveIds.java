package io.streamz.aggregations;

import java.util.Arrays;

/**
 * The ids that are alive, in the order in which they came to life, and those that a batch touched: in steps that do not
 * depend on how many there are.
 */
final class LiveIds {
    private static final int NONE = -1;
    private static final int DEAD = -2;

    private int[] before = {};
    private int[] after = {};
    private int head = NONE;
    private int tail = NONE;
    private int size;

    /** No id from here on ever lived. */
    private int top;

    private long[] stamps = {};
    private long stamp = 1;
    private int[] touched = {};
    private int touchedCount;

    void ensure(int ids) {
        int from = before.length;
        if (from < ids) {
            before = Arrays.copyOf(before, Lane.grown(from, ids));
            after = Arrays.copyOf(after, before.length);
            stamps = Arrays.copyOf(stamps, before.length);
            Arrays.fill(before, from, before.length, DEAD);
        }
    }

    int size() {
        return size;
    }

    /** Room for the ids, none negative; null is id 0 for all. Returns the room. */
    int room(int[] ids, int rows) {
        ensure(ids == null ? 1 : Ids.largest(ids, rows) + 1);
        return before.length;
    }

    /** Room for the ids, and life for those that are dead, in the order of the rows; null is id 0 for all. Returns the room. */
    int see(int[] ids, int rows) {
        ensure(1);
        if (ids != null && size == top && Ids.largest(ids, rows) < top) {
            return before.length;
        }
        int[] known = before;
        for (int row = 0; row < (ids == null ? Math.min(rows, 1) : rows); row++) {
            int id = ids == null ? 0 : ids[row];
            if (id >= 0 && (id >= known.length || known[id] == DEAD)) {
                ensure(id + 1);
                add(id);
                known = before;
            }
        }
        return known.length;
    }

    /** Gives life to the ids 0 to {@code count - 1} of an empty list. */
    void restore(int count) {
        ensure(count);
        for (int id = 0; id < count; id++) {
            add(id);
        }
    }

    boolean isLive(int id) {
        return id < before.length && before[id] != DEAD;
    }

    /** The first in order, or -1. */
    int first() {
        return head;
    }

    /** Puts a dead id at the end. */
    void add(int id) {
        before[id] = tail;
        after[id] = NONE;
        if (tail == NONE) {
            head = id;
        } else {
            after[tail] = id;
        }
        tail = id;
        size++;
        top = Math.max(top, id + 1);
    }

    void remove(int id) {
        if (before[id] == NONE) {
            head = after[id];
        } else {
            after[before[id]] = after[id];
        }
        if (after[id] == NONE) {
            tail = before[id];
        } else {
            before[after[id]] = before[id];
        }
        before[id] = DEAD;
        size--;
    }

    /** The live ids in order, in an array of at least {@link #size()}. */
    int[] list(int[] reuse) {
        int[] ids = reuse.length >= size ? reuse : new int[Lane.grown(reuse.length, size)];
        int count = 0;
        for (int id = head; id != NONE; id = after[id]) {
            ids[count++] = id;
        }
        return ids;
    }

    /** By id, how many live ids stand before it; for ids that are alive. */
    int[] numbers() {
        int[] numbers = new int[before.length];
        int count = 0;
        for (int id = head; id != NONE; id = after[id]) {
            numbers[id] = count++;
        }
        return numbers;
    }

    /** Forgets which ids were touched. */
    void begin() {
        stamp++;
        touchedCount = 0;
    }

    /** Small, so that it is compiled into its loop. */
    void touch(int id) {
        if (stamps[id] != stamp) {
            touchFirst(id);
        }
    }

    private void touchFirst(int id) {
        stamps[id] = stamp;
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, Lane.grown(touchedCount, touchedCount + 1));
        }
        touched[touchedCount++] = id;
    }

    /**
     * Counts rows of groups that come and go: those in the slots from {@code entered} on come, each before one of those from {@code left}
     * on goes, where that is not negative; a negative id is of no group. A group lives while its count is above zero.
     *
     * @return how many more came than went
     */
    int count(int[] ids, int entered, int left, int count, int[] rows) {
        int more = 0;
        for (int i = 0; i < count; i++) {
            int id = ids[entered + i];
            if (id >= 0) {
                more++;
                if (rows[id]++ == 0) {
                    add(id);
                }
                touch(id);
            }
            int old = left < 0 ? NONE : ids[left + i];
            if (old >= 0) {
                more--;
                touch(old);
                if (--rows[old] == 0) {
                    remove(old);
                }
            }
        }
        return more;
    }

    int[] touched() {
        return touched;
    }

    int touchedCount() {
        return touchedCount;
    }

    long bytes() {
        return 4L * (before.length + after.length + touched.length) + 8L * stamps.length;
    }
}
