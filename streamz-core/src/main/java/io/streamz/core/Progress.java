package io.streamz.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What a {@link Source#poll} has done. */
public final class Progress {
    /** Items were emitted, or there is more work to do at once. */
    public static final Progress EMITTED = new Progress(null);

    /** No item will ever come again. */
    public static final Progress END = new Progress(null);

    private static final Progress IDLE = new Progress(Instant.MAX);

    private final Instant until;
    private final Duration wait;

    private Progress(Instant until) {
        this(until, null);
    }

    private Progress(Instant until, Duration wait) {
        this.until = until;
        this.wait = wait;
    }

    /** Nothing now; poll again when the source signals that it is ready. */
    public static Progress idle() {
        return IDLE;
    }

    /** Nothing now; poll again at the given time, or when the source signals that it is ready. */
    public static Progress idle(Instant until) {
        return new Progress(Objects.requireNonNull(until, "until"));
    }

    /** Nothing now; poll again when so much time has passed, or when the source signals that it is ready. */
    public static Progress idle(Duration wait) {
        return new Progress(null, Objects.requireNonNull(wait, "wait"));
    }

    /** Whether nothing was there. */
    public boolean isIdle() {
        return until != null || wait != null;
    }

    /** When to poll again, if it is {@code now}: {@link Instant#MAX} if only on a signal, null if not idle. */
    public Instant until(Instant now) {
        return wait == null ? until : now.plus(wait);
    }

    @Override
    public String toString() {
        return this == EMITTED
                ? "emitted"
                : this == END ? "end" : this == IDLE ? "idle" : "idle until " + (wait == null ? until : wait);
    }
}
