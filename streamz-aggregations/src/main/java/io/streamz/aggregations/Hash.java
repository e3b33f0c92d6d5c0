package io.streamz.aggregations;

import java.util.SplittableRandom;

/**
 * What the key tables share: slots of some longs, open addressing by linear probing, and multiplicative hashing, which is universal for a
 * random odd factor (Dietzfelbinger et al. 1997). The factor is drawn once a process, so that nobody can prepare keys
 * that collide; no answer, order or state byte depends on it.
 */
final class Hash {
    private static final int LEAST_SLOTS = 64;

    /** Tables up to this many slots stay in the nearer caches and are kept emptier, for fewer mispredicted branches. */
    private static final int SMALL = 1 << 14;

    private static final int MIDDLE = 1 << 15;

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

    /** Whether so many slots lie beyond the nearer caches, so that reading one is a miss. */
    static boolean isFar(int count) {
        return count > MIDDLE;
    }

    /** How many keys a table of so many slots may have. */
    static int limit(int count) {
        return count <= SMALL ? count / 8 : count <= MIDDLE ? count / 4 : count / 8 * 5;
    }

    /** Whether a table of so many slots has too many keys. */
    static boolean isFull(int keys, int count) {
        return keys > limit(count);
    }

    /** The number of slots, a power of two, that has room for half as many keys again. */
    static int slotsFor(int keys) {
        int count = LEAST_SLOTS;
        while (isFull(keys + keys / 2, count)) {
            count = Math.multiplyExact(count, 2);
        }
        return count;
    }

    /** How far a hash is shifted to address one of so many slots. */
    static int shift(int count) {
        return Long.numberOfLeadingZeros(count) + 1;
    }
}
