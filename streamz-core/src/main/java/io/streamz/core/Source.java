package io.streamz.core;

/**
 * Where items come from. A pipeline calls {@link #poll} again and again on one thread of its own; only {@link #wakeup} and
 * {@link #close} may come from another thread.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface Source<T> {

    /**
     * Emits some items, or says why there are none. Never waits for data: it answers {@link Progress#idle} and is asked
     * again. Emitting may wait while a queue downstream is full; that is how a slow sink slows its source.
     */
    Progress poll(Output<? super T> out) throws Exception;

    /**
     * The point up to which items have been emitted. A source that does not implement this cannot be part of a pipeline with
     * checkpoints; one whose items come once and are not to be had again gives {@link Position#START}.
     */
    default Position position() {
        return Position.START;
    }

    /** Goes to a position that this source gave before; called before the first poll. */
    default void restore(Position position) throws Exception {
        if (!position.equals(Position.START)) {
            throw new UnsupportedOperationException("this source cannot go to " + position);
        }
    }

    /**
     * Sets what to call when a source that said {@link Progress#idle()} has items again. Called once before the first poll;
     * the signal may be given on any thread and any number of times.
     */
    default void onReady(Runnable signal) {}

    /** Asks a poll that is in a system call to return soon. */
    default void wakeup() {}

    /** Gives back files, sockets and threads. Called once, after the last poll has returned or was given up. */
    default void close() {}
}
