package io.streamz.core;

/**
 * Where items end up. May throw anything; it is reported as a {@link StreamException} that names the sink.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface Receiver<T> {
    /** Takes one item; if it is {@link Shared} it is lent for the time of the call. */
    void accept(T item) throws Exception;
}
