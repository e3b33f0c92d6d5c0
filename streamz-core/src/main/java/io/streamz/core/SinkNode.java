package io.streamz.core;

final class SinkNode<T> extends Node<T, T> {
    private final Receiver<? super T> receiver;

    SinkNode(Segment segment, Receiver<? super T> receiver) {
        super("sink", segment);
        this.receiver = receiver;
    }

    @Override
    void deliver(T item) {
        in++;
        segment.at = number;
        try {
            receiver.accept(item);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, () -> receiver.accept(item));
            return;
        }
        out++;
    }

    @Override
    Shape shape() {
        return Shape.SINK;
    }
}
