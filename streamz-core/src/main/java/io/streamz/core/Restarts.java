package io.streamz.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs a pipeline, and builds and starts it again when it has failed; with checkpoints it goes on where the last one stood. It gives
 * up when it has failed too often in too short a time, and at once where the plan is wrong: that would not get better.
 *
 * <pre>{@code
 * Restarts.atMost(3, Duration.ofMinutes(10)).run(() -> {
 *     var pipeline = Pipeline.create("trades");
 *     pipeline.checkpoints(dir).every(Duration.ofSeconds(1));
 *     ... sources, steps, sinks ...
 *     return pipeline;
 * });
 * }</pre>
 *
 * <p>{@link #run} may be called once; {@link #close} may be called from any thread.
 */
public final class Restarts implements AutoCloseable {
    private final int most;
    private final Duration within;
    /** Not the wall clock, which may be set while it runs. */
    private final LongSupplier nanos;

    private final Deque<Long> failures = new ArrayDeque<>();
    private Consumer<? super StreamzException> listener = failure -> {};
    private Pipeline running;
    private boolean closed;

    /** @param nanos the time that has passed since some moment */
    Restarts(int most, Duration within, LongSupplier nanos) {
        this.most = most;
        this.within = within;
        this.nanos = nanos;
    }

    /**
     * Starts again at most so often in any span of this length.
     *
     * @throws PlanException when the number is negative or the time is not above zero
     */
    public static Restarts atMost(int times, Duration within) {
        if (times < 0 || within.isNegative() || within.isZero()) {
            throw new PlanException(
                    "restarts",
                    "restarts",
                    "atMost(" + times + ", " + within + ") is no number and time",
                    "say atMost(3, Duration.ofMinutes(10))");
        }
        return new Restarts(times, within, System::nanoTime);
    }

    /** Is told of each failure after which it starts again, on the thread that runs. */
    public Restarts onRestart(Consumer<? super StreamzException> restarted) {
        listener = Objects.requireNonNull(restarted, "restarted");
        return this;
    }

    /**
     * Builds, starts, and waits until the pipeline is done or {@link #close closed}.
     *
     * @param plan makes a new pipeline with all its sources, steps and sinks each time it is called; it is closed here
     * @throws StreamzException the failure after which it gave up
     */
    public void run(Supplier<? extends Pipeline> plan) {
        while (true) {
            try (Pipeline pipeline = plan.get()) {
                if (!begin(pipeline)) {
                    return;
                }
                pipeline.run();
                return;
            } catch (PlanException e) {
                throw e;
            } catch (StreamzException e) {
                if (Thread.currentThread().isInterrupted() || isClosed()) {
                    throw e;
                }
                note(e);
                listener.accept(e);
            }
        }
    }

    private synchronized boolean begin(Pipeline pipeline) {
        running = pipeline;
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void note(StreamzException failure) {
        long now = nanos.getAsLong();
        while (!failures.isEmpty() && Duration.ofNanos(now - failures.peek()).compareTo(within) >= 0) {
            failures.remove();
        }
        if (failures.size() >= most) {
            throw failure;
        }
        failures.add(now);
    }

    /** Closes what runs, and starts nothing any more. */
    @Override
    public void close() {
        Pipeline last;
        synchronized (this) {
            closed = true;
            last = running;
        }
        if (last != null) {
            last.close();
        }
    }
}
