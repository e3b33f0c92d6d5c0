package io.streamz.core;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where emitters wait for a bounded place to have room. Saying that room was made is nearly free while nobody waits: who
 * waits says so first and looks again after that, who makes room does so first and looks for those who wait after that.
 *
 * <p>A place with a fast taker may say so for many items at once, because waking costs more than handling an item; for a
 * slow taker, who waits looks by itself, after a millisecond at first and every 50 milliseconds at last.
 */
final class Room {
    private static final long FIRST_WAIT = 1_000_000; // nanoseconds
    private static final long LONGEST_WAIT = 50_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition made = lock.newCondition();
    private volatile boolean waiting;
    private volatile boolean closed;

    /** Waits while the place is full; throws when it was closed or the thread is interrupted, and keeps the interrupt. */
    void awaitWhile(BooleanSupplier full, String place) {
        long wait = FIRST_WAIT;
        lock.lock();
        try {
            while (isStill(full)) {
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
            lock.unlock();
        }
    }

    private boolean isStill(BooleanSupplier full) {
        waiting = true;
        return full.getAsBoolean();
    }

    /** Says that there may be room now. */
    void made() {
        VarHandle.fullFence();
        if (waiting) {
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
            waiting = false; // they are woken once; who has to wait on says so again
            made.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
