package io.streamz.aggregations;

import java.io.IOException;
import java.util.Arrays;

/**
 * The last n rows of each key, each key's in a ring of slots of its own. A ring grows with its rows up to n slots; from then on a new
 * row takes the slot of the oldest.
 *
 * <p>Rows are taken a chunk at a time: {@link #take} says which slot each will get, and whether an old row stands there; the values
 * change only in {@link #store}, when all measures have looked at the old ones. A chunk ends before a slot is taken twice.
 */
final class Rings {
    private static final int SMALLEST = 4;
    private static final int FIELDS = 4;
    private static final int BASE = 0;
    private static final int SIZE = 1;
    private static final int HEAD = 2;
    private static final int COUNT = 3;
    private static final int CHUNK = 4096;

    final int n;
    final boolean keyed;
    final Lane[] lanes;

    /** Of the rows of the chunk, in order: key and slot; the slot's complement where an old row stands there. */
    int[] ids = new int[CHUNK];

    int[] slots = new int[CHUNK];
    int taken;

    /** By slot: the row of the chunk, counted from 1, that will get it; else 0. Kept where a measure {@linkplain #markWriters asks}. */
    int[] writers = {};

    /** The old rows of the chunk, by row, once they {@linkplain #readOlds were read} or {@linkplain #swap swapped}. */
    final Lane[] olds;

    private boolean marksWriters;

    private int[] rings = {};
    private int[] chunkRows = {};
    private int[] rows = new int[CHUNK];
    private final int[] plain = new int[CHUNK];
    private int top;
    private int room;
    private int[][] free = new int[33][0];
    private final int[] freed = new int[33];

    Rings(int n, boolean keyed, DataType[] columns) {
        this.n = n;
        this.keyed = keyed;
        lanes = new Lane[columns.length];
        olds = new Lane[columns.length];
        for (int column = 0; column < columns.length; column++) {
            lanes[column] = columns[column].kind().lane();
            olds[column] = lanes[column].fresh();
        }
        ensureKeys(1);
    }

    /** Keeps {@link #writers} from now on; before there are rows. */
    void markWriters() {
        marksWriters = true;
    }

    void ensureKeys(int keys) {
        if (chunkRows.length < keys) {
            chunkRows = Arrays.copyOf(chunkRows, Lane.grown(chunkRows.length, keys));
            rings = Arrays.copyOf(rings, Math.multiplyExact(chunkRows.length, FIELDS));
        }
    }

    int capacity() {
        return top;
    }

    int count(int id) {
        return rings[id * FIELDS + COUNT];
    }

    /** Where a key's ring begins. */
    int base(int id) {
        return rings[id * FIELDS + BASE];
    }

    /** The slot of a key's oldest row. */
    int oldest(int id) {
        int at = id * FIELDS;
        return rings[at + BASE] + (rings[at + COUNT] == n ? rings[at + HEAD] : 0);
    }

    /** The slot after one in its key's ring, which is full. */
    int next(int id, int slot) {
        int base = rings[id * FIELDS + BASE];
        return slot + 1 == base + n ? base : slot + 1;
    }

    /** The slot of the row of key 0 that is so many rows younger than the oldest, in a full ring. */
    int slotAfterOldest(int rows) {
        int head = rings[HEAD];
        return rings[BASE] + (rows < n - head ? head + rows : head + rows - n);
    }

    /** How many rows from that one on lie side by side. */
    int sideBySide(int rows) {
        int head = rings[HEAD];
        return rows < n - head ? n - head - rows : n - rows;
    }

    int previous(int id, int slot) {
        int base = rings[id * FIELDS + BASE];
        return slot == base ? base + n - 1 : slot - 1;
    }

    /** Gives slots to the rows from {@code from} on, as many as fit into a chunk, and returns where that ends. */
    int take(int[] keys, int from, int to) {
        int end = Math.min(to, from + CHUNK);
        if (keys == null) {
            end = Math.min(end, from + n);
        }
        end = count(keys, from, end);
        taken = end - from;
        for (int i = 0; i < taken; i++) {
            int id = keys == null ? 0 : keys[from + i];
            rows[i] = from + i;
            ids[i] = id;
            slots[i] = take(id);
        }
        for (int i = 0; marksWriters && i < taken; i++) {
            writers[slots[i] < 0 ? ~slots[i] : slots[i]] = i + 1;
        }
        return end;
    }

    /** Copies what stands in the slots of the chunk, in a loop that does nothing else, so that its cache misses overlap. */
    void readOlds() {
        plainSlots();
        for (int column = 0; column < lanes.length; column++) {
            lanes[column].gather(plain, taken, olds[column]);
        }
    }

    /** Copies what stands in the slots of the chunk, and puts the rows there; instead of {@link #store}. */
    void swap(Lane[] columns) {
        plainSlots();
        for (int column = 0; column < lanes.length; column++) {
            lanes[column].swap(plain, columns[column], rows, taken, olds[column]);
            lanes[column].compact();
        }
    }

    private void plainSlots() {
        for (int i = 0; i < taken; i++) {
            plain[i] = slots[i] < 0 ? ~slots[i] : slots[i];
        }
    }

    /** Counts each key's rows of the chunk, and ends the chunk before one that would take a slot twice. */
    private int count(int[] keys, int from, int to) {
        int[] counts = chunkRows;
        if (keys == null) {
            counts[0] = to - from;
            return to;
        }
        for (int row = from; row < to; row++) {
            int id = keys[row];
            if (counts[id] == n) {
                return row;
            }
            counts[id]++;
        }
        return to;
    }

    /** Small, so that it is compiled into its loop: a ring that still grows is left to {@link #takeNew}. */
    private int take(int id) {
        int at = id * FIELDS;
        if (rings[at + COUNT] != n) {
            return takeNew(id);
        }
        chunkRows[id]--;
        int head = rings[at + HEAD];
        rings[at + HEAD] = head + 1 == n ? 0 : head + 1;
        return ~(rings[at + BASE] + head);
    }

    private int takeNew(int id) {
        int at = id * FIELDS;
        int coming = chunkRows[id]--;
        int count = rings[at + COUNT];
        if (rings[at + SIZE] < Math.min(n, count + coming)) {
            grow(id, count + coming);
        }
        rings[at + COUNT] = count + 1;
        return rings[at + BASE] + count;
    }

    /** Moves a key's rows to a larger ring, with room for all rows of the chunk, of which none has a slot yet. */
    private void grow(int id, int wanted) {
        int at = id * FIELDS;
        int old = rings[at + BASE];
        int size = rings[at + SIZE];
        long grown = Math.max(SMALLEST, 2L * size);
        while (grown < wanted) {
            grown *= 2;
        }
        rings[at + SIZE] = (int) Math.min(n, grown);
        rings[at + BASE] = allot(rings[at + SIZE]);
        for (Lane lane : lanes) {
            lane.putRange(rings[at + BASE], lane, old, rings[at + COUNT]);
        }
        if (size > 0) {
            release(old, size);
        }
    }

    private int allot(int size) {
        int kind = kind(size);
        if (freed[kind] > 0) {
            return free[kind][--freed[kind]];
        }
        int base = top;
        top = Math.addExact(top, size);
        if (room < top) {
            room = Lane.grown(room, top);
            for (Lane lane : lanes) {
                lane.resize(room);
            }
            if (marksWriters) {
                writers = Arrays.copyOf(writers, room);
            }
        }
        return base;
    }

    private void release(int base, int size) {
        int kind = kind(size);
        if (freed[kind] == free[kind].length) {
            free[kind] = Arrays.copyOf(free[kind], Lane.grown(freed[kind], freed[kind] + 1));
        }
        free[kind][freed[kind]++] = base;
    }

    /** Rings of n slots are one kind, those of each power of two another. */
    private int kind(int size) {
        return size == n ? 32 : Integer.numberOfTrailingZeros(size);
    }

    /** Puts the rows of the chunk into their slots. */
    void store(Lane[] columns) {
        plainSlots();
        for (int i = 0; marksWriters && i < taken; i++) {
            writers[plain[i]] = 0;
        }
        for (int column = 0; column < lanes.length; column++) {
            lanes[column].put(plain, columns[column], rows, taken);
            lanes[column].compact();
        }
        taken = 0;
    }

    /** Puts the rows of a batch from {@code from} on into the full ring of key 0, each in the place of the oldest. */
    void storeRun(Lane[] columns, int from, int to) {
        int row = Math.max(from, to - n);
        int head = (rings[HEAD] + (row - from) % n) % n;
        while (row < to) {
            int count = Math.min(to - row, n - head);
            for (int column = 0; column < lanes.length; column++) {
                lanes[column].putRange(rings[BASE] + head, columns[column], row, count);
            }
            row += count;
            head = head + count == n ? 0 : head + count;
        }
        rings[HEAD] = head;
        for (Lane lane : lanes) {
            lane.compact();
        }
    }

    void free(int id) {
        int at = id * FIELDS;
        if (rings[at + SIZE] > 0) {
            release(rings[at + BASE], rings[at + SIZE]);
        }
        Arrays.fill(rings, at, at + FIELDS, 0);
    }

    long bytes() {
        long bytes = 4L * (writers.length + rings.length + chunkRows.length + 4 * CHUNK);
        for (int column = 0; column < lanes.length; column++) {
            bytes += lanes[column].memory() + olds[column].memory();
        }
        return bytes;
    }

    /** Writes the rows of the listed keys, the oldest first. */
    void write(int[] listed, int keys, StateOut out) throws IOException {
        for (int i = 0; i < keys; i++) {
            int id = listed[i];
            int count = count(id);
            out.i32(count);
            int[] order = new int[count];
            int slot = oldest(id);
            for (int row = 0; row < count; row++) {
                order[row] = slot;
                slot = count == n ? next(id, slot) : slot + 1;
            }
            for (Lane lane : lanes) {
                Lane column = lane.fresh();
                lane.gather(order, count, column);
                LaneBytes.write(column, out);
            }
        }
    }

    /** Reads the rows of the keys 0 to {@code keys - 1} into an empty store. */
    void read(int keys, StateIn in) throws IOException {
        ensureKeys(keys);
        Lane[] columns = new Lane[lanes.length];
        for (int id = 0; id < keys; id++) {
            int count = in.size();
            if (count > n) {
                throw new IOException("state holds " + count + " rows of a key that keeps " + n);
            }
            for (int column = 0; column < lanes.length; column++) {
                columns[column] = lanes[column].fresh();
                LaneBytes.read(columns[column], count, in);
            }
            int[] same = new int[count];
            Arrays.fill(same, id);
            for (int from = 0; from < count; ) {
                from = take(same, from, count);
                store(columns);
            }
        }
    }
}
