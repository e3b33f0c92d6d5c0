package io.streamz.core;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * How a stream is cut into lists: by a number of items, by bytes, by time, whichever comes first, and apart for each key.
 * Immutable.
 *
 * @param <T> the type of the items
 */
public final class Partition<T> {
    final int rows;
    final long bytes;
    final ToLongFunction<? super T> size;
    final Duration time;
    final Function<? super T, ?> key;

    private Partition(int rows, long bytes, ToLongFunction<? super T> size, Duration time, Function<? super T, ?> key) {
        this.rows = rows;
        this.bytes = bytes;
        this.size = size;
        this.time = time;
        this.key = key;
    }

    /** Lists of {@code rows} items; what is left at the end is a shorter one. */
    public static <T> Partition<T> ofRows(int rows) {
        if (rows < 1) {
            throw new PlanException(
                    "partition-size", "partition", "a partition has at least one item, not " + rows, "");
        }
        return new Partition<>(rows, Long.MAX_VALUE, item -> 0, null, item -> "");
    }

    /** The same, but a list is full, too, when the sizes of its items add up to {@code bytes} or more. */
    public Partition<T> orBytes(long bytes, ToLongFunction<? super T> size) {
        return new Partition<>(rows, bytes, Objects.requireNonNull(size, "size"), time, key);
    }

    /** The same, but a list is emitted, too, when its first item has waited so long. */
    public Partition<T> orAfter(Duration time) {
        return new Partition<>(rows, bytes, size, Objects.requireNonNull(time, "time"), key);
    }

    /** The same with lists of its own for each key. The number of keys is not bounded. */
    public Partition<T> by(Function<? super T, ?> key) {
        return new Partition<>(rows, bytes, size, time, Objects.requireNonNull(key, "key"));
    }
}
