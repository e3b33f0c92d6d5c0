package io.streamz.core;

/** What keeps items of users out, and sources from being polled, while a checkpoint is made. */
final class Barrier implements Gate {
    private final Room room = new Room();
    private volatile boolean down;

    /** Lets nobody in from now on. */
    void lower() {
        down = true;
    }

    /** Lets everybody in again. */
    void raise() {
        down = false;
        room.made();
    }

    /** For good: the pipeline is over. */
    void close() {
        down = false;
        room.close();
    }

    @Override
    public boolean isFull() {
        return down;
    }

    @Override
    public void await() {
        room.awaitWhile(this::isFull, "checkpoint");
    }
}
