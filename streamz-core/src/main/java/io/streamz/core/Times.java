package io.streamz.core;

import java.time.Instant;

/** Instants as nanoseconds since the epoch, which reach from 1677 to 2262. */
final class Times {
    private Times() {}

    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
