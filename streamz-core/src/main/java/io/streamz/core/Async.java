package io.streamz.core;

import java.time.Duration;
import java.util.Objects;

/**
 * How {@link DataStream#mapAsync} calls its function. Immutable.
 *
 * @param parallelism how many items may be in work at a time, at least one
 * @param ordered whether answers come out in the order of the items, or as they come
 * @param timeout how long one attempt may take; null for ever
 * @param retries how often a failed attempt is repeated
 * @param backOff the wait before the first repetition; doubled for each further one
 */
public record Async(int parallelism, boolean ordered, Duration timeout, int retries, Duration backOff) {

    /** Checks all values. */
    public Async {
        if (parallelism < 1) {
            throw new PlanException(
                    "parallelism", "mapAsync", "mapAsync works on at least one item, not " + parallelism, "");
        }
        if (retries < 0 || backOff.isNegative() || (timeout != null && timeout.isNegative())) {
            throw new PlanException("retries", "mapAsync", "retries and durations are not negative", "");
        }
    }

    /** That many items at a time, answers in order, no time-out, no repetition. */
    public static Async parallel(int parallelism) {
        return new Async(parallelism, true, null, 0, Duration.ZERO);
    }

    /** The same with answers in the order in which they come. */
    public Async unordered() {
        return new Async(parallelism, false, timeout, retries, backOff);
    }

    /** The same with a limit for the time of one attempt. */
    public Async within(Duration timeout) {
        return new Async(parallelism, ordered, Objects.requireNonNull(timeout, "timeout"), retries, backOff);
    }

    /** The same with repetitions. */
    public Async retry(int times, Duration backOff) {
        return new Async(parallelism, ordered, timeout, times, Objects.requireNonNull(backOff, "backOff"));
    }
}
