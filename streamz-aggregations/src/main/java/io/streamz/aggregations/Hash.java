package io.streamz.aggregations;

import java.util.SplittableRandom;

/**
 * What the key tables share: slots of two longs, open addressing by linear probing, and multiplicative hashing, which is universal for a
 * random odd factor (Dietzfelbinger et al. 1997). The factor is drawn once a process, so that nobody can prepare keys
 * that collide; no answer, order or state byte depends on it.
 */
final class Hash {
    private static final int LEAST_SLOTS = 64;

    /** Tables up to this many slots stay in the nearer caches and are kept emptier, for fewer mispredicted branches. */
    private static final int SMALL = 1 << 14;

    /** How many keys are looked up together in a far table: enough for their cache misses to overlap. */
    static final int BLOCK = 128;

    private static final long FACTOR = new SplittableRandom().nextLong() | 1;

    private Hash() {}

    /** The hash of a word; its upper bits are the good ones. */
    static long of(long word) {
        return (word ^ word >>> 32) * FACTOR;
    }

    /** The hash of more words, one after the other. */
    static long step(long hash, long word) {
        long product = (hash ^ word) * FACTOR;
        return product ^ product >>> 32;
    }

    /** Whether slots lie beyond the nearer caches, so that reading one is a miss. */
    static boolean isFar(long[] slots) {
        return slots != null && slots.length > 2 * SMALL;
    }

    /** Whether a table has too many keys. */
    static boolean isFull(int keys, long[] slots) {
        int count = slots.length / 2;
        return keys > (count <= SMALL ? count / 4 : count / 8 * 5);
    }

    /** A table that has room for half as many keys again. */
    static long[] slotsFor(int keys) {
        long[] slots = new long[2 * LEAST_SLOTS];
        while (isFull(keys + keys / 2, slots)) {
            slots = new long[2 * slots.length];
        }
        return slots;
    }

    /** How far a hash is shifted to address a slot. */
    static int shift(long[] slots) {
        return Long.numberOfLeadingZeros(slots.length / 2) + 1;
    }
}
