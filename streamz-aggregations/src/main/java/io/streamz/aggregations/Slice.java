package io.streamz.aggregations;

import java.util.Arrays;

/** The keys with rows in one slice of event time, in the order of their first rows there, and the state of each. Used again and again. */
final class Slice {
    private static final int SMALLEST = 8;

    long start;
    long end;
    int count;
    int[] keys = new int[SMALLEST];
    int[] states = new int[SMALLEST];
    long[] firsts = new long[SMALLEST];

    /** The last row of each key, counted over all rows. */
    long[] lasts = new long[SMALLEST];

    /** Whether sums of several slices hold this one as it is. */
    boolean isSummed;

    /** Whether keys have rows here that came before those of earlier slices that are in here, too. */
    boolean isTangled;

    /** The sum of this slice and the ones behind it in its block; null or empty where it is not known. */
    Slice suffix;

    private int[] table = new int[2 * SMALLEST];

    void begin(long from, long to) {
        start = from;
        end = to;
        count = 0;
        isTangled = false;
        isSummed = true;
        Arrays.fill(table, 0);
    }

    /** The place of a key, or -1. */
    int find(int key) {
        int mask = table.length - 1;
        for (int at = hash(key) & mask; table[at] != 0; at = at + 1 & mask) {
            if (keys[table[at] - 1] == key) {
                return table[at] - 1;
            }
        }
        return -1;
    }

    /** Gives a new key a place. */
    int add(int key, int state, long first) {
        if (count == keys.length) {
            grow();
        }
        keys[count] = key;
        states[count] = state;
        firsts[count] = first;
        lasts[count] = first;
        enter(count);
        return count++;
    }

    private void enter(int place) {
        int mask = table.length - 1;
        int at = hash(keys[place]) & mask;
        while (table[at] != 0) {
            at = at + 1 & mask;
        }
        table[at] = place + 1;
    }

    private void grow() {
        int grown = 2 * count;
        keys = Arrays.copyOf(keys, grown);
        states = Arrays.copyOf(states, grown);
        firsts = Arrays.copyOf(firsts, grown);
        lasts = Arrays.copyOf(lasts, grown);
        table = new int[2 * grown];
        for (int place = 0; place < count; place++) {
            enter(place);
        }
    }

    /** Puts the keys in the order of their first rows. */
    void sort() {
        for (int root = count / 2 - 1; root >= 0; root--) {
            sift(root, count);
        }
        for (int last = count - 1; last > 0; last--) {
            swap(0, last);
            sift(0, last);
        }
        Arrays.fill(table, 0);
        for (int place = 0; place < count; place++) {
            enter(place);
        }
    }

    private void sift(int from, int end) {
        int root = from;
        while (2 * root + 1 < end) {
            int child = 2 * root + 1;
            if (child + 1 < end && firsts[child + 1] > firsts[child]) {
                child++;
            }
            if (firsts[root] >= firsts[child]) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private void swap(int a, int b) {
        int key = keys[a];
        keys[a] = keys[b];
        keys[b] = key;
        int state = states[a];
        states[a] = states[b];
        states[b] = state;
        long first = firsts[a];
        firsts[a] = firsts[b];
        firsts[b] = first;
        long last = lasts[a];
        lasts[a] = lasts[b];
        lasts[b] = last;
    }

    private static int hash(int key) {
        int mixed = key * 0x9e3779b9;
        return mixed ^ mixed >>> 15;
    }

    long bytes() {
        return 24L * keys.length + 4L * table.length + 80 + (suffix == null ? 0 : suffix.bytes());
    }
}
