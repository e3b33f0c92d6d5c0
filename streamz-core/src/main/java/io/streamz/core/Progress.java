package io.streamz.core;

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

    private Progress(Instant until) {
        this.until = until;
    }

    /** Nothing now; poll again when the source signals that it is ready. */
    public static Progress idle() {
        return IDLE;
    }

    /** Nothing now; poll again at the given time, or when the source signals that it is ready. */
    public static Progress idle(Instant until) {
        return new Progress(Objects.requireNonNull(until, "until"));
    }

    /** Whether nothing was there. */
    public boolean isIdle() {
        return until != null;
    }

    /** When to poll again: {@link Instant#MAX} if only on a signal, null if not idle. */
    public Instant until() {
        return until;
    }

    @Override
    public String toString() {
        return this == EMITTED ? "emitted" : this == END ? "end" : this == IDLE ? "idle" : "idle until " + until;
    }
}
