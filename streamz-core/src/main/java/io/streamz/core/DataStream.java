package io.streamz.core;

import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A stream of items of one type, and the place in a graph where it comes out. Every method that gives a stream adds a node
 * to the graph; branches are served in the order they were built. Items may be emitted at any point of a graph, by any thread.
 *
 * <p>Emitting is synchronous: when {@link #emit} returns, everything up to the next boundary (buffer, mapAsync, ...) has
 * seen the item. Emissions of several threads go one after the other; what a callback emits into its own graph waits until
 * the present item is done.
 *
 * <p>A stream made by {@link #of} needs nothing else. Nodes that need threads or timers need a {@link Pipeline}.
 *
 * @param <T> the type of the items
 */
public final class DataStream<T> {
    final Node<?, T> node;

    DataStream(Node<?, T> node) {
        this.node = node;
    }

    /** A stream that is fed by {@link #emit}. */
    public static <T> DataStream<T> of(Class<T> type) {
        Objects.requireNonNull(type, "type");
        var root = new RootNode<T>("source", new Segment(Host.NONE, true), Shape.SOURCE);
        root.start();
        return new DataStream<>(root);
    }

    // Emitting.

    /**
     * Puts an item in. Returns when its segment has seen it; waits while a bounded queue that it may come to is full.
     *
     * @throws StreamException if a node failed on it and nothing listens to {@link #failures()}; the other branches have
     *     seen the item
     * @throws DataException if a node says that the data is bad
     */
    public void emit(T item) {
        node.emitFromOutside(item, Ack.NONE);
    }

    /** Puts an item in and lets the ack tell when everything downstream has finished with it. */
    public void emit(T item, Ack ack) {
        node.emitFromOutside(item, ack);
    }

    /** Puts many items in, one after the other; those of other threads may come between. Ends with the first failure. */
    public void emitAll(Iterable<? extends T> items) {
        Iterator<? extends T> iterator = items.iterator();
        while (iterator.hasNext()) {
            node.emitSome(iterator);
        }
    }

    /** Puts an item in unless that would have to wait for a lock or for room, or is done from inside a callback. */
    public boolean tryEmit(T item) {
        return node.tryEmitFromOutside(item, Ack.NONE);
    }

    /**
     * Puts an item in, as {@link #emit} does, and gives a future that completes when everything downstream has finished with
     * it, or with the first failure.
     */
    public CompletableFuture<Void> emitAsync(T item) {
        var future = new CompletableFuture<Void>();
        Ack ack = Ack.of(failure -> {
            if (failure == null) {
                future.complete(null);
            } else {
                future.completeExceptionally(failure);
            }
        });
        try {
            node.emitFromOutside(item, ack);
        } catch (StreamzException e) {
            future.completeExceptionally(e);
        }
        return future;
    }

    /** Says that nothing more comes: everything that is held is flushed downstream. No effect the second time. */
    public void end() {
        node.fromOutside(node::finish);
    }

    /** Says that no item older than {@code time} (event time, nanoseconds since the epoch) will be emitted here. */
    public void watermark(long time) {
        node.fromOutside(() -> node.watermark(time));
    }

    // Nodes.

    /** Applies a function to every item. */
    public <R> DataStream<R> map(Function<? super T, ? extends R> function) {
        return add(new MapNode<T, R>(node.behind, Objects.requireNonNull(function, "function")));
    }

    /** Lets through the items for which the predicate holds; the others are finished. */
    public DataStream<T> filter(Predicate<? super T> predicate) {
        return add(new FilterNode<T>(node.behind, Objects.requireNonNull(predicate, "predicate")));
    }

    /** Folds every item into a state and emits the new state: {@code s(n) = function(s(n-1), x(n))}, {@code s(0) = start}. */
    public <S> DataStream<S> accumulate(S start, BiFunction<? super S, ? super T, ? extends S> function) {
        return accumulateFrom(() -> start, function);
    }

    /** As {@link #accumulate}, for a start that is changed by the function: each run of the graph makes its own. */
    public <S> DataStream<S> accumulateFrom(
            Supplier<? extends S> start, BiFunction<? super S, ? super T, ? extends S> function) {
        return add(new AccumulateNode<T, S>(
                node.behind, Objects.requireNonNull(start, "start"), Objects.requireNonNull(function, "function")));
    }

    /** Folds without a start: the first item is the first state and comes out as it is. */
    public DataStream<T> accumulate(BinaryOperator<T> function) {
        Objects.requireNonNull(function, "function");
        return pipe("accumulate", Shape.STATE, () -> new ReduceOperator<>(function));
    }

    /** Folds into a state and emits something else than the state: the function gives both. */
    public <S, R> DataStream<R> accumulateWith(S start, BiFunction<? super S, ? super T, StateAnd<S, R>> function) {
        Objects.requireNonNull(function, "function");
        return pipe("accumulate", Shape.STATE, () -> new StateAnd.Fold<>(start, function));
    }

    /** Emits each item of what the function makes of an item, in order; nothing for an empty one. */
    public <R> DataStream<R> flatMap(Function<? super T, ? extends Iterable<? extends R>> function) {
        Objects.requireNonNull(function, "function");
        return pipe(
                "flatMap", Shape.STEP, () -> (item, out) -> function.apply(item).forEach(out::emit));
    }

    /** Calls the receiver with every item and hands the item on. */
    public DataStream<T> tap(Receiver<? super T> receiver) {
        Objects.requireNonNull(receiver, "receiver");
        return pipe("tap", Shape.STEP, () -> (item, out) -> {
            receiver.accept(item);
            out.emit(item);
        });
    }

    /** The items at positions 0 to n - 1; after the last one the stream ends and its source, if nobody else listens, stops. */
    public DataStream<T> take(long n) {
        return slice(0, n, 1);
    }

    /** All items but the first n. */
    public DataStream<T> skip(long n) {
        return slice(n, Long.MAX_VALUE, 1);
    }

    /** The items at positions start, start + step, ... below end: what {@code list[start:end:step]} is for lists. */
    public DataStream<T> slice(long start, long end, long step) {
        return pipe("slice", Shape.STEP, () -> new SliceOperator<T>(start, end, step));
    }

    /** The items before the first one for which the predicate does not hold. */
    public DataStream<T> takeWhile(Predicate<? super T> predicate) {
        return pipe("takeWhile", Shape.STEP, () -> new TakeOperator<T>(predicate, false));
    }

    /** The items up to and with the first one for which the predicate holds. */
    public DataStream<T> takeUntil(Predicate<? super T> predicate) {
        return pipe("takeUntil", Shape.STEP, () -> new TakeOperator<T>(predicate.negate(), true));
    }

    /** Lists of {@code rows} items; what is left at the end is a shorter one. */
    public DataStream<List<T>> partition(int rows) {
        return partition(Partition.ofRows(rows));
    }

    /** Lists of items, cut as said. */
    public DataStream<List<T>> partition(Partition<? super T> options) {
        if (options.time != null) {
            node.behind.host().scheduler("partition");
        }
        return pipe("partition", Shape.GROUP, () -> new PartitionOperator<T>(options));
    }

    /** Lists of {@code rows} items with different keys; of items with equal keys one is kept. */
    public DataStream<List<T>> partitionUnique(int rows, Function<? super T, ?> key, Keep keep) {
        return pipe("partitionUnique", Shape.GROUP, () -> new PartitionUniqueOperator<T>(rows, null, key, keep));
    }

    /** The last {@code rows} items, each time one comes; from the first item on if {@code partial}. */
    public DataStream<List<T>> slidingWindow(int rows, boolean partial) {
        if (rows < 1) {
            throw new PlanException("window-size", "slidingWindow", "a window has at least one item, not " + rows, "");
        }
        return pipe("slidingWindow", Shape.GROUP, () -> new SlidingWindowOperator<T>(rows, partial));
    }

    /** The list of the items of each interval, when it is over; empty ones, too. Needs a pipeline. */
    public DataStream<List<T>> timedWindow(Duration interval) {
        return pipe("timedWindow", Shape.TIME, interval, () -> new TimedWindowOperator<T>(interval));
    }

    /** As {@link #timedWindow}, with one item per key. Needs a pipeline. */
    public DataStream<List<T>> timedWindowUnique(Duration interval, Function<? super T, ?> key, Keep keep) {
        return pipe(
                "timedWindowUnique",
                Shape.TIME,
                interval,
                () -> new PartitionUniqueOperator<T>(Integer.MAX_VALUE, interval, key, keep));
    }

    /** The items that are not equal to an earlier one. The memory for them is not bounded. */
    public DataStream<T> unique() {
        return unique(Unique.by(item -> item));
    }

    /** The items whose key is not remembered. */
    public DataStream<T> unique(Unique<? super T> options) {
        return pipe("unique", Shape.STATE, () -> new UniqueOperator<T>(options));
    }

    /** How often each item has come, each time one comes; a new map each time, in the order of first appearance. */
    public DataStream<Map<T, Long>> frequencies() {
        return this.<Map<T, Long>>accumulateFrom(Map::of, (counts, item) -> {
                    var next = new LinkedHashMap<>(counts);
                    next.merge(item, 1L, Long::sum);
                    return next;
                })
                .named("frequencies");
    }

    /** Keeps items until they are asked for. */
    public Collected<T> collect() {
        return new Collected<>(this);
    }

    /** Each item a fixed time after it came. Holds up to {@code most}; then emitters wait. Needs a pipeline. */
    public DataStream<T> delay(Duration time, int most) {
        node.behind.host().scheduler("delay");
        return add(TimedNode.<T>delay(node.behind, time, most));
    }

    /** At most one item in each interval, in order; emitters wait for their turn. Needs a pipeline. */
    public DataStream<T> rateLimit(Duration interval) {
        node.behind.host().scheduler("rateLimit");
        return add(TimedNode.<T>rateLimit(node.behind, interval));
    }

    /** Calls an asynchronous function for several items at a time; its answers come out. Needs a pipeline. */
    public <R> DataStream<R> mapAsync(
            Async options, Function<? super T, ? extends CompletionStage<? extends R>> function) {
        return add(new AsyncNode<T, R>(engine("mapAsync"), node.behind, options, function, () -> {}));
    }

    /**
     * Calls a function that waits and may throw, such as one that reads a file, on threads of its own: virtual ones where the
     * JDK has them. Needs a pipeline.
     */
    public <R> DataStream<R> mapBlocking(Async options, Blocking<? super T, ? extends R> function) {
        Engine engine = engine("mapBlocking");
        ExecutorService threads = Threads.executor(engine.name() + "-mapBlocking", options.parallelism());
        return add(new AsyncNode<T, R>(
                        engine, node.behind, options, AsyncNode.on(threads, function), threads::shutdownNow))
                .named("mapBlocking");
    }

    /** Hands every item to a receiver, with the metadata of what it was made of. */
    public Sink sinkWithMetadata(BiConsumer<? super T, ? super List<Map<String, Object>>> receiver) {
        Objects.requireNonNull(receiver, "receiver");
        var node = new OperatorNode<T, T>("sink", Shape.SINK, this.node.behind, () -> new Operator<T, T>() {
            private OperatorContext context;

            @Override
            public void open(OperatorContext context) {
                this.context = context;
            }

            @Override
            public void onNext(T item, Output<? super T> out) {
                receiver.accept(item, context.ack().metadata());
            }
        });
        add(node);
        return new Sink(node);
    }

    /** Appends the text of each item and a line feed to a file, which is made if needed and closed with the stream. */
    public Sink sinkToTextFile(Path path) {
        return sinkToTextFile(path, "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Writes the text of each item and an end of line to a file, opened as said. */
    public Sink sinkToTextFile(Path path, String end, OpenOption... options) {
        var node = new OperatorNode<T, T>(
                "textFile", Shape.SINK, this.node.behind, () -> new TextFileOperator<T>(path, end, options));
        add(node);
        return new Sink(node);
    }

    /** The last {@code n} items that pass here, from now on. */
    public Recent<T> recent(int n) {
        return new Recent<>(this, n);
    }

    /**
     * This stream for reactive libraries. A subscriber hears what comes after its subscription; up to 256 items wait for its
     * requests, then emitters wait.
     */
    public Flow.Publisher<T> toPublisher() {
        return new StreamPublisher<>(this, 256);
    }

    /** A list that grows by every item; safe for use by any number of threads, but to be iterated under its own monitor. */
    public List<T> sinkToList() {
        List<T> list = Collections.synchronizedList(new ArrayList<>());
        sink(item -> list.add(Shared.keep(item)));
        return list;
    }

    /** Hands items to an asynchronous receiver, {@code inFlight} at most at a time. Needs a pipeline. */
    public Sink sinkAsync(int inFlight, Function<? super T, ? extends CompletionStage<?>> receiver) {
        return this.<Object>mapAsync(Async.parallel(inFlight).unordered(), receiver)
                .named("sinkAsync")
                .sink(done -> {});
    }

    /** Each item comes out of exactly one of two streams. */
    public Split<T> split(Predicate<? super T> predicate) {
        return new Split<>(this, predicate);
    }

    /** The items of this and the other streams as they come. */
    @SafeVarargs
    public final DataStream<T> union(DataStream<? extends T>... others) {
        var union = new RootNode<T>("union", node.behind, Shape.JOIN);
        DataStream<T> joined = add(union);
        for (DataStream<? extends T> other : others) {
            other.connect(joined);
        }
        return joined;
    }

    /** Pairs of the first items of both, the second ones, and so on; up to 1,000 wait for the other side. */
    public <U, R> DataStream<R> zip(DataStream<U> other, BiFunction<? super T, ? super U, ? extends R> combiner) {
        return Combine.zip(this, other, combiner);
    }

    /** The newest of both, each time one of them has a new one. */
    public <U, R> DataStream<R> combineLatest(
            DataStream<U> other, BiFunction<? super T, ? super U, ? extends R> combiner) {
        return Combine.latest(this, other, combiner);
    }

    /** Every item of this stream once, with the newest of the other; up to 1,000 wait for its first. */
    public <U, R> DataStream<R> zipLatest(DataStream<U> other, BiFunction<? super T, ? super U, ? extends R> combiner) {
        return Combine.zipLatest(this, other, combiner);
    }

    /** Adds an operator; the supplier is asked for one when the graph is opened. */
    public <R> DataStream<R> pipe(String name, Supplier<? extends Operator<? super T, ? extends R>> operator) {
        return pipe(name, Shape.STEP, operator);
    }

    /**
     * Adds an operator with several inputs: this stream is number 0, the others follow. Items come in by
     * {@link Operator#onNext(int, Object, Output)}; the watermark is the least of all inputs, the end that of the last one.
     */
    public <R> DataStream<R> pipe(
            String name,
            Supplier<? extends Operator<? super T, ? extends R>> operator,
            List<? extends DataStream<?>> others) {
        Objects.requireNonNull(operator, "operator");
        var joint = new OperatorNode<T, R>(Objects.requireNonNull(name, "name"), Shape.JOIN, node.behind, operator);
        var joined = add(joint);
        for (int i = 0; i < others.size(); i++) {
            Wiring.attach(others.get(i).node, joint, i + 1, joint.port(i + 1));
        }
        return joined;
    }

    /** A queue of {@code rows} items with a thread of its own behind it; who emits waits while it is full. */
    public DataStream<T> buffer(int rows) {
        return buffer(Buffer.ofRows(rows));
    }

    /** A queue, bounded as said, with a thread of its own behind it. */
    public DataStream<T> buffer(Buffer<? super T> bounds) {
        return add(new BufferNode<T>(engine("buffer"), "buffer", node.behind, bounds));
    }

    /** Only the newest item counts: one that was not yet handled when a newer one comes is dropped. */
    public DataStream<T> latest() {
        Buffer<T> newest = Buffer.<T>ofRows(1).whenFull(Overflow.DROP_OLDEST);
        return add(new BufferNode<T>(engine("latest"), "latest", node.behind, newest));
    }

    /** Hands every item to a receiver. */
    public Sink sink(Receiver<? super T> receiver) {
        var sink = new SinkNode<T>(node.behind, Objects.requireNonNull(receiver, "receiver"));
        add(sink);
        return new Sink(sink);
    }

    /** What the operator of this node puts into its side output of the given name. */
    public <S> DataStream<S> side(String port, Class<S> type) {
        Objects.requireNonNull(type, "type");
        return new DataStream<>(node.sideNode(port));
    }

    /**
     * The failures of this node and of all nodes downstream that have no nearer listener. Who listens here takes them over:
     * {@link #emit} does not throw them any more.
     */
    public DataStream<Failure> failures() {
        return new DataStream<>(node.sideNode(Failures.FAILURES));
    }

    /** The items this node failed on, if its policy is {@link OnError#DEAD_LETTER}. */
    public DataStream<Failure> deadLetters() {
        return new DataStream<>(node.sideNode(Failures.DEAD_LETTERS));
    }

    // Changing the graph while it runs.

    /**
     * Lets the items of this stream go into another one, from the next item on. The other one is a root, a union or a stream
     * that was connected before.
     *
     * @throws PlanException if the other stream leads back here; {@link #feedback} is made for that
     */
    public void connect(DataStream<? super T> downstream) {
        if (!(downstream.node instanceof RootNode)) {
            throw new PlanException(
                    "connect",
                    downstream.name(),
                    "'" + downstream.name() + "' has a fixed input",
                    "connect to a stream made by of, stream or union");
        }
        if (downstream.node.wiring.reaches(node)) {
            throw new PlanException(
                    "cycle",
                    downstream.name(),
                    "connecting '" + name() + "' to '" + downstream.name() + "' makes a cycle",
                    "use feedback(target, most) for that");
        }
        @SuppressWarnings("unchecked") // a root takes what it emits
        var target = (Node<T, ?>) downstream.node;
        Wiring.attach(node, target, 0, target);
    }

    /** Ends a connection between the two, from the next item on. */
    public void disconnect(DataStream<?> downstream) {
        List<Edge> edges = downstream.node.up().stream()
                .filter(edge -> edge.from() == node)
                .toList();
        if (edges.isEmpty()) {
            throw new PlanException(
                    "not-connected",
                    downstream.name(),
                    "'" + name() + "' is not connected to '" + downstream.name() + "'",
                    "");
        }
        edges.forEach(Wiring::detach);
    }

    /**
     * Lets the items of this stream go back into one above it. They wait until the item they come from is done, so nothing
     * recurses; an item goes round at most {@code rounds} times, so nothing runs for ever.
     *
     * @return where items come out that have been round that often and are not let back in
     */
    public DataStream<T> feedback(DataStream<? super T> target, int rounds) {
        return Feedback.connect(this, target, rounds);
    }

    /** Cuts this node off from everything above it; what is below stays, and hears nothing any more. */
    public void destroy() {
        node.destroy();
    }

    // The node itself.

    /** Gives the node another name, for errors, pictures and metrics. */
    public DataStream<T> named(String name) {
        node.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Says under which name a checkpoint keeps the state of this node, for one that writes its state itself: an operator, a
     * source, {@code slice}. Where nothing is said that is the name of the node.
     */
    public DataStream<T> saved(String name) {
        return saved(name, 1);
    }

    /**
     * Says under which name a checkpoint keeps the state of this node, and how to write what only you know: the state of a
     * function, the items that a partition holds, the keys of {@code unique}; for {@code zip} and {@code combineLatest} one
     * codec for each input, or one for all. Without it, a pipeline with checkpoints refuses to start.
     *
     * @param version raised by you when the function or the codec changes; the codec is told it when it reads
     */
    public DataStream<T> saved(String name, int version, Codec<?>... codecs) {
        node.saved = new Saved(name, name, node.wiring.path(), version, List.of(codecs));
        return this;
    }

    /**
     * As {@link #saved(String)}, for plans that name their steps by what leads to them.
     *
     * @param kind what the step is: a saved state without a home, beside a step of its kind without state, is a changed step
     * @param plan what leads to the step, one step a line, for the message then
     */
    public DataStream<T> saved(String name, String kind, String plan) {
        node.saved = new Saved(name, kind, plan, 1, List.of());
        return this;
    }

    /** The name of the node. */
    public String name() {
        return node.name;
    }

    /** Says what the node does when its own code throws. */
    public DataStream<T> onError(OnError policy) {
        node.onError = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** The counters of this node. */
    public NodeMetrics metrics() {
        return node.metrics();
    }

    /** A picture of the graph this stream is part of. */
    public Graph graph() {
        return Graph.around(node);
    }

    /** The path of the node, such as {@code source > map}. */
    @Override
    public String toString() {
        return node.wiring.path();
    }

    private <R> DataStream<R> pipe(
            String name, Shape shape, Supplier<? extends Operator<? super T, ? extends R>> operator) {
        return add(new OperatorNode<T, R>(
                Objects.requireNonNull(name, "name"),
                shape,
                node.behind,
                Objects.requireNonNull(operator, "operator")));
    }

    private <R> DataStream<R> pipe(
            String name,
            Shape shape,
            Duration interval,
            Supplier<? extends Operator<? super T, ? extends R>> operator) {
        node.behind.host().scheduler(name);
        if (interval.isNegative() || interval.isZero()) {
            throw new PlanException("interval", name, name + " needs an interval above zero, not " + interval, "");
        }
        return pipe(name, shape, operator);
    }

    private Engine engine(String name) {
        node.behind.host().require(name);
        return (Engine) node.behind.host();
    }

    private <R> DataStream<R> add(Node<T, R> below) {
        below.adopt(node);
        return new DataStream<>(below);
    }
}
