package io.streamz.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ctrl-C and kind: the job is asked to stop, and the JVM waits a moment for it to give its last answer. */
final class Interrupt implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    private static final long EXIT_MILLIS = 2000;

    private final CountDownLatch answered = new CountDownLatch(1);
    private final Thread job = Thread.currentThread();
    private final Runnable stop;
    private final Thread hook = new Thread(this::onSignal, "streamz-interrupt");
    private final CountDownLatch signal = new CountDownLatch(1);
    private volatile boolean requested;
    private boolean looking;

    Interrupt(Runnable stop) {
        this.stop = stop;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isRequested() {
        return requested;
    }

    /** Waits, and gives whether the job was asked to stop. */
    boolean await(Duration time) throws InterruptedException {
        return signal.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Runs what may wait long for the first rows of a pipe. When the job is asked to stop, its thread is interrupted, and it
     * makes do with what has come.
     */
    <T> T whileLooking(Supplier<T> look) {
        look(true);
        try {
            return look.get();
        } finally {
            look(false);
        }
    }

    /** The interrupt is meant for the look alone. */
    private synchronized void look(boolean begins) {
        looking = begins;
        if (requested && begins) {
            job.interrupt();
        } else if (requested) {
            Thread.interrupted();
        }
    }

    private synchronized void request() {
        requested = true;
        if (looking) {
            job.interrupt();
        }
    }

    private void onSignal() {
        request();
        signal.countDown();
        stop.run();
        try {
            answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            // The exit code is the job's to give; once all hooks are done, the JVM would give that of the signal.
            job.join(EXIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answer has been given. */
    @Override
    public void close() {
        answered.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM began to end in between: the hook finds that there is nothing to wait for.
            }
        }
    }
}
