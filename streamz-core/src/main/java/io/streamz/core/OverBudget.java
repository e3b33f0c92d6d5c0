package io.streamz.core;

/** What a pipeline does when its nodes hold more than its budget of memory ({@link Pipeline#memory}). */
public enum OverBudget {
    /** It stops, with an error that names the node that holds most. */
    STOP,

    /**
     * Nothing is let in while it is what waits in queues that is too much; sources are not polled on, and emitters wait. State does not
     * grow less by waiting: where state alone is too much, the pipeline stops as with {@link #STOP}.
     */
    SLOW
}
