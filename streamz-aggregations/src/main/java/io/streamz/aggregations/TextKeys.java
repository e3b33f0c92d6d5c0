package io.streamz.aggregations;

import java.util.Arrays;

/**
 * Byte string keys to dense ids. A slot is two longs: a word and length | id + 1. The word of a key of up to 8 bytes is the key
 * itself, of a longer one its hash; so a short key is found with one cache miss, a long one with a second, into the arena where
 * each key was copied once.
 */
final class TextKeys extends KeyIndex {
    private byte[] arena = {};
    private int used;
    private int dead;
    private int[] starts = {};
    private int[] lengths = {};
    private long[] slots = Hash.slotsFor(0);
    private int shift = Hash.shift(slots);

    TextKeys(boolean dropNulls) {
        super(dropNulls);
    }

    @Override
    void lookup(Lane lane, int from, int to, int[] out) {
        TextLane text = (TextLane) lane;
        int row = from;
        while (row < to) {
            row = lookupKnown(text, row, to, out);
            if (row < to) {
                out[row] = insert(text.bytes(), text.starts()[row], text.lengths()[row]);
                row++;
            }
        }
    }

    /** Stops at the first key that is not there. */
    private int lookupKnown(TextLane text, int from, int to, int[] out) {
        byte[] bytes = text.bytes();
        int[] rowStarts = text.starts();
        int[] rowLengths = text.lengths();
        long[] table = slots;
        int mask = table.length - 1;
        int bits = shift;
        for (int row = from; row < to; row++) {
            int start = rowStarts[row];
            int length = rowLengths[row];
            long word = word(bytes, start, length);
            int at = (int) (mix(word, length) >>> bits) << 1;
            long found = table[at + 1];
            while (found != 0 && !matches(table[at], found, word, bytes, start, length)) {
                at = at + 2 & mask;
                found = table[at + 1];
            }
            if (found == 0) {
                return row;
            }
            out[row] = (int) found - 1;
        }
        return to;
    }

    private boolean matches(long slotWord, long found, long word, byte[] bytes, int start, int length) {
        return slotWord == word
                && (int) (found >>> 32) == length
                && (length <= 8 || same(starts[(int) found - 1], bytes, start, length));
    }

    private boolean same(int own, byte[] bytes, int start, int length) {
        return Arrays.equals(arena, own, own + length, bytes, start, start + length);
    }

    /** Up to 8 bytes as they are, little-endian, or a hash of more. */
    private static long word(byte[] bytes, int start, int length) {
        if (length > 8) {
            return hash(bytes, start, length);
        }
        if (start + 8 <= bytes.length) {
            long word = (long) StateOut.LONGS.get(bytes, start);
            return length == 8 ? word : word & (1L << 8 * length) - 1;
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = word << 8 | bytes[start + i] & 0xff;
        }
        return word;
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

    private static long mix(long word, int length) {
        return Hash.of(word + length);
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
        if (Hash.isFull(ids.live(), slots)) {
            rebuild();
        } else {
            put(id);
        }
        return id;
    }

    @Override
    void ensure(int id) {
        if (id >= starts.length) {
            starts = Arrays.copyOf(starts, Lane.grown(starts.length, id + 1));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
    }

    private void rebuild() {
        slots = Hash.slotsFor(ids.live());
        shift = Hash.shift(slots);
        for (int place = 0; place < ids.logged(); place++) {
            int id = ids.logged(place);
            if (id >= 0 && !isNullKey(id)) {
                put(id);
            }
        }
    }

    private void put(int id) {
        int mask = slots.length - 1;
        long word = word(arena, starts[id], lengths[id]);
        int at = (int) (mix(word, lengths[id]) >>> shift) << 1;
        while (slots[at + 1] != 0) {
            at = at + 2 & mask;
        }
        slots[at] = word;
        slots[at + 1] = (long) lengths[id] << 32 | id + 1;
    }

    void write(int id, TextLane out, int row) {
        out.set(row, arena, starts[id], lengths[id]);
    }

    @Override
    void remove(int id) {
        int mask = slots.length - 1;
        long word = word(arena, starts[id], lengths[id]);
        int at = (int) (mix(word, lengths[id]) >>> shift) << 1;
        while ((int) slots[at + 1] != id + 1) {
            at = at + 2 & mask;
        }
        closeUp(at, mask);
        dead += lengths[id];
        lengths[id] = 0;
        if (dead > 4096 && dead > used / 2) {
            compact();
        }
    }

    /** As in {@link LongKeys}. */
    private void closeUp(int emptied, int mask) {
        int gap = emptied;
        int at = gap;
        while (true) {
            at = at + 2 & mask;
            if (slots[at + 1] == 0) {
                slots[gap + 1] = 0;
                return;
            }
            int home = (int) (mix(slots[at], (int) (slots[at + 1] >>> 32)) >>> shift) << 1;
            if ((at - home & mask) >= (at - gap & mask)) {
                slots[gap] = slots[at];
                slots[gap + 1] = slots[at + 1];
                gap = at;
            }
        }
    }

    /** Copies the living keys into a new arena. */
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
    }

    @Override
    long bytes() {
        return commonBytes() + arena.length + 4L * (starts.length + lengths.length) + 8L * slots.length;
    }
}
