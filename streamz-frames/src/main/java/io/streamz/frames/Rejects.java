package io.streamz.frames;

import io.streamz.core.DataException;
import java.util.Objects;
import java.util.function.Consumer;

/** What a pipeline does with answers that do not fit their type, and who is told of those that were left out. */
final class Rejects {
    private volatile BadRows policy = BadRows.FAIL;
    private volatile Consumer<? super Reject> listener = reject -> {};

    void policy(BadRows chosen) {
        policy = Objects.requireNonNull(chosen, "chosen");
    }

    void listener(Consumer<? super Reject> chosen) {
        listener = Objects.requireNonNull(chosen, "chosen");
    }

    boolean fail() {
        return policy == BadRows.FAIL;
    }

    /** Takes the errors of single rows in an expression; to be used where the pipeline does not {@link #fail}. */
    Consumer<DataException> of(String path, String column) {
        return error -> tell(new Reject(error.getMessage(), column, "", path, -1, -1));
    }

    void tell(Reject reject) {
        listener.accept(reject);
    }
}
