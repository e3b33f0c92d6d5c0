package io.streamz.core;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where emitters wait for a bounded place to have room. Saying that room was made is nearly free while nobody waits: who
 * waits counts itself first and looks again after that, who makes room does so first and looks at the count after that.
 */
final class Room {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition made = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /** Waits while the place is full; throws when it was closed or the thread is interrupted, and keeps the interrupt. */
    void awaitWhile(BooleanSupplier full, String place) {
        lock.lock();
        try {
            waiting.incrementAndGet();
            while (full.getAsBoolean()) {
                if (closed) {
                    throw new StreamException("closed", place, "'" + place + "' is full and was closed", "");
                }
                made.await();
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
