package io.streamz.frames;

import java.time.Instant;

/**
 * What went through one step of a pipeline's frames, a moment old. Nothing is lost silently:
 *
 * <pre>in = out + filtered + late + rejected + held</pre>
 *
 * @param step what it does, in the words that build it
 * @param path the steps that lead to it
 * @param in rows that came in; of a live table those that changed
 * @param out rows that went out, or that an answer was given for
 * @param filtered rows that were left out
 * @param late rows that came too late
 * @param rejected rows that were refused
 * @param held rows that wait, or that an answer was made of
 * @param keys the keys that it holds; -1 where it has none
 * @param stateBytes what it holds
 * @param queued batches that wait for it
 * @param busyNanos how long its code ran, by samples; 0 unless {@link Pipeline#sampleBusyTime} was called
 * @param watermark where event time stands; null where none is declared, or no row has come
 */
public record StepMetrics(
        String step,
        String path,
        long in,
        long out,
        long filtered,
        long late,
        long rejected,
        long held,
        long keys,
        long stateBytes,
        long queued,
        long busyNanos,
        Instant watermark) {
    /** Whether all rows that came in are accounted for; false for a moment while a batch is on its way. */
    public boolean balances() {
        return in == out + filtered + late + rejected + held;
    }
}
