package io.streamz.core;

final class SinkNode<T> extends FunctionNode<T, T> {
    private final Receiver<? super T> receiver;

    SinkNode(Segment segment, Receiver<? super T> receiver) {
        super("sink", segment);
        this.receiver = receiver;
    }

    @Override
    void deliver(T item) {
        in++;
        try {
            receiver.accept(item);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, () -> {
                receiver.accept(item);
                over++;
            });
            return;
        }
        over++;
    }

    @Override
    Shape shape() {
        return Shape.SINK;
    }
}
