package io.streamz.core;

/**
 * A node whose own code is a function of the user's, called once for each item and over when the item goes on.
 *
 * <p>It counts the calls that were begun ({@code in}) and those that are over, and nothing else on an item's way; what has
 * come out, and whether the function runs at this moment, follow from the two. A function that hangs shows as
 * {@code in = out + 1}, one that is being tried again too.
 */
abstract class FunctionNode<I, O> extends Node<I, O> {
    /** How many calls are over, and gave what goes on or were given up. */
    long over;

    FunctionNode(String name, Segment segment) {
        super(name, segment);
    }

    /** {@code out} is what was emitted without a call, such as a default value, less the calls that gave nothing. */
    @Override
    final long out() {
        return over + out;
    }

    /** How many calls have said that their item goes no further. */
    long rejected() {
        return 0;
    }

    @Override
    final long dropped() {
        return dropped + rejected();
    }

    @Override
    final boolean isRunning() {
        return in != over + rejected();
    }

    @Override
    final void gaveUp() {
        super.gaveUp();
        over++;
        out--;
    }
}
