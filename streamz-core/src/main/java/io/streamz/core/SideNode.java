package io.streamz.core;

/** A named side output of a node. */
final class SideNode<S> extends Node<S, S> {
    final Node<?, ?> owner;
    final String port;

    SideNode(Node<?, ?> owner, String port) {
        super(port, owner.behind);
        this.owner = owner;
        this.port = port;
    }

    @Override
    void deliver(S item) {
        in++;
        emit(item);
    }
}
