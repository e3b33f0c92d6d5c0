package io.streamz.core;

/**
 * The counters of one node, a moment old.
 *
 * @param name the name of the node, such as {@code map} or what the user has called it
 * @param path the way to it
 * @param in items that came in; those of a frame are batches
 * @param out items that went out
 * @param dropped items that were filtered, skipped or thrown away
 * @param failed items that its code threw on
 * @param queued items that wait in it
 * @param stateBytes what it says it holds
 * @param busyNanos how long its code ran, by samples; 0 unless {@link Pipeline#sampleBusyTime} was called
 */
public record NodeMetrics(
        String name,
        String path,
        long in,
        long out,
        long dropped,
        long failed,
        long queued,
        long stateBytes,
        long busyNanos) {}
