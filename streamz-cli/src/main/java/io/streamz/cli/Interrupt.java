package io.streamz.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C and kind: the job is asked to stop, and the JVM waits a moment for it to give its last answer. */
final class Interrupt implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch answered = new CountDownLatch(1);
    private final Runnable stop;
    private final Thread hook = new Thread(this::onSignal, "streamz-interrupt");
    private volatile boolean requested;

    Interrupt(Runnable stop) {
        this.stop = stop;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isRequested() {
        return requested;
    }

    private void onSignal() {
        requested = true;
        stop.run();
        try {
            answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
