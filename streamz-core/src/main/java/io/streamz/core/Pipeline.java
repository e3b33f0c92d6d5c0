package io.streamz.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A graph with sources, threads and time. It is built, then started, and runs until all its sources and inputs have ended,
 * something fails that nobody listens to, or it is closed.
 *
 * <p>Each source is polled by one daemon thread; every thread is named after the pipeline. {@link #close} stops promptly and
 * waits for what runs; everything may be called from any thread.
 */
public class Pipeline implements AutoCloseable {
    private final Engine engine;

    /** For pipelines that offer more; {@code name} goes into thread names and errors. */
    protected Pipeline(String name, Scheduler scheduler) {
        this(name, scheduler, item -> 1);
    }

    /**
     * For pipelines whose items hold several rows.
     *
     * @param rows how many rows an item of a source is
     */
    protected Pipeline(String name, Scheduler scheduler, ToLongFunction<Object> rows) {
        this.engine =
                new Engine(Objects.requireNonNull(name, "name"), Objects.requireNonNull(scheduler, "scheduler"), rows);
    }

    /** A pipeline that runs on the system's time. */
    public static Pipeline create(String name) {
        return new Pipeline(name, Scheduler.system(name));
    }

    /**
     * A graph as a processor for reactive libraries, in a pipeline of its own: that starts with the first subscriber and ends
     * with the publisher it is subscribed to, with a failure, or when its last subscriber has cancelled. Failures, those of the
     * publisher included, go to the subscribers. Each subscriber hears what comes after its subscription.
     *
     * @param most how many items are asked for ahead, and how many wait for the requests of a subscriber
     * @param graph makes the stream that is published of the stream of what comes in
     */
    public static <I, O> Flow.Processor<I, O> processor(
            String name, int most, Function<? super DataStream<I>, ? extends DataStream<? extends O>> graph) {
        return new StreamProcessor<>(create(name), most, graph);
    }

    /** A pipeline that runs on the given time; it closes the scheduler. */
    public static Pipeline create(String name, Scheduler scheduler) {
        return new Pipeline(name, scheduler);
    }

    public final String name() {
        return engine.name();
    }

    /** The wall clock of the pipeline. */
    public final InstantSource clock() {
        return engine.clock();
    }

    /** The items of a source; it is polled from the start of the pipeline on, or at once if that runs already. */
    public final <T> DataStream<T> read(Source<? extends T> source) {
        return new DataStream<>(engine.read(Objects.requireNonNull(source, "source")));
    }

    /** A stream that is fed by {@link DataStream#emit}; the pipeline is not done before it has ended. */
    public final <T> DataStream<T> stream(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return new DataStream<>(engine.input());
    }

    /**
     * Bounds what the pipeline may hold: what its operators say of their state, and what waits in queues whose bytes are counted.
     * State is counted every few thousand rows and its arrays double as they grow, so that the heap needs room for about
     * twice as much. Without this call nothing is bounded.
     *
     * @param size a number of bytes, such as {@code 512m} or {@code 2g}
     * @param over what to do when it is reached
     * @throws PlanException when the size cannot be read
     */
    public Pipeline memory(String size, OverBudget over) {
        engine.budget(ByteSize.parse(size, "the budget"), Objects.requireNonNull(over, "over"));
        return this;
    }

    /** {@link #memory(String, OverBudget)} that stops: with a {@link DataException} that names the operator that holds most. */
    public Pipeline memory(String size) {
        return memory(size, OverBudget.STOP);
    }

    /** Opens all nodes and starts all threads; returns at once. No effect the second time. */
    public final void start() {
        engine.start();
    }

    /**
     * Starts, waits until it is done, and throws what has stopped it. An interrupt of the thread that waits closes the pipeline.
     *
     * @throws StreamException when the thread is interrupted; its interrupt is kept
     */
    public final void run() {
        start();
        try {
            engine.done().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StreamzException known ? known : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            try {
                close();
            } finally {
                Thread.currentThread().interrupt();
            }
            throw new StreamException(
                    "interrupted",
                    name(),
                    "'" + name() + "' was closed: the thread that ran it was interrupted",
                    "",
                    e);
        }
    }

    /**
     * Saves the state of everything in this folder, which belongs to this pipeline alone and is made where it is not there; to be
     * said before {@link #start}, which goes on from the newest checkpoint in it. How often is said by what is returned; a last
     * one is made when all sources have ended, and by {@link #close}.
     */
    public final Checkpoints checkpoints(Path folder) {
        return engine.checkpoints(folder);
    }

    /**
     * Makes a checkpoint now, and returns when it is safe on the disk. Everything that was emitted before the call is part of it.
     *
     * @throws StreamException when what is in work does not come to rest in time, or from inside a callback
     * @throws DataException when it cannot be written
     */
    public final Checkpoint checkpoint() {
        return engine.checkpoint();
    }

    /** What the newest checkpoint says of itself that can be read; empty where none is, or none was asked for. */
    protected final Optional<Checkpoint> saved() {
        return engine.saved();
    }

    /** Whether {@link #checkpoints} was called. */
    protected final boolean makesCheckpoints() {
        return engine.makesCheckpoints();
    }

    /** Says what to call, once, when a sink is closed. It replaces what was said before. */
    protected final void onClose(Sink sink, Runnable task) {
        sink.node.onDestroy = task;
    }

    /** Says what to call, once, when a stream is destroyed. It replaces what was said before. */
    protected final void onDestroy(DataStream<?> stream, Runnable task) {
        stream.node.onDestroy = task;
    }

    /**
     * Runs a task between two items of a stream's segment: now, or when the thread that is in there comes to it. What the task throws
     * stops the pipeline.
     */
    protected final void betweenItems(DataStream<?> stream, Runnable task) {
        Segment.betweenItems(stream.node, true, () -> {
            try {
                task.run();
            } catch (StreamzException e) {
                engine.failed(e);
            } catch (RuntimeException e) {
                engine.failed(new StreamException("task-failed", stream.name(), "a task failed: " + e, "", e));
            }
        });
    }

    /**
     * The number of the checkpoint that what is in work now will be part of; 0 without checkpoints. A callback that labels what
     * it gives out with it can tell repeats: after a restart from checkpoint n, all with a number above n comes again.
     */
    public final long epoch() {
        return engine.epoch();
    }

    /** Completes when everything has ended, and with the failure if there was one. */
    public final CompletionStage<Void> done() {
        return engine.done();
    }

    /** What to call, once, when a failure stops the pipeline; at once if that has happened already. */
    public final Pipeline onFailure(Consumer<? super StreamzException> listener) {
        engine.onFailure(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** How it is at this moment. */
    public final Health health() {
        return engine.health();
    }

    /** The counters of all nodes, in the order in which they were made. */
    public final List<NodeMetrics> metrics() {
        return engine.metrics();
    }

    /** From now on, measures by samples how long each node's code runs; see {@link NodeMetrics#busyNanos}. */
    public final Pipeline sampleBusyTime(Duration every) {
        engine.sampleBusyTime(every);
        return this;
    }

    /**
     * Ends what is read, as if each source had said that it has no more: none is polled again, all that has come goes through, windows
     * close, and sinks end, so that a file that appears whole does. Returns at once; {@link #done} completes, and {@link #run} returns, when
     * all of that has happened and the inputs have ended, too, which those end who feed them. A source that ends by itself needs no
     * such call. From any thread, also from a callback.
     */
    public void end() {
        end(source -> true);
    }

    /** {@link #end()} for some of the sources. */
    protected final void end(Predicate<? super Source<?>> which) {
        engine.end(which);
    }

    /**
     * Stops: no source is polled again, items that are in work are finished, queues are dropped, and everything is closed; {@link #end} lets
     * all of it come to its end instead. Waits for at most two seconds.
     *
     * @throws StreamException if something in user code did not return in that time; it says what
     */
    @Override
    public void close() {
        engine.close(Duration.ofSeconds(2));
    }
}
