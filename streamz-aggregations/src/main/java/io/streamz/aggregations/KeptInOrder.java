package io.streamz.aggregations;

import java.util.Arrays;

/**
 * Rows that leave in the order they came. Their slots lie side by side in pages, which follow one another as they were taken and are used again
 * when all their rows have left: so rows keep their slots when there is more room, and neither chains nor marks are needed. A row stands at
 * a position, counted from the first row there ever was.
 *
 * <p>A position may be empty, with no key: where a row of no group came, or where a key was forgotten.
 */
final class KeptInOrder extends Kept {
    private static final int BITS = 8;
    private static final int PAGE = 1 << BITS;

    private final boolean placed;

    /** The pages of the positions, by position / PAGE modulo the length. */
    private int[] pages = new int[16];

    /** The first page that no position has yet. */
    private long allotted;

    private int[] free = {};
    private int freeCount;
    private int capacity;

    /** From here on slots are still readable, rows are still inside, none has come. */
    private long readable;

    private long begin;
    private long end;
    private int live;

    /**
     * No row yet.
     *
     * @param placed whether rows have places of their own; else their place is their position
     */
    KeptInOrder(DataType[] columns, boolean placed) {
        super(columns);
        this.placed = placed;
    }

    @Override
    int live() {
        return live;
    }

    @Override
    int capacity() {
        return capacity;
    }

    /** How many positions there are from the oldest row to the newest. */
    long length() {
        return end - begin;
    }

    private int slot(long position) {
        return pages[(int) (position >> BITS) & pages.length - 1] << BITS | (int) position & PAGE - 1;
    }

    /** Makes room for so many more rows; a slot keeps its rows. */
    void room(int rows) {
        long to = end + rows + PAGE - 1 >> BITS;
        while (to - (readable >> BITS) > pages.length) {
            morePages();
        }
        for (; allotted < to; allotted++) {
            if (freeCount == 0) {
                grow();
            }
            pages[(int) allotted & pages.length - 1] = free[--freeCount];
        }
    }

    private void morePages() {
        int[] old = pages;
        pages = new int[2 * old.length];
        for (long page = readable >> BITS; page < allotted; page++) {
            pages[(int) page & pages.length - 1] = old[(int) page & old.length - 1];
        }
    }

    private void grow() {
        int from = capacity;
        capacity = Math.addExact(from, Math.max(PAGE, from));
        if (placed) {
            places = Arrays.copyOf(places, capacity);
        }
        roomForSlots(capacity);
        free = Arrays.copyOf(free, capacity >> BITS);
        for (int page = capacity >> BITS; page-- > from >> BITS; ) {
            free[freeCount++] = page;
        }
    }

    /** Gives the next position, for which there is {@link #room}, to a row of a key, or to none if that is negative. */
    int take(int id, long place) {
        int slot = slot(end++);
        ids[slot] = id;
        if (placed) {
            places[slot] = place;
        }
        if (id >= 0) {
            counts[id]++;
            live++;
            if (linked()) {
                linkNewest(id, slot);
            }
        }
        return slot;
    }

    /** How many of so many rows get slots side by side, and push out others side by side of a window of so many positions. */
    int sideBySide(int rows, long window) {
        room(1);
        long count = Math.min(rows, PAGE - (end & PAGE - 1));
        if (length() == window) {
            return (int) Math.min(Math.min(count, window), PAGE - (begin & PAGE - 1));
        }
        return (int) Math.min(count, window - length());
    }

    /** Gives positions to rows that have room side by side, and returns the first slot; who calls counts them. */
    int take(int[] keys, int from, int to, Lane[] columns) {
        int first = slot(end);
        if (keys == null) {
            Arrays.fill(ids, first, first + to - from, 0);
        } else {
            System.arraycopy(keys, from, ids, first, to - from);
        }
        end += to - from;
        for (int i = 0; linked() && i < to - from; i++) {
            if (ids[first + i] >= 0) {
                linkNewest(ids[first + i], first + i);
            }
        }
        copy(columns, from, to);
        return first;
    }

    /** The same for rows with places of their own, none null. */
    int take(int[] keys, int from, int to, LongLane at, Lane[] columns) {
        System.arraycopy(at.values(), from, places, slot(end), to - from);
        live += to - from;
        return take(keys, from, to, columns);
    }

    /** Takes out the oldest positions, which lie side by side, and returns the first slot; who calls counts them. */
    int drop(int count) {
        int first = slot(begin);
        begin += count;
        for (int i = 0; linked() && i < count; i++) {
            if (ids[first + i] >= 0) {
                unlink(ids[first + i], first + i);
            }
        }
        return first;
    }

    /** Counts rows that took slots and others that gave theirs up, one of these behind each of those, none where {@code left} is negative. */
    void count(int entered, int left, int count, LiveIds groups) {
        live += groups.count(ids, entered, left, count, counts);
    }

    /** The slot of the oldest row, or -1; empty positions before it are passed over. */
    int oldest() {
        for (; begin < end; begin++) {
            int slot = slot(begin);
            if (ids[slot] >= 0) {
                return slot;
            }
        }
        return NONE;
    }

    /** Takes out what stands at the oldest position, and returns its slot; its key stays readable too. */
    int drop() {
        int slot = slot(begin++);
        int id = ids[slot];
        if (id >= 0) {
            counts[id]--;
            live--;
            if (linked()) {
                unlink(id, slot);
            }
        }
        return slot;
    }

    /** Takes all rows of a key out, in a walk over all rows. */
    void dropKey(int id) {
        for (long position = begin; position < end; position++) {
            int slot = slot(position);
            if (ids[slot] == id) {
                ids[slot] = NONE;
                live--;
            }
        }
        forgetKey(id);
    }

    /** Copies the values of the newest rows from those of a batch that end at {@code to}. */
    void copy(Lane[] columns, int from, int to) {
        for (int row = from; row < to; ) {
            int slot = slot(end - to + row);
            int count = Math.min(to - row, PAGE - (slot & PAGE - 1));
            for (int column = 0; column < lanes.length; column++) {
                lanes[column].putRange(slot, columns[column], row, count);
            }
            row += count;
        }
        for (Lane lane : lanes) {
            lane.compact();
        }
    }

    @Override
    void release() {
        for (; readable >> BITS < begin >> BITS; readable += PAGE) {
            free[freeCount++] = pages[(int) (readable >> BITS) & pages.length - 1];
        }
    }

    @Override
    int restore(int id, long place, long number) {
        if (!placed) {
            skipTo(place);
        }
        room(1);
        return take(id, place);
    }

    /** Leaves positions empty up to one; those before the first row count as gone. */
    void skipTo(long position) {
        boolean empty = begin == end;
        if (empty && position >> BITS > end >> BITS) {
            end = position & -PAGE;
            readable = end;
            allotted = end >> BITS;
        }
        while (end < position) {
            room(1);
            take(NONE, 0);
        }
        begin = empty ? position : begin;
    }

    @Override
    long bytes() {
        return super.bytes() + 4L * (pages.length + free.length);
    }

    @Override
    void order(int[] all, long[] where) {
        int count = 0;
        for (long position = begin; position < end; position++) {
            int slot = slot(position);
            if (ids[slot] >= 0) {
                all[count] = slot;
                where[count++] = placed ? places[slot] : position;
            }
        }
    }
}
