package io.streamz.core;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Makes calls that may never return, such as those of a library over a damaged file, on a daemon thread of its own. Who waits
 * for one can give it up; the thread is then left behind in the call, and holds nothing else up, not even the end of the
 * process. Calls are made one after the other. To be used by one thread at a time.
 */
public final class Watchdog implements AutoCloseable {
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final SynchronousQueue<FutureTask<?>> calls = new SynchronousQueue<>();
    private Thread thread;
    private boolean given;
    private volatile boolean closed;

    /**
     * Makes no thread before the first call.
     *
     * @param name of the thread
     */
    public Watchdog(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Makes a call, and waits for it.
     *
     * @param isTooLong whether to give up; asked of the thread about ten times a second while the call lasts
     * @throws TimeoutException when it was given up; nothing more can be called then
     * @throws InterruptedException when the waiting thread was interrupted, which gives the call up too
     * @throws Exception what the call throws
     */
    public <T> T call(Callable<T> call, Predicate<? super Thread> isTooLong) throws Exception {
        if (given) {
            throw new TimeoutException("an earlier call was given up");
        }
        start();
        FutureTask<T> task = new FutureTask<>(call);
        given = true;
        calls.put(task);
        while (true) {
            try {
                T result = task.get(LOOK, TimeUnit.NANOSECONDS);
                given = false;
                return result;
            } catch (TimeoutException e) {
                if (isTooLong.test(thread)) {
                    throw e;
                }
            } catch (ExecutionException e) {
                given = false;
                throw unwrapped(e.getCause());
            }
        }
    }

    private static Exception unwrapped(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (Exception) thrown;
    }

    private void start() {
        if (thread == null) {
            thread = new Thread(this::run, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            while (!closed) {
                calls.take().run();
            }
        } catch (InterruptedException e) {
            // Nobody calls any more.
        }
    }

    /** Whether a call was given up, so that its thread may still be at work on what it was given. */
    public boolean isGivenUp() {
        return given;
    }

    /** Ends the thread; one that was given up is interrupted, and not waited for. */
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        closed = true; // the call may swallow the interrupt
        thread.interrupt();
        boolean interrupted = false;
        while (!given && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
