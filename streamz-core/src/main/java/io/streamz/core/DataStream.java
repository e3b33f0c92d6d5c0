package io.streamz.core;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
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

    /** Adds an operator; the supplier is asked for one when the graph is opened. */
    public <R> DataStream<R> pipe(String name, Supplier<? extends Operator<? super T, ? extends R>> operator) {
        return add(new OperatorNode<T, R>(
                Objects.requireNonNull(name, "name"),
                Shape.STEP,
                node.behind,
                Objects.requireNonNull(operator, "operator")));
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

    // The node itself.

    /** Gives the node another name, for errors, pictures and metrics. */
    public DataStream<T> named(String name) {
        node.name = Objects.requireNonNull(name, "name");
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

    @Override
    public String toString() {
        return node.wiring.path();
    }

    private <R> DataStream<R> add(Node<T, R> below) {
        below.adopt(node);
        return new DataStream<>(below);
    }
}
