package io.streamz.core;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A thread of a pipeline and the loop it runs. Ends when the loop has ended or was told to stop. */
abstract class Worker {
    private final Engine engine;
    private final String name;
    private volatile boolean stopping;
    private volatile Thread thread;
    private volatile boolean busy = true;

    Worker(Engine engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    /** Does its work until {@link #isStopping} or until there is no more. */
    abstract void work() throws Exception;

    /** Whether it serves the others, so that nobody waits for its end. */
    boolean isService() {
        return false;
    }

    /** Makes a work that waits look whether it is to stop. */
    abstract void wake();

    /** Gives back everything; called on the worker's thread, or by who stops it before it was started. */
    abstract void release();

    final void start() {
        thread = new Thread(this::run, engine.name() + "-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Visit.current().engine = engine;
        try {
            if (!stopping) {
                work();
            }
        } catch (StreamzException e) {
            engine.failed(e);
        } catch (Throwable e) {
            if (!stopping) {
                engine.failed(new StreamException("source-failed", name, name + " failed: " + e, "", e));
            }
        } finally {
            try {
                release();
            } finally {
                busy = false;
                engine.check();
            }
        }
    }

    final boolean isBusy() {
        return busy;
    }

    final boolean isStopping() {
        return stopping;
    }

    final void stop() {
        stopping = true;
        if (thread == null) {
            busy = false;
            release();
        } else {
            wake();
        }
    }

    /** Waits for threads to end, interrupts those that do not, and names them. */
    static void awaitAll(List<Worker> workers, Duration patience, Supplier<List<String>> atWork) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Worker worker : workers) {
            worker.await(deadline);
        }
        for (Worker worker : workers) {
            if (worker.busy && worker.thread != Thread.currentThread()) {
                List<String> places = atWork.get();
                String place = String.join(", ", places);
                worker.thread.interrupt();
                throw new StreamException(
                        "close-timeout",
                        places.isEmpty() ? worker.name : place,
                        "closing took longer than " + patience + ": " + worker.thread.getName() + " is still at work"
                                + (places.isEmpty() ? "" : " in " + place),
                        "let its user code return when its thread is interrupted");
            }
        }
    }

    private void await(long deadline) {
        Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        long left;
        while (running.isAlive() && (left = deadline - System.nanoTime()) > 0) {
            try {
                running.join(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
