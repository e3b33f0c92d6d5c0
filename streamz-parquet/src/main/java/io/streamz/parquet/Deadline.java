package io.streamz.parquet;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * How long the pages of one batch may keep a thread at work. A damaged page can claim work without end; a slow disk is no work, so the
 * processor's time of the thread is what counts, where the JVM tells it. Used by the thread that reads.
 */
final class Deadline {
    private static final Duration USUAL = Duration.ofSeconds(20);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Duration most;
    private long end;

    Deadline(Duration most) {
        this.most = most;
    }

    static Deadline usual() {
        return new Deadline(USUAL);
    }

    private static long now() {
        return THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
                ? THREADS.getCurrentThreadCpuTime()
                : System.nanoTime();
    }

    /** Begins a batch. */
    void begin() {
        end = now() + most.toNanos();
    }

    /**
     * Looks at the time.
     *
     * @throws IOException when it is up
     */
    void check() throws IOException {
        if (now() - end > 0) {
            throw new IOException(
                    "the pages of one batch took more than " + most.toSeconds() + " s of work, as damaged ones do");
        }
    }
}
