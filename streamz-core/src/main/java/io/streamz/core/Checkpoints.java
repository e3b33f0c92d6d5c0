package io.streamz.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where and how often a pipeline saves its state, so that it goes on after a stop, a failure or a kill as if nothing had
 * been. To be set before the pipeline starts; {@link Pipeline#start} restores the newest checkpoint by itself.
 *
 * <p>A checkpoint is one cut through everything: sources stand between two polls, queues are empty, and the state of every
 * operator is that of the same rows. Nothing moves while it is written; making it safe on the disk goes on beside the work.
 */
public final class Checkpoints {
    private static final int KEPT = 3;

    final Path folder;
    volatile String plan = "";
    volatile Duration interval;
    volatile long rows = Long.MAX_VALUE;
    volatile int kept = KEPT;
    volatile Duration patience = Duration.ofSeconds(10);
    private volatile Consumer<? super StreamzException> warnings = warning -> {};

    Checkpoints(Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /** Saves again and again after this time. */
    public Checkpoints every(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw bad("every(" + time + ") is no time", "say every(Duration.ofSeconds(1))");
        }
        interval = time;
        return this;
    }

    /** Saves again and again after so many rows from sources. */
    public Checkpoints every(long count) {
        if (count < 1) {
            throw bad("every(" + count + ") is no number of rows", "say every(1_000_000)");
        }
        rows = count;
        return this;
    }

    /** How many are kept, the newest ones; 3 unless said. With 1, damage to that one ends everything. */
    public Checkpoints keep(int count) {
        if (count < 1) {
            throw bad("keep(" + count + ") keeps none", "say keep(3)");
        }
        kept = count;
        return this;
    }

    /**
     * Says what the pipeline computes, a step a line. A start from a checkpoint that was made by other steps is refused then, and the
     * first ones that differ are told; so state is never left out unseen. Without it steps may come and go, and only one that was
     * changed is refused.
     */
    public Checkpoints plan(String steps) {
        plan = Objects.requireNonNull(steps, "steps");
        return this;
    }

    /**
     * How long a checkpoint may wait for what is in work; 10 seconds unless said. One that waits longer is given up, which is
     * a warning; the work goes on and the next one is tried in its time.
     */
    public Checkpoints patience(Duration time) {
        patience = Objects.requireNonNull(time, "time");
        return this;
    }

    /** Is told when a checkpoint could not be made, and when a damaged one was passed over; on any thread. */
    public Checkpoints onWarning(Consumer<? super StreamzException> listener) {
        warnings = Objects.requireNonNull(listener, "listener");
        return this;
    }

    void warn(StreamzException warning) {
        warnings.accept(warning);
    }

    private PlanException bad(String what, String remedy) {
        return new PlanException("checkpoints", folder.toString(), what, remedy);
    }
}
