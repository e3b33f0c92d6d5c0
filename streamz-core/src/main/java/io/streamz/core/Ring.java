package io.streamz.core;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The queue between two segments. One thread at a time puts (the lock of the segment above sees to that) and one thread takes;
 * they share two indices and no lock. Each item has its ack and, where bytes are counted, its size beside it.
 *
 * <p>Items between {@code head} and {@code tail} are in the queue. The taker moves {@code head} on; so does the putter when it
 * throws away the oldest, and then the two compete for each item with a compare-and-set. A taker that has lost has read slots
 * that may have been overwritten, and forgets them.
 *
 * <p>A taker that has found nothing looks away for about a microsecond, so that items gather: to look for each item as it
 * comes costs both threads a cache miss an item.
 *
 * <p>The taker sleeps while there is nothing. It says so before it looks for the last time, and the putter looks for sleepers
 * after it has put: one of the two sees the other.
 */
final class Ring {
    private static final int HEAD = 16; // far apart: each has a cache line of its own
    private static final int TAIL = 32;
    private static final int LOOKS = 4;
    private static final int SPINS = 32;

    /** Slots above the capacity, for signals, which are not counted. */
    private static final int SPARE = 8;

    private final AtomicReferenceArray<Object> items;
    private final AtomicReferenceArray<Ack> acks;
    private final long[] sizes;
    private final AtomicLongArray indices = new AtomicLongArray(48);
    private final int mask;
    private final int capacity;
    private final boolean contended;
    private long headSeen; // by the putter
    private long tailSeen; // by the taker
    private volatile Thread sleeper;
    private volatile boolean closed;

    /**
     * A ring for {@code capacity} items.
     *
     * @param contended whether the putter may throw away what is in it
     */
    Ring(int capacity, boolean contended) {
        this.capacity = capacity;
        this.contended = contended;
        int length = Integer.highestOneBit((capacity + SPARE) * 2 - 1);
        mask = length - 1;
        items = new AtomicReferenceArray<>(length);
        acks = new AtomicReferenceArray<>(length);
        sizes = new long[length];
    }

    // The putter's side.

    boolean isFull() {
        long tail = indices.getPlain(TAIL);
        if (tail - headSeen < capacity) {
            return false;
        }
        headSeen = indices.getAcquire(HEAD);
        return tail - headSeen >= capacity;
    }

    /** As {@link #isFull}, for any thread; the answer may be a moment old. */
    boolean looksFull() {
        return indices.get(TAIL) - indices.get(HEAD) >= capacity;
    }

    /** Whether a signal finds a slot. */
    boolean hasSlot() {
        return indices.getPlain(TAIL) - indices.getAcquire(HEAD) <= mask;
    }

    /** Puts an item in; there must be a slot. */
    void put(Object item, Ack ack, long size) {
        long tail = indices.getPlain(TAIL);
        int slot = (int) tail & mask;
        items.setPlain(slot, item);
        // Mostly these two stay as they are; then their cache lines stay with both threads.
        if (acks.getPlain(slot) != ack) {
            acks.setPlain(slot, ack);
        }
        if (sizes[slot] != size) {
            sizes[slot] = size;
        }
        indices.setRelease(TAIL, tail + 1);
        VarHandle.fullFence();
        Thread asleep = sleeper;
        if (asleep != null) {
            sleeper = null; // woken once is enough
            LockSupport.unpark(asleep);
        }
    }

    // Both sides.

    /** An item that was taken out. */
    record Taken(Object item, Ack ack, long size) {}

    /** Takes the oldest item out for throwing it away, or gives null. */
    Taken takeOldest() {
        while (true) {
            long head = indices.getAcquire(HEAD);
            if (head == indices.getAcquire(TAIL)) {
                return null;
            }
            int slot = (int) head & mask;
            var taken = new Taken(items.getPlain(slot), acks.getPlain(slot), sizes[slot]);
            if (indices.compareAndSet(HEAD, head, head + 1)) {
                return taken;
            }
        }
    }

    int size() {
        return (int) Math.max(0, indices.get(TAIL) - indices.get(HEAD));
    }

    // The taker's side.

    /** What takes items. */
    @FunctionalInterface
    interface Taker {
        void take(Object item, Ack ack, long size);
    }

    /** Gives the oldest item to the taker; false when there is none. */
    boolean take(Taker taker) {
        while (true) {
            long head = indices.getAcquire(HEAD);
            if (head >= tailSeen) {
                tailSeen = indices.getAcquire(TAIL);
                if (head >= tailSeen) {
                    return false;
                }
            }
            int slot = (int) head & mask;
            Object item = items.getPlain(slot);
            Ack ack = acks.getPlain(slot);
            long size = sizes[slot];
            if (!contended) {
                items.setPlain(slot, null);
                indices.setRelease(HEAD, head + 1);
            } else if (!indices.compareAndSet(HEAD, head, head + 1)) {
                continue;
            }
            taker.take(item, ack, size);
            return true;
        }
    }

    /** Waits until there is something, the ring is closed, or what else the taker has to do has come up. */
    void awaitItem(BooleanSupplier otherwise) throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            if (indices.getPlain(HEAD) < tailSeen || i > 0 && !isEmpty()) {
                return;
            }
            for (int spin = 0; spin < SPINS; spin++) {
                Thread.onSpinWait();
            }
        }
        try {
            while (true) {
                sleeper = Thread.currentThread();
                VarHandle.fullFence();
                if (!isEmpty() || closed || otherwise.getAsBoolean()) {
                    return;
                }
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            sleeper = null;
        }
    }

    boolean isEmpty() {
        return indices.getAcquire(HEAD) == indices.getAcquire(TAIL);
    }

    /** Wakes the taker for good. */
    void close() {
        closed = true;
        LockSupport.unpark(sleeper);
    }
}
