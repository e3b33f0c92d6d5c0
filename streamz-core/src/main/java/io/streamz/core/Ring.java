package io.streamz.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The queue between two segments. One thread at a time puts (the lock of the segment above sees to that) and one thread takes;
 * they share two indices and no lock. What comes with an item, its ack or its size, comes in a {@link Taken} around it.
 *
 * <p>Items between {@code head} and {@code tail} are in the queue. The taker moves {@code head} on; so does the putter when it
 * throws away the oldest, and then the two compete for each item with a compare-and-set. A taker that has lost has read slots
 * that may have been overwritten, and forgets them.
 *
 * <p>A taker takes what it saw at its last look, and no more before it looks again; when that is little it first looks away
 * so that items gather, for as long as its {@link Patience} says: to look for each item as it comes costs both threads a
 * cache miss an item. Then it sleeps. It says so before it looks for the last time, and the putter looks for sleepers after it has
 * put: one of the two sees the other.
 *
 * <p>To be woken costs as much as hundreds of items. So a taker that was busy until now first sleeps lightly: it is woken when
 * many items are there, when one cannot wait, or by itself after {@value #NAP} nanoseconds; only when nothing has come in that
 * time does it sleep until the next item.
 */
final class Ring {
    private static final int HEAD = 16; // far apart: each has a cache line of its own
    private static final int TAIL = 32;

    /** What each side last saw of the other's index, in the cache line of its own. */
    private static final int TAIL_SEEN = HEAD + 1;

    private static final int HEAD_SEEN = TAIL + 1;
    private static final int NAP = 200_000;

    /** The most items that are worth waiting for before a wake-up; three quarters of a smaller queue. */
    private static final int MANY = 1024;

    /** The most items that are taken without looking away so that more may gather; a quarter of a smaller queue. */
    private static final int ENOUGH = 64;

    /** Where fewer than this would be many, the taker is woken for each. */
    private static final int FEW = 48;

    /** Slots above the capacity, for signals, which are not counted. */
    private static final int SPARE = 8;

    private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(long[].class);

    private final Object[] items; // the indices publish what is in it
    private final long[] indices = new long[48];
    private final int mask;
    private final int capacity;
    private final int many;
    private final int enough;
    private final boolean contended;
    private final Patience patience = new Patience();
    private final BooleanSupplier hasItem = () -> look() > 0;
    private long emptyAt; // the head when the taker last found too little
    private long asleepAt; // the head at which the taker last went to sleep
    private long wakeAt; // the tail that is worth waking for; written before sleeper, read after it
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
        enough = Math.max(1, Math.min(ENOUGH, capacity / 4));
        many = Math.min(MANY, capacity - capacity / 4);
        int length = Integer.highestOneBit((capacity + SPARE) * 2 - 1);
        mask = length - 1;
        items = new Object[length];
    }

    private long acquire(int index) {
        return (long) INDEX.getAcquire(indices, index);
    }

    private long latest(int index) {
        return (long) INDEX.getVolatile(indices, index);
    }

    // The putter's side.

    boolean isFull() {
        long tail = indices[TAIL];
        if (tail - indices[HEAD_SEEN] < capacity) {
            return false;
        }
        long head = acquire(HEAD);
        indices[HEAD_SEEN] = head;
        return tail - head >= capacity;
    }

    /** As {@link #isFull}, for any thread; the answer may be a moment old. */
    boolean looksFull() {
        return latest(TAIL) - latest(HEAD) >= capacity;
    }

    /** Whether a signal finds a slot. */
    boolean hasSlot() {
        return indices[TAIL] - acquire(HEAD) <= mask;
    }

    /** Puts an item in, or a {@link Taken} with one; never null, and there must be a slot. */
    void put(Object item) {
        long tail = indices[TAIL];
        items[(int) tail & mask] = item;
        INDEX.setRelease(indices, TAIL, tail + 1);
        wakeForMany(tail);
    }

    /**
     * To be called after {@link #put}, when the putter has let go of its lock or else behind a full fence: a taker that was
     * about to fall asleep at the moment of the put may not have been seen then.
     */
    void lookAgain() {
        wakeForMany(acquire(TAIL) - 1);
    }

    private void wakeForMany(long last) {
        Thread asleep = sleeper;
        if (asleep != null && last >= wakeAt) {
            wake(asleep);
        }
    }

    /** Wakes a taker that sleeps lightly although there are items: somebody waits for room, or for what was put last. */
    void hurry() {
        VarHandle.fullFence();
        Thread asleep = sleeper;
        if (asleep != null && !isEmpty()) {
            wake(asleep);
        }
    }

    private void wake(Thread asleep) {
        sleeper = null; // woken once is enough
        LockSupport.unpark(asleep);
    }

    // Both sides.

    /**
     * An item with what comes with it.
     *
     * @param size in bytes, or 0 where they are not counted
     */
    record Taken(Object item, Ack ack, long size) {}

    /** Takes the oldest item out for throwing it away, or gives null. */
    Object takeOldest() {
        while (true) {
            long head = acquire(HEAD);
            if (head == acquire(TAIL)) {
                return null;
            }
            Object taken = items[(int) head & mask];
            if (INDEX.compareAndSet(indices, HEAD, head, head + 1)) {
                return taken;
            }
        }
    }

    int size() {
        return (int) Math.max(0, latest(TAIL) - latest(HEAD));
    }

    // The taker's side.

    /** Looks how many items there are, which costs both threads a cache miss. */
    long look() {
        long tail = acquire(TAIL);
        indices[TAIL_SEEN] = tail;
        return tail - acquire(HEAD);
    }

    /** Gives the oldest of the items that were there at the last look, or null when they are all taken. */
    Object takeSeen() {
        while (true) {
            long head = acquire(HEAD);
            if (head >= indices[TAIL_SEEN]) {
                return null;
            }
            int slot = (int) head & mask;
            Object item = items[slot];
            if (!contended) {
                items[slot] = null;
                INDEX.setRelease(indices, HEAD, head + 1);
                return item;
            }
            if (INDEX.compareAndSet(indices, HEAD, head, head + 1)) {
                return item;
            }
        }
    }

    /** Waits until there is something, the ring is closed, or what else the taker has to do has come up. */
    void awaitItem(BooleanSupplier otherwise) throws InterruptedException {
        long head = latest(HEAD);
        if (look() >= enough) {
            return;
        }
        long taken = head - emptyAt;
        emptyAt = head;
        if (patience.lastsUntil(hasItem, taken)) {
            return;
        }
        boolean lightly = many >= FEW && head - asleepAt >= many;
        asleepAt = head;
        try {
            if (lightly) {
                sleepUnless(head + many - 1, NAP, otherwise);
            }
            while (!sleepUnless(head, 0, otherwise)) {
                // woken too early
            }
        } finally {
            sleeper = null;
        }
    }

    /** Sleeps once, for a time or without end (0), unless there is a reason not to; gives whether there was. */
    private boolean sleepUnless(long until, long nanos, BooleanSupplier otherwise) throws InterruptedException {
        wakeAt = until;
        sleeper = Thread.currentThread();
        VarHandle.fullFence();
        if (latest(TAIL) > until || closed || otherwise.getAsBoolean()) {
            return true;
        }
        if (nanos == 0) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return false;
    }

    boolean isEmpty() {
        return acquire(HEAD) == acquire(TAIL);
    }

    /** Wakes the taker for good. */
    void close() {
        closed = true;
        LockSupport.unpark(sleeper);
    }
}
