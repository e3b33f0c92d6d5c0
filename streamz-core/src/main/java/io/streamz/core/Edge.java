package io.streamz.core;

/**
 * A connection of two nodes.
 *
 * @param port the input of {@code to} that it leads to
 * @param inlet that input
 */
record Edge(Node<?, ?> from, Node<?, ?> to, int port, Inlet<?> inlet) {}
