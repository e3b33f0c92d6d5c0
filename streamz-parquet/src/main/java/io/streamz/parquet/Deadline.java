package io.streamz.parquet;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How long the pages of one batch may keep a thread at work. A damaged page can claim work without end; a slow disk is no work, so the
 * processor's time of the thread is what counts, where the JVM tells it. A thread that does not work either is waited for longer, as
 * for a disk that answers late. Begun and checked by the thread that reads; another one may look whether it is up.
 */
final class Deadline {
    private static final Duration WORK = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofMinutes(5);
    /** What a thread has beyond its time to say so itself, which names the place better. */
    private static final long GRACE = Duration.ofSeconds(1).toNanos();

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Duration work;
    private final Duration wait;
    private volatile long workEnd = Long.MAX_VALUE;
    private volatile long waitEnd;
    private IOException reason;

    Deadline(Duration work, Duration wait) {
        this.work = work;
        this.wait = wait;
        this.waitEnd = System.nanoTime() + wait.toNanos();
    }

    static Deadline usual() {
        return new Deadline(WORK, WAIT);
    }

    private static boolean isWorkKnown() {
        return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
    }

    private static long workOf(Thread thread) {
        return isWorkKnown() ? THREADS.getThreadCpuTime(thread.getId()) : System.nanoTime();
    }

    /** Begins a batch. */
    void begin() {
        workEnd = workOf(Thread.currentThread()) + work.toNanos();
        waitEnd = System.nanoTime() + wait.toNanos();
    }

    /**
     * Looks at the time.
     *
     * @throws IOException when it is up
     */
    void check() throws IOException {
        if (workOf(Thread.currentThread()) - workEnd > 0) {
            throw tooMuchWork();
        }
    }

    /** Whether a thread that has begun, and says nothing, is to be given up. */
    boolean isUp(Thread reading) {
        if (workEnd != Long.MAX_VALUE && workOf(reading) - workEnd > GRACE) {
            reason = tooMuchWork();
        } else if (System.nanoTime() - waitEnd > 0) {
            reason = new IOException("nothing could be read of it for " + seconds(wait));
        }
        return reason != null;
    }

    /** Why it was given up. */
    IOException reason() {
        return reason;
    }

    private IOException tooMuchWork() {
        return new IOException(
                "the pages of one batch took more than " + seconds(work) + " of work, as damaged ones do");
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
