package io.streamz.core;

/** A bounded place at the rim of a segment or inside it; while it is full nothing that may lead to it is let in. */
interface Gate {

    /** Whether there is no room for one more item. Called under the lock of the segment. */
    boolean isFull();

    /** The place to wait for where there is no room, else null. Called under the lock of the segment. */
    default Gate whereFull() {
        return isFull() ? this : null;
    }

    /** Waits, without any lock, until there may be room; throws if there never will be. */
    void await();
}
