package io.streamz.aggregations;

import java.util.Arrays;

/**
 * Long keys to dense ids: an array over the range of the keys while that is short against their number, else open addressing
 * with key and id side by side, so that a key costs one cache miss. A freed key's place is closed up by moving later ones forward
 * (Knuth, The Art of Computer Programming 3, 6.4, algorithm R), so there are no tombstones.
 */
final class LongKeys extends KeyIndex {
    private static final int SHORT_RANGE = 1 << 16;

    private final boolean ranged;
    private long[] keys = {};

    /** Id + 1 by key - base while {@link #slots} is null. */
    private int[] range = {};

    private long base;

    /** Key and id + 1 by turns; 0 where there is none. */
    private long[] slots;

    private int shift;

    /** More keys do not fit into the slots. */
    private int limit;

    /** What {@link #touch} has read, so that no compiler may leave the reading out. */
    @SuppressWarnings("unused") // nobody needs the value
    private long touched;

    LongKeys(boolean dropNulls, boolean ranged) {
        super(dropNulls);
        this.ranged = ranged;
        if (!ranged) {
            moveToSlots();
        }
    }

    @Override
    void lookup(Lane lane, int from, int to, int[] out) {
        lookup(((LongLane) lane).values(), from, to, out);
    }

    void lookup(long[] wanted, int from, int to, int[] out) {
        int row = from;
        while (row < to) {
            int end = to;
            if (slots != null && Hash.isFar(slots.length / 2)) {
                end = Math.min(to, row + Hash.BLOCK);
                touch(wanted, row, end);
            }
            while (row < end) {
                row = slots == null ? lookupInRange(wanted, row, end, out) : lookupInSlots(wanted, row, end, out);
                if (row < end) {
                    out[row] = insert(wanted[row]);
                    row++;
                }
            }
        }
    }

    /**
     * Reads where each key's search starts. These reads depend on nothing, so the cache misses overlap; in the search itself
     * each one would hold up the guess whether the first slot is the right one.
     */
    private void touch(long[] wanted, int from, int to) {
        long[] table = slots;
        int bits = shift;
        long sum = 0;
        for (int row = from; row < to; row++) {
            sum += table[(int) (Hash.of(wanted[row]) >>> bits) << 1];
        }
        touched = sum;
    }

    /** Stops at the first key that is not there. */
    private int lookupInRange(long[] wanted, int from, int to, int[] out) {
        int[] table = range;
        long start = base;
        for (int row = from; row < to; row++) {
            long at = wanted[row] - start;
            int place = (int) at;
            if (place != at || place < 0 || place >= table.length) {
                return row;
            }
            int id = table[place] - 1;
            if (id < 0) {
                return row;
            }
            out[row] = id;
        }
        return to;
    }

    /** Stops at the first key that has no room. */
    private int lookupInSlots(long[] wanted, int from, int to, int[] out) {
        long[] table = slots;
        int mask = table.length - 1;
        int bits = shift;
        for (int row = from; row < to; row++) {
            long key = wanted[row];
            int at = (int) (Hash.of(key) >>> bits) << 1;
            long found = table[at + 1];
            while (table[at] != key && found != 0) {
                at = at + 2 & mask;
                found = table[at + 1];
            }
            if (found == 0) {
                if (ids.live() >= limit) {
                    return row;
                }
                found = newId(key) + 1L;
                table[at] = key;
                table[at + 1] = found;
            }
            out[row] = (int) found - 1;
        }
        return to;
    }

    private int insert(long key) {
        if (slots != null) {
            grow();
        }
        int id = newId(key);
        if (slots == null && !insertInRange(key, id)) {
            moveToSlots();
        } else if (slots != null) {
            put(key, id);
        }
        return id;
    }

    private int newId(long key) {
        int id = ids.allot();
        ensure(id);
        keys[id] = key;
        return id;
    }

    @Override
    void ensure(int id) {
        if (id >= keys.length) {
            keys = Arrays.copyOf(keys, Lane.grown(keys.length, id + 1));
        }
    }

    /** False where the range would be too long for the keys in it. */
    private boolean insertInRange(long key, int id) {
        if (range.length == 0) {
            base = key;
        }
        long at = key - base;
        if (at < 0 || at >= range.length) {
            long low = Math.min(base, key);
            long end = base + range.length;
            long length = Math.max(end, key + 1) - low;
            if (end < base || key == Long.MAX_VALUE || length <= 0 || length > Math.max(SHORT_RANGE, 4L * ids.live())) {
                return false;
            }
            stretch(low, (int) length);
            at = key - base;
        }
        range[(int) at] = id + 1;
        return true;
    }

    /** Grows the range on the side it is short of, by half of its length so that a run of keys costs little. */
    private void stretch(long low, int length) {
        int spare = length / 2;
        long start = low < base && low > Long.MIN_VALUE + spare ? low - spare : low;
        int[] wider = new int[length + spare];
        System.arraycopy(range, 0, wider, (int) (base - start), range.length);
        range = wider;
        base = start;
    }

    /** Makes room for more keys: an array where their range is short by now, else more slots. */
    private void grow() {
        if (ranged && moveToRange(4L * ids.live())) {
            return;
        }
        long[] full = slots;
        makeSlots();
        for (int at = 0; at < full.length; at += 2) { // by hash, and so in one pass through the new slots too
            if (full[at + 1] != 0) {
                put(full[at], (int) full[at + 1] - 1);
            }
        }
    }

    private void makeSlots() {
        int count = Hash.slotsFor(ids.live());
        slots = new long[Math.multiplyExact(count, 2)];
        shift = Hash.shift(count);
        limit = Hash.limit(count);
    }

    /** Gives a live id another key; {@link #reindex} has to follow when all have theirs. */
    void rekey(int id, long key) {
        keys[id] = key;
    }

    /** Puts all keys into a table that suits them, as if they had come just now. */
    void reindex() {
        if (ranged && ids.live() == 0) {
            slots = null;
            range = new int[0];
        } else if (!ranged || !moveToRange(Math.max(SHORT_RANGE, 4L * ids.live()))) {
            moveToSlots();
        }
    }

    private void moveToSlots() {
        makeSlots();
        range = new int[0];
        for (int place = 0; place < ids.logged(); place++) {
            int id = ids.logged(place);
            if (id >= 0 && !isNullKey(id)) {
                put(keys[id], id);
            }
        }
    }

    /** False where the range of the keys is longer than that. */
    private boolean moveToRange(long longest) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int place = 0; place < ids.logged(); place++) {
            int id = ids.logged(place);
            if (id >= 0 && !isNullKey(id)) {
                low = Math.min(low, keys[id]);
                high = Math.max(high, keys[id]);
            }
        }
        long length = high - low + 1;
        if (length <= 0 || length > Math.min(Integer.MAX_VALUE / 2, longest)) {
            return false;
        }
        slots = null;
        base = low;
        range = new int[(int) length];
        for (int place = 0; place < ids.logged(); place++) {
            int id = ids.logged(place);
            if (id >= 0 && !isNullKey(id)) {
                range[(int) (keys[id] - low)] = id + 1;
            }
        }
        return true;
    }

    private void put(long key, int id) {
        int mask = slots.length - 1;
        int at = (int) (Hash.of(key) >>> shift) << 1;
        while (slots[at + 1] != 0) {
            at = at + 2 & mask;
        }
        slots[at] = key;
        slots[at + 1] = id + 1L;
    }

    long key(int id) {
        return keys[id];
    }

    /** The keys of the listed ids, from a place of {@code out} on; of one that is the null key whatever. */
    void keys(int[] listed, int count, long[] out, int to) {
        long[] known = keys;
        for (int i = 0; i < count; i++) {
            out[to + i] = known[listed[i]];
        }
    }

    @Override
    void remove(int id) {
        if (slots == null) {
            range[(int) (keys[id] - base)] = 0;
            return;
        }
        int mask = slots.length - 1;
        int at = (int) (Hash.of(keys[id]) >>> shift) << 1;
        while (slots[at + 1] != id + 1) {
            at = at + 2 & mask;
        }
        closeUp(at, mask);
    }

    /** Moves later keys of the same run into the gap, each no further forward than where its search starts. */
    private void closeUp(int emptied, int mask) {
        int gap = emptied;
        int at = gap;
        while (true) {
            at = at + 2 & mask;
            if (slots[at + 1] == 0) {
                slots[gap + 1] = 0;
                return;
            }
            int home = (int) (Hash.of(slots[at]) >>> shift) << 1;
            if ((at - home & mask) >= (at - gap & mask)) {
                slots[gap] = slots[at];
                slots[gap + 1] = slots[at + 1];
                gap = at;
            }
        }
    }

    @Override
    long bytes() {
        return commonBytes() + 8L * keys.length + 4L * range.length + (slots == null ? 0 : 8L * slots.length);
    }
}
