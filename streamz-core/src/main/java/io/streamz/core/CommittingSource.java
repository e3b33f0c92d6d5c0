package io.streamz.core;

/**
 * A source whose origin is told what is finished, such as a broker that keeps its readers' offsets. Reading it again from the
 * last position it was told gives every item that was not finished, and some that were: at least once.
 *
 * @param <T> the type of the items
 */
public interface CommittingSource<T> extends Source<T> {

    /**
     * All items up to a position that {@link #position} gave at the end of a poll are finished: everything downstream, queues and
     * asynchronous work included, is done with them. Called in the order of the positions, one call at a time, by the thread
     * that finished last; it must be quick. Positions may be left out: a later one stands for them. After an item has failed
     * no position behind it is told. What this throws stops the pipeline.
     */
    void completed(Position upTo);
}
