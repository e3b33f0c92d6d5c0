package io.streamz.frames;

import io.streamz.core.StreamException;

/** State that a failure left in the middle of a batch gives no answers and takes no more rows. */
final class Whole {
    private final String path;
    private volatile Throwable failure;

    Whole(String path) {
        this.path = path;
    }

    void check() {
        if (failure != null) {
            throw new StreamException(
                    "broken-state", path, path + " has failed in the middle of a batch: " + failure, "", failure);
        }
    }

    /** Does what changes state. */
    void run(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }
}
