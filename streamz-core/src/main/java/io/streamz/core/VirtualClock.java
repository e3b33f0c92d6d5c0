package io.streamz.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A clock for tests: it stands still until it is moved on, and what comes due on the way runs on the thread that moves it, in
 * the order of time and, for equal times, of setting. Safe for use by any number of threads.
 */
public final class VirtualClock implements Scheduler {
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    private Instant now;
    private long numbers;

    private record Due(Instant at, long number, Runnable task) {}

    private VirtualClock(Instant now) {
        this.now = now;
    }

    /** A clock that stands at the given time. */
    public static VirtualClock at(Instant now) {
        return new VirtualClock(Objects.requireNonNull(now, "now"));
    }

    /** A clock that stands at 1970-01-01T00:00:00Z. */
    public static VirtualClock atEpoch() {
        return new VirtualClock(Instant.EPOCH);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves the clock on and runs what comes due, timers included that are set meanwhile. */
    public void advance(Duration time) {
        Instant goal = instant().plus(time);
        Due due;
        while ((due = next(goal)) != null) {
            due.task.run();
        }
    }

    /** How many timers are set. */
    public synchronized int pending() {
        return queue.size();
    }

    @Override
    public synchronized OperatorContext.Timer schedule(Duration delay, Runnable task) {
        Due due = new Due(now.plus(delay.isNegative() ? Duration.ZERO : delay), numbers++, task);
        queue.add(due);
        return () -> {
            synchronized (this) {
                queue.remove(due);
            }
        };
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        var over = new CountDownLatch(1);
        schedule(time, over::countDown);
        over.await();
    }

    @Override
    public synchronized void close() {
        queue.clear();
    }

    private synchronized Due next(Instant goal) {
        Due due = queue.peek();
        if (due == null || due.at.isAfter(goal)) {
            if (now.isBefore(goal)) {
                now = goal;
            }
            return null;
        }
        queue.poll();
        now = due.at;
        return due;
    }
}
