package io.streamz.cli;

import io.streamz.core.DataException;
import io.streamz.frames.FrameSource;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Waits for a followed file that is there but has no row yet, where the types of its columns must be learnt from rows. A file
 * that is missing is an error: its name may be wrong.
 */
final class FirstRows {
    private static final Duration EVERY = Duration.ofMillis(200);

    private final FrameSource source;
    private final Silence silence;

    FirstRows(FrameSource source, Silence silence) {
        this.source = source;
        this.silence = silence;
    }

    /** Whether the columns are known; false where the job was asked to stop before. */
    boolean await(Interrupt interrupt) throws InterruptedIOException {
        while (!isKnown()) {
            try {
                if (interrupt.await(EVERY)) {
                    return false;
                }
                silence.goesOn();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        return true;
    }

    private boolean isKnown() {
        try {
            source.schema();
            return true;
        } catch (DataException e) {
            if (e.code().equals("empty-file")) {
                return false;
            }
            throw e;
        }
    }
}
