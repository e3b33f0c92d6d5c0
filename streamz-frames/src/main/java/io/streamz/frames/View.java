package io.streamz.frames;

import io.streamz.core.DataStream;
import io.streamz.core.PlanException;
import io.streamz.core.Sink;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A handle on a table that changes, to be read from any thread. Reading never stops the stream for longer than it takes to
 * bring the pages that changed since the last reading up to date, and never sees half a batch.
 */
public final class View {
    private final Schema schema;
    private final Supplier<Table> table;
    private final Function<Runnable, Sink> listeners;
    private final Supplier<DataStream<RecordBatch>> stream;
    private final CompletionStage<Void> done;
    /** Null where nothing is kept that another table could begin with. */
    private final Supplier<byte[]> state;

    View(
            Schema schema,
            Supplier<Table> table,
            Function<Runnable, Sink> listeners,
            Supplier<DataStream<RecordBatch>> stream,
            CompletionStage<Void> done) {
        this(schema, table, listeners, stream, done, null);
    }

    private View(
            Schema schema,
            Supplier<Table> table,
            Function<Runnable, Sink> listeners,
            Supplier<DataStream<RecordBatch>> stream,
            CompletionStage<Void> done,
            Supplier<byte[]> state) {
        this.schema = schema;
        this.table = table;
        this.listeners = listeners;
        this.stream = stream;
        this.done = done;
        this.state = state;
    }

    View(Pipeline pipeline, Running running) {
        this(
                running.node().schema(),
                running::table,
                listener -> pipeline.changed(running).sink(epoch -> listener.run()),
                running::stream,
                pipeline.done(),
                running::state);
    }

    /** A view of a table that never changes. */
    static View of(Table table) {
        DataStream<RecordBatch> nothing = DataStream.of(RecordBatch.class);
        return new View(
                table.schema(),
                () -> table,
                listener -> nothing.sink(batch -> listener.run()),
                () -> nothing,
                CompletableFuture.completedStage(null));
    }

    /** The columns. */
    public Schema schema() {
        return schema;
    }

    /**
     * The table as it stands after the last batch; without rows and with epoch 0 before the pipeline starts.
     *
     * @throws io.streamz.core.DataException when an answer does not fit its type
     * @throws io.streamz.core.StreamException when the stream has failed in the middle of a batch
     */
    public Table now() {
        return table.get();
    }

    /**
     * What the table has kept so far, for {@link LiveTable#startFrom(byte[])} of an equal one: in another pipeline, or another
     * program. It is that after the last batch.
     *
     * @throws PlanException when the table keeps no groups of a frame's rows, or the pipeline has not started
     */
    public byte[] state() {
        if (state == null) {
            throw new PlanException(
                    "no-groups", "view", "these rows are no groups with a state", "ask a group-by's view");
        }
        return state.get();
    }

    /**
     * Calls the listener after each batch with rows, on the thread that brought it, until the sink is closed. It may call
     * {@link #now}.
     */
    public Sink onChange(Runnable listener) {
        return listeners.apply(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Calls the listener once when the table changes no more: after the last batch and before the pipeline is done, or when that
     * is closed or has failed; at once where that is so already. It may call {@link #now}, and is to be short.
     */
    public void onEnd(Runnable listener) {
        Objects.requireNonNull(listener, "listener");
        var told = new AtomicBoolean();
        Runnable once = () -> {
            if (told.compareAndSet(false, true)) {
                listener.run();
            }
        };
        stream.get().pipe("end", () -> new EndOperator(once));
        // A step that is added to what has ended already is never opened.
        done.whenComplete((nothing, failure) -> once.run());
    }

    /** What the table can be drawn as. */
    public Plots plot() {
        return new Plots(this);
    }
}
