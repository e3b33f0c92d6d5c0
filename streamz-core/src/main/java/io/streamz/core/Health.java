package io.streamz.core;

/**
 * How a pipeline is.
 *
 * @param state whether it runs
 * @param failure what has stopped it, or null
 * @param threads how many threads it has
 * @param stateBytes what its operators say they hold, in bytes; {@link Pipeline#memory} bounds it
 */
public record Health(State state, StreamzException failure, int threads, long stateBytes) {
    /** The life of a pipeline. */
    public enum State {
        /** Built, not started. */
        NEW,
        /** Sources are read and inputs are open. */
        RUNNING,
        /** All sources and inputs have ended and everything is flushed. */
        DONE,
        /** A failure has stopped it. */
        FAILED,
        /** Closed before it was done. */
        CLOSED
    }
}
