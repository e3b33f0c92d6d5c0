package io.streamz.core;

/**
 * A function that may wait: {@link DataStream#mapBlocking} calls it on threads of its own, several at a time. May throw anything;
 * it is reported as a {@link StreamException} that names the node, and handled by the node's {@link OnError}.
 *
 * @param <T> the type of the items
 * @param <R> the type of the answers
 */
@FunctionalInterface
public interface Blocking<T, R> {
    /** Makes the answer for one item; the thread is interrupted when the pipeline is closed. */
    R apply(T item) throws Exception;
}
