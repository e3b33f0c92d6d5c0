package io.streamz.core;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where emitters wait for a bounded place to have room. Saying that room was made is nearly free while nobody waits: who
 * waits counts itself first and looks again after that, who makes room does so first and looks at the count after that.
 *
 * <p>A place with a fast taker may say so for many items at once, because waking costs more than handling an item; for a
 * slow taker, who waits looks by itself, after a millisecond at first and every 50 milliseconds at last.
 */
final class Room {
    private static final long FIRST_WAIT = 1_000_000; // nanoseconds
    private static final long LONGEST_WAIT = 50_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition made = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /** Waits while the place is full; throws when it was closed or the thread is interrupted, and keeps the interrupt. */
    void awaitWhile(BooleanSupplier full, String place) {
        long wait = FIRST_WAIT;
        lock.lock();
        try {
            waiting.incrementAndGet();
            while (full.getAsBoolean()) {
                if (closed) {
                    throw new StreamException("closed", place, "'" + place + "' is full and was closed", "");
                }
                made.awaitNanos(wait);
                wait = Math.min(2 * wait, LONGEST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamException(
                    "interrupted", place, "interrupted while waiting for room in '" + place + "'", "", e);
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** Says that there may be room now. */
    void made() {
        VarHandle.fullFence();
        if (waiting.get() != 0) {
            wakeAll();
        }
    }

    /** From now on nobody waits. */
    void close() {
        closed = true;
        wakeAll();
    }

    private void wakeAll() {
        lock.lock();
        try {
            made.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
