package io.streamz.core;

/**
 * Where an operator or a source puts its items. Valid during the call it was handed to and only on that thread.
 *
 * @param <O> the type of the items
 */
@FunctionalInterface
public interface Output<O> {

    /**
     * Hands an item on; returns when everything downstream in the same segment has seen it. A failure downstream is not
     * thrown here but where the item entered the graph, so that siblings and this operator finish their work.
     */
    void emit(O item);

    /**
     * The side output with the given name: what {@link DataStream#side(String, Class)} of the same name receives.
     *
     * @throws UnsupportedOperationException where there are no side outputs, as in a plain lambda
     */
    default <S> Output<S> side(String port) {
        throw new UnsupportedOperationException("no side output '" + port + "' here");
    }

    /** Says that no item older than {@code time} (event time, nanoseconds since the epoch) will be emitted. */
    default void watermark(long time) {}
}
