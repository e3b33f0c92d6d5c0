package io.streamz.core;

import java.time.Duration;
import java.util.Objects;

/**
 * What a node does when its own code throws on an item. Whatever it is, the item's branch ends there, branches beside it are
 * not disturbed, and the failure is counted in {@link NodeMetrics#failed}.
 */
public final class OnError {
    /** The failure goes to {@code failures()} if that is attached upstream, else to who emitted the item. The default. */
    public static final OnError FAIL = new OnError(Kind.FAIL, null, 0, Duration.ZERO, null);

    /** The item is dropped. */
    public static final OnError SKIP = new OnError(Kind.SKIP, null, 0, Duration.ZERO, null);

    /** The item goes, with its cause, to the node's {@link DataStream#deadLetters()}. */
    public static final OnError DEAD_LETTER = new OnError(Kind.DEAD_LETTER, null, 0, Duration.ZERO, null);

    enum Kind {
        FAIL,
        SKIP,
        DEAD_LETTER,
        VALUE,
        RETRY
    }

    final Kind kind;
    final Object value;
    final int attempts;
    final Duration backOff;
    final OnError last;

    private OnError(Kind kind, Object value, int attempts, Duration backOff, OnError last) {
        this.kind = kind;
        this.value = value;
        this.attempts = attempts;
        this.backOff = backOff;
        this.last = last;
    }

    /** The node emits this value in place of an answer. */
    public static OnError value(Object value) {
        return new OnError(Kind.VALUE, value, 0, Duration.ZERO, null);
    }

    /**
     * The node tries again, up to {@code attempts} more times, waiting {@code backOff} before the first and twice as long
     * before each further one; meanwhile its segment waits, so that the order is kept. An operator that has emitted something
     * before it threw is not tried again.
     *
     * @param last what happens when the last attempt has failed
     */
    public static OnError retry(int attempts, Duration backOff, OnError last) {
        if (attempts < 1 || backOff.isNegative() || last.kind == Kind.RETRY) {
            throw new IllegalArgumentException("a retry needs at least one attempt, a back-off that is not negative and"
                    + " an end that is no retry, but got " + attempts + ", " + backOff + ", " + last);
        }
        return new OnError(Kind.RETRY, null, attempts, backOff, Objects.requireNonNull(last, "last"));
    }

    @Override
    public String toString() {
        return switch (kind) {
            case FAIL -> "fail";
            case SKIP -> "skip";
            case DEAD_LETTER -> "dead letter";
            case VALUE -> "value " + value;
            case RETRY -> "retry " + attempts + " times, then " + last;
        };
    }
}
