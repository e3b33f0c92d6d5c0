package io.streamz.core;

import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * How a buffer is bounded, and what happens when it is full. Immutable.
 *
 * @param <T> the type of the items
 */
public final class Buffer<T> {
    private static final int MOST_ROWS = 1 << 26;

    final int rows;
    final long bytes;
    final ToLongFunction<? super T> size;
    final Overflow overflow;

    private Buffer(int rows, long bytes, ToLongFunction<? super T> size, Overflow overflow) {
        this.rows = rows;
        this.bytes = bytes;
        this.size = size;
        this.overflow = overflow;
    }

    /** A buffer of at most {@code rows} items, 1 to 67,108,864, that makes emitters wait when it is full. */
    public static <T> Buffer<T> ofRows(int rows) {
        if (rows < 1 || rows > MOST_ROWS) {
            throw new PlanException(
                    "buffer-size", "buffer", "a buffer holds 1 to " + MOST_ROWS + " items, not " + rows, "");
        }
        return new Buffer<>(rows, Long.MAX_VALUE, item -> 0, Overflow.BLOCK);
    }

    /** The same with a second bound: full, too, when the sizes of its items add up to {@code bytes} or more. */
    public Buffer<T> andBytes(long bytes, ToLongFunction<? super T> size) {
        if (bytes < 1) {
            throw new PlanException("buffer-size", "buffer", "a buffer holds at least one byte, not " + bytes, "");
        }
        return new Buffer<>(rows, bytes, Objects.requireNonNull(size, "size"), overflow);
    }

    /** The same with another answer to the question what happens when it is full. */
    public Buffer<T> whenFull(Overflow overflow) {
        return new Buffer<>(rows, bytes, size, Objects.requireNonNull(overflow, "overflow"));
    }
}
