package io.streamz.core;

/** Where items enter a graph, and a place to connect one stream to another: hands on what comes. */
final class RootNode<T> extends Node<T, T> {
    private final Shape shape;

    RootNode(String name, Segment segment, Shape shape) {
        super(name, segment);
        this.shape = shape;
    }

    @Override
    void deliver(T item) {
        in++;
        out++;
        next.deliver(item);
    }

    @Override
    Shape shape() {
        return shape;
    }
}
