package io.streamz.benchmarks;

/** One way to do a job over data that it already holds in its own form. */
interface Contestant {
    /** Does the job and hands out everything it computed. */
    Answer answer() throws Exception;

    /** Does the job this many times, without handing out more than keeps the work from being left out. */
    Timing run(int times) throws Exception;

    /** Frees what it holds. */
    default void close() throws Exception {}

    /**
     * What runs cost.
     *
     * @param nanos CPU time of the thread that did the work, or of the whole process where the job runs in another one
     * @param elsewhere CPU time of this process beside that thread: collector, compiler, helpers
     * @param bytes garbage made on that thread, -1 where unknown
     */
    record Timing(long nanos, long elsewhere, long bytes) {}
}
