package io.streamz.core;

/** Stands on every 128th edge of a chain and lets the stack unwind before the next part of the chain runs. */
final class Hop<T> extends Inlet<T> {
    static final int EVERY = 128;

    private final Segment segment;
    private final Inlet<T> target;

    Hop(Segment segment, Inlet<T> target) {
        this.segment = segment;
        this.target = target;
    }

    @Override
    void deliver(T item) {
        segment.putOff(target, item);
    }

    @Override
    void watermark(long time) {
        segment.putOff(() -> target.watermark(time));
    }

    @Override
    void end() {
        segment.putOff(target::end);
    }
}
