package io.streamz.core;

import java.time.Duration;
import java.time.InstantSource;

/** Time: what it is, and what to do later. The system's by default; a {@link VirtualClock} in tests. */
public interface Scheduler extends InstantSource, AutoCloseable {

    /** Runs a task once, {@code delay} from now, on a thread of the scheduler; the task must be short. */
    OperatorContext.Timer schedule(Duration delay, Runnable task);

    /** Waits; on a virtual clock until it has been moved on. */
    void sleep(Duration time) throws InterruptedException;

    /** Forgets what has not come due. */
    @Override
    void close();

    /** The system's wall clock, with timers that do not depend on it; its one daemon thread starts with the first timer. */
    static Scheduler system(String name) {
        return new SystemScheduler(name);
    }
}
