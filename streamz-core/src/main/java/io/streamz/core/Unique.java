package io.streamz.core;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * What makes items equal, and how long they are remembered. Immutable.
 *
 * @param <T> the type of the items
 */
public final class Unique<T> {
    final Function<? super T, ?> key;
    final int most;
    final Duration age;

    private Unique(Function<? super T, ?> key, int most, Duration age) {
        this.key = key;
        this.most = most;
        this.age = age;
    }

    /** Items with equal keys are equal. Every key is remembered for ever unless a bound is added. */
    public static <T> Unique<T> by(Function<? super T, ?> key) {
        return new Unique<>(Objects.requireNonNull(key, "key"), Integer.MAX_VALUE, null);
    }

    /** The same, but only the {@code most} keys that were seen last are remembered; a repetition refreshes its key. */
    public Unique<T> among(int most) {
        if (most < 1) {
            throw new PlanException("unique-size", "unique", "unique remembers at least one key, not " + most, "");
        }
        return new Unique<>(key, most, age);
    }

    /** The same, but a key is forgotten when it was not seen for so long. */
    public Unique<T> within(Duration age) {
        return new Unique<>(key, most, Objects.requireNonNull(age, "age"));
    }
}
