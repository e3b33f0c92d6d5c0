package io.streamz.frames;

import io.streamz.core.DataStream;
import io.streamz.core.PlanException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A frame that is fed with records or maps, from any thread. Each one is a batch of its own unless {@link #flushEvery} says
 * otherwise. Names and types of the columns are those of the record's components, or as declared.
 *
 * @param <T> the record class, or a map with a value per column
 */
public final class RecordInput<T> {
    private final Pipeline pipeline;
    private final Running root;
    private final Supplier<ItemWriter> writers;
    private final DataStream<T> records;
    private int flushRows = 1;
    private Duration flushDelay = Duration.ZERO;
    private StreamFrame frame;

    RecordInput(Pipeline pipeline, Running root, Supplier<ItemWriter> writers, DataStream<T> records) {
        this.pipeline = pipeline;
        this.root = root;
        this.writers = writers;
        this.records = records;
    }

    /**
     * Gathers records to batches of {@code rows}; a smaller one goes on when its first record has waited for {@code delay}. To be
     * said before {@link #frame}.
     *
     * @throws PlanException when the numbers make no sense or the frame was taken already
     */
    public synchronized RecordInput<T> flushEvery(int rows, Duration delay) {
        if (rows < 1 || delay.isNegative() || delay.isZero() || frame != null) {
            throw new PlanException(
                    "bad-flush",
                    root.node().path(),
                    frame != null
                            ? "flushEvery comes after frame()"
                            : "flushEvery(" + rows + ", " + delay + ") asks for no rows or no time",
                    "say flushEvery(1000, Duration.ofMillis(10)) before frame()");
        }
        flushRows = rows;
        flushDelay = delay;
        return this;
    }

    /** The records as a table; the same frame every time. */
    public synchronized StreamFrame frame() {
        if (frame == null) {
            ItemWriter writer = writers.get();
            PlanNode node = root.node();
            DataStream<RecordBatch> batches = records.pipe(
                    "batches",
                    () -> new BatchingOperator<T>(node.schema(), node.path(), writer, flushRows, flushDelay));
            pipeline.saved("batches-" + node.identity(), "batches", node, batches);
            root.stream(pipeline.saved(node, batches.pipe(node.label(), root::open)));
            pipeline.add(root);
            frame = new StreamFrame(pipeline, node);
        }
        return frame;
    }

    /** Puts a record in, and returns when everything up to the next boundary has seen it, or holds it in a batch that is not full. */
    public void emit(T item) {
        records.emit(Objects.requireNonNull(item, "item"));
    }

    /** Puts a record in unless that would have to wait. */
    public boolean tryEmit(T item) {
        return records.tryEmit(Objects.requireNonNull(item, "item"));
    }

    /** Puts a record in; the future completes when everything downstream is done with it, or has failed on it. */
    public CompletableFuture<Void> emitAsync(T item) {
        return records.emitAsync(Objects.requireNonNull(item, "item"));
    }

    /** Puts many records in, one after the other. */
    public void emitAll(Iterable<? extends T> items) {
        records.emitAll(items);
    }

    /** Says that no more records come; what is held goes on. */
    public void end() {
        records.end();
    }
}
