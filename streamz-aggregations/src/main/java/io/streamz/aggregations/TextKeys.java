package io.streamz.aggregations;

import java.util.Arrays;

/**
 * Byte string keys to dense ids. A slot is three longs: two words, and length | id + 1. The words of a key of up to 16 bytes are its first and its last
 * eight, so that one cache miss finds it and nothing else need be compared; those of a longer key are a hash and its place in the arena, where each key was
 * copied once.
 *
 * <p>Rows of a dictionary are looked up once an entry: then the number of the entry finds the id.
 */
final class TextKeys extends KeyIndex {
    private static final int WIDTH = 3;
    private static final int TAG = 2;
    private static final int IN_SLOT = 2 * Long.BYTES;

    private byte[] arena = {};
    private int used;
    private int dead;
    private int[] starts = {};
    private int[] lengths = {};
    private long[] slots;
    private int shift;

    /** The bytes of the dictionary whose entries have the ids {@link #idOfEntry}; null where none is known. */
    private byte[] dictionary;

    private int[] idOfEntry = {};

    /** What the rows of a block are looked up by. */
    private final long[] firsts = new long[Hash.BLOCK];

    private final long[] seconds = new long[Hash.BLOCK];
    private final int[] homes = new int[Hash.BLOCK];

    /** What {@link #prepare} has read, so that no compiler may leave the reading out. */
    @SuppressWarnings("unused") // nobody needs the value
    private long touched;

    TextKeys(boolean dropNulls) {
        super(dropNulls);
        makeSlots();
    }

    @Override
    void lookup(Lane lane, int from, int to, int[] out) {
        TextLane text = (TextLane) lane;
        if (text.entries() > 0) {
            lookupEntries(text, from, to, out);
            return;
        }
        int row = from;
        while (row < to) {
            row = Hash.isFar(slots.length / WIDTH)
                    ? lookupFar(text, row, Math.min(to, row + Hash.BLOCK), out)
                    : lookupNear(text, row, to, out);
        }
    }

    private void lookupEntries(TextLane text, int from, int to, int[] out) {
        if (dictionary != text.bytes()) {
            dictionary = text.bytes();
            idOfEntry = idOfEntry.length < text.entries() ? new int[text.entries()] : idOfEntry;
            Arrays.fill(idOfEntry, NONE);
        }
        int[] codes = text.codes();
        int[] known = idOfEntry;
        for (int row = from; row < to; row++) {
            int id = known[codes[row]];
            if (id < 0) {
                id = idOf(text, row);
                known[codes[row]] = id;
            }
            out[row] = id;
        }
    }

    private int idOf(TextLane text, int row) {
        int start = text.starts()[row];
        int length = text.lengths()[row];
        long first = first(text.bytes(), start, length);
        long second = second(text.bytes(), start, length);
        int id = find(home(first, second, length, shift), first, second, text.bytes(), start, length);
        return id < 0 ? insert(text.bytes(), start, length) : id;
    }

    /** Stops behind a new key. */
    private int lookupNear(TextLane text, int from, int to, int[] out) {
        byte[] bytes = text.bytes();
        int[] rowStarts = text.starts();
        int[] rowLengths = text.lengths();
        for (int row = from; row < to; row++) {
            int start = rowStarts[row];
            int length = rowLengths[row];
            if (length > 0 && length < 8 && start + 8 <= bytes.length) {
                int near = atHome(first(bytes, start, length), length);
                if (near >= 0) {
                    out[row] = near;
                    continue;
                }
            }
            long first = first(bytes, start, length);
            long second = second(bytes, start, length);
            int id = find(home(first, second, length, shift), first, second, bytes, start, length);
            if (id < 0) {
                out[row] = insert(bytes, start, length);
                return row + 1;
            }
            out[row] = id;
        }
        return to;
    }

    /** First the words and slots of all rows, whose cache misses overlap, as in {@link LongKeys}. */
    private int lookupFar(TextLane text, int from, int to, int[] out) {
        byte[] bytes = text.bytes();
        prepare(text, from, to);
        int bits = shift;
        for (int row = from; row < to; row++) {
            int start = text.starts()[row];
            int length = text.lengths()[row];
            int i = row - from;
            int home = bits == shift ? homes[i] : home(firsts[i], seconds[i], length, shift);
            int id = find(home, firsts[i], seconds[i], bytes, start, length);
            out[row] = id < 0 ? insert(bytes, start, length) : id;
        }
        return to;
    }

    private void prepare(TextLane text, int from, int to) {
        byte[] bytes = text.bytes();
        int[] rowStarts = text.starts();
        int[] rowLengths = text.lengths();
        int bits = shift;
        for (int row = from; row < to; row++) {
            int start = rowStarts[row];
            int length = rowLengths[row];
            long first = first(bytes, start, length);
            long second = second(bytes, start, length);
            firsts[row - from] = first;
            seconds[row - from] = second;
            homes[row - from] = home(first, second, length, bits);
        }
        touch(to - from);
    }

    /** A loop of nothing but reads, so that as many misses as there can be are waited for at a time. */
    private void touch(int count) {
        long[] table = slots;
        int[] at = homes;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int slot = WIDTH * at[i];
            sum += table[slot] + table[slot + TAG]; // a third of the slots lie across two cache lines
        }
        touched = sum;
    }

    /** The id of a key of one to seven bytes that stands in its first slot, as most do, else {@link #NONE}. */
    private int atHome(long word, int length) {
        int at = WIDTH * home(word, 0, length, shift);
        long tag = slots[at + TAG];
        return slots[at] == word && (int) (tag >>> 32) == length ? (int) tag - 1 : NONE;
    }

    /** The id of a key that is there, else {@link #NONE}. */
    private int find(int home, long first, long second, byte[] bytes, int start, int length) {
        long[] table = slots;
        int at = WIDTH * home;
        for (long tag = table[at + TAG]; tag != 0; tag = table[at + TAG]) {
            if (table[at] == first
                    && (int) (tag >>> 32) == length
                    && (length <= IN_SLOT
                            ? table[at + 1] == second
                            : same((int) table[at + 1], bytes, start, length))) {
                return (int) tag - 1;
            }
            at = at + WIDTH == table.length ? 0 : at + WIDTH;
        }
        return NONE;
    }

    private boolean same(int own, byte[] bytes, int start, int length) {
        return Arrays.equals(arena, own, own + length, bytes, start, start + length);
    }

    /** The first 8 bytes or all, little-endian; of more than 16 a hash. */
    private static long first(byte[] bytes, int start, int length) {
        if (length >= 8) {
            return length <= IN_SLOT ? (long) StateOut.LONGS.get(bytes, start) : hash(bytes, start, length);
        }
        if (start + 8 <= bytes.length) {
            return (long) StateOut.LONGS.get(bytes, start) & (1L << 8 * length) - 1;
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = word << 8 | bytes[start + i] & 0xff;
        }
        return word;
    }

    /** The last 8 bytes where there are as many, but no more than 16. */
    private static long second(byte[] bytes, int start, int length) {
        return length < 8 || length > IN_SLOT ? 0 : (long) StateOut.LONGS.get(bytes, start + length - 8);
    }

    /** Eight bytes at a time, the last eight overlapping those before. */
    private static long hash(byte[] bytes, int start, int length) {
        long hash = length;
        int last = start + length - 8;
        for (int at = start; at < last; at += 8) {
            hash = Hash.step(hash, (long) StateOut.LONGS.get(bytes, at));
        }
        return Hash.step(hash, (long) StateOut.LONGS.get(bytes, last));
    }

    private static int home(long first, long second, int length, int shift) {
        long hash = length > 8 && length <= IN_SLOT ? Hash.step(first, second) + length : first + length;
        return (int) (Hash.of(hash) >>> shift);
    }

    /** Where the search for a key in the arena starts. */
    private int home(int id) {
        int start = starts[id];
        int length = lengths[id];
        return home(first(arena, start, length), second(arena, start, length), length, shift);
    }

    private int insert(byte[] bytes, int start, int length) {
        int id = ids.allot();
        ensure(id);
        if (arena.length - used < length) {
            arena = Arrays.copyOf(arena, Lane.grown(arena.length, Math.addExact(used, length)));
        }
        System.arraycopy(bytes, start, arena, used, length);
        starts[id] = used;
        lengths[id] = length;
        used += length;
        if (Hash.isFull(ids.live(), slots.length / WIDTH)) {
            grow();
        }
        put(id);
        return id;
    }

    @Override
    void ensure(int id) {
        if (id >= starts.length) {
            starts = Arrays.copyOf(starts, Lane.grown(starts.length, id + 1));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
    }

    /** Through old and new slots in one pass, as in {@link LongKeys}. */
    private void grow() {
        long[] full = slots;
        makeSlots();
        for (int at = 0; at < full.length; at += WIDTH) {
            if (full[at + TAG] != 0) {
                put(full[at], full[at + 1], full[at + TAG]);
            }
        }
    }

    private void makeSlots() {
        int count = Hash.slotsFor(ids.live());
        slots = new long[Math.multiplyExact(count, WIDTH)];
        shift = Hash.shift(count);
    }

    private void put(int id) {
        int start = starts[id];
        int length = lengths[id];
        long second = length <= IN_SLOT ? second(arena, start, length) : start;
        put(first(arena, start, length), second, (long) length << 32 | id + 1);
    }

    private void put(long first, long second, long tag) {
        int at = WIDTH * home(first, second, (int) (tag >>> 32), shift);
        while (slots[at + TAG] != 0) {
            at = at + WIDTH == slots.length ? 0 : at + WIDTH;
        }
        slots[at] = first;
        slots[at + 1] = second;
        slots[at + TAG] = tag;
    }

    /**
     * Empties a lane that is to have so many keys. Where they may be most of all there are, it shares their bytes, which are never
     * written again, and keeps no more memory than copies would.
     */
    void begin(TextLane out, int count) {
        if (2L * count >= ids.live()) {
            out.share(arena);
        } else {
            out.clearBytes();
        }
    }

    /** Sets rows of a lane from {@code to} on to the keys of so many ids. */
    void write(int[] listed, int count, TextLane out, int to) {
        if (out.bytes() != arena) {
            for (int i = 0; i < count; i++) {
                int id = listed[i];
                if (!isNullKey(id)) {
                    out.set(to + i, arena, starts[id], lengths[id]);
                }
            }
            return;
        }
        int[] rowStarts = out.starts();
        int[] rowLengths = out.lengths();
        for (int i = 0; i < count; i++) {
            rowStarts[to + i] = starts[listed[i]];
            rowLengths[to + i] = lengths[listed[i]];
        }
    }

    @Override
    void remove(int id) {
        dictionary = null;
        int slot = home(id);
        int mask = slots.length / WIDTH - 1;
        while ((int) slots[WIDTH * slot + TAG] != id + 1) {
            slot = slot + 1 & mask;
        }
        closeUp(slot, mask);
        dead += lengths[id];
        starts[id] = 0;
        lengths[id] = 0;
        if (dead > 4096 && dead > used / 2) {
            compact();
        }
    }

    /** As in {@link LongKeys}. */
    private void closeUp(int emptied, int mask) {
        int gap = emptied;
        int slot = gap;
        while (true) {
            slot = slot + 1 & mask;
            long tag = slots[WIDTH * slot + TAG];
            if (tag == 0) {
                slots[WIDTH * gap + TAG] = 0;
                return;
            }
            int home = home(slots[WIDTH * slot], slots[WIDTH * slot + 1], (int) (tag >>> 32), shift);
            if ((slot - home & mask) >= (slot - gap & mask)) {
                System.arraycopy(slots, WIDTH * slot, slots, WIDTH * gap, WIDTH);
                gap = slot;
            }
        }
    }

    /** Copies the living keys into a new arena, to which the slots then point. */
    private void compact() {
        byte[] compacted = new byte[used - dead];
        int end = 0;
        for (int place = 0; place < ids.logged(); place++) {
            int id = ids.logged(place);
            if (id >= 0 && !isNullKey(id)) {
                System.arraycopy(arena, starts[id], compacted, end, lengths[id]);
                starts[id] = end;
                end += lengths[id];
            }
        }
        arena = compacted;
        used = end;
        dead = 0;
        Arrays.fill(slots, 0);
        for (int place = 0; place < ids.logged(); place++) {
            int id = ids.logged(place);
            if (id >= 0 && !isNullKey(id)) {
                put(id);
            }
        }
    }

    @Override
    long bytes() {
        return commonBytes()
                + arena.length
                + 4L * (starts.length + lengths.length + idOfEntry.length)
                + 8L * slots.length
                + (2L * Long.BYTES + Integer.BYTES) * Hash.BLOCK;
    }
}
