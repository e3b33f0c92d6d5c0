package io.streamz.core;

/**
 * Where items arrive: the first input of a node, another input of it, a fan of several, the way into another segment, or
 * nothing. All methods are called under the lock of the segment that the sender is in, and none of them throws: a node
 * catches what its own user code throws.
 */
abstract class Inlet<T> {
    /** Takes what nobody listens to. */
    static final Inlet<Object> NOWHERE = new Nowhere();

    abstract void deliver(T item);

    abstract void watermark(long time);

    abstract void end();

    private static final class Nowhere extends Inlet<Object> {
        @Override
        void deliver(Object item) {}

        @Override
        void watermark(long time) {}

        @Override
        void end() {}
    }
}
