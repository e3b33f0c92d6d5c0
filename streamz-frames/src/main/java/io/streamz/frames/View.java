package io.streamz.frames;

import io.streamz.core.Sink;
import java.util.Objects;

/**
 * A handle on a live table, to be read from any thread. Reading never stops the stream for longer than it takes to bring the
 * pages that changed since the last reading up to date, and never sees half a batch.
 */
public final class View {
    private final Pipeline pipeline;
    private final Running running;

    View(Pipeline pipeline, Running running) {
        this.pipeline = pipeline;
        this.running = running;
    }

    /** The columns. */
    public Schema schema() {
        return running.node().schema();
    }

    /**
     * The table as it stands after the last batch; without rows and with epoch 0 before the pipeline starts.
     *
     * @throws io.streamz.core.DataException when an answer does not fit its type
     * @throws io.streamz.core.StreamException when the stream has failed in the middle of a batch
     */
    public Table now() {
        return running.table();
    }

    /**
     * Calls the listener after each batch with rows, on the thread that brought it, until the sink is closed. It may call
     * {@link #now}.
     */
    public Sink onChange(Runnable listener) {
        Objects.requireNonNull(listener, "listener");
        return pipeline.changed(running).sink(epoch -> listener.run());
    }
}
