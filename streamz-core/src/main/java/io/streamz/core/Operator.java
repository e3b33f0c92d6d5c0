package io.streamz.core;

import java.io.IOException;

/**
 * One node's behaviour: items come in, items go out, state lies between. Everything but {@link #onNext(Object, Output)} has
 * a default, so that a stateless operator is a lambda.
 *
 * <p><b>Life.</b> {@code open}, then {@code read} when state is restored, then any number of {@code onNext},
 * {@code onWatermark} and {@code onTimer}, then {@code onEnd} when every input has ended (not when the stream is cancelled),
 * then {@code close}, always and once. {@code write} is called between two items, and {@code committed} some time after it.
 *
 * <p><b>Threads.</b> All calls of one instance are made under the lock of its segment: never two at a time, each seeing what
 * the last one wrote. An operator needs no locks and must not wait for other threads.
 *
 * <p><b>Items are lent.</b> An item that is {@link Shared} may be used until the call returns; who keeps it takes a share
 * with {@link Shared#keep} and gives it back with {@link Shared#drop}.
 *
 * <p><b>Errors.</b> What a call throws, checked or not, is wrapped in a {@link StreamException} with the node's path and
 * handled by the node's {@link OnError}; siblings of the node are not disturbed.
 *
 * @param <I> the type of the items of the first input
 * @param <O> the type of the items that come out
 */
@FunctionalInterface
public interface Operator<I, O> {

    /** Called once before anything else. */
    default void open(OperatorContext context) throws Exception {}

    /** Takes one item of the first input and emits zero or more items. */
    void onNext(I item, Output<? super O> out) throws Exception;

    /**
     * Takes one item of the input with the given number; input 0 goes to {@link #onNext(Object, Output)}. An operator with
     * several inputs of different types overrides this one.
     */
    @SuppressWarnings("unchecked") // one input only: it is the first
    default void onNext(int port, Object item, Output<? super O> out) throws Exception {
        if (port != 0) {
            throw new IllegalStateException("this operator has one input, but an item came in on input " + port);
        }
        onNext((I) item, out);
    }

    /**
     * Event time has reached {@code time} (nanoseconds since the epoch) on all inputs: nothing older is to come. It never
     * goes back. The watermark is handed on downstream when this call returns.
     */
    default void onWatermark(long time, Output<? super O> out) throws Exception {}

    /**
     * A timer that this operator set has come due.
     *
     * @param time the time it was set for, in nanoseconds since the epoch of {@link OperatorContext#clock}
     */
    default void onTimer(long time, Output<? super O> out) throws Exception {}

    /** One of several inputs has ended: nothing more comes in on it. When all have, {@link #onEnd} follows. */
    default void onInputEnd(int port, Output<? super O> out) throws Exception {}

    /** All inputs have ended: emits what is still held. */
    default void onEnd(Output<? super O> out) throws Exception {}

    /** The version of the state that {@link #write} writes; raised when its layout changes. */
    default int stateVersion() {
        return 1;
    }

    /** Writes the state; an operator without state writes nothing. */
    default void write(StateWriter state) throws IOException {}

    /** Reads what {@link #write} of this or an older version has written. */
    default void read(StateReader state, int version) throws IOException {}

    /** How many keys the state has; -1 where it has none. For people. */
    default long keys() {
        return -1;
    }

    /**
     * What {@link #write} wrote last is safe on the disk, as part of the checkpoint of this number. It comes before {@link #onEnd}: the end
     * waits while a checkpoint is made that has the state.
     */
    default void committed(long checkpoint) throws IOException {}

    /** Gives back everything that is held. */
    default void close() {}
}
