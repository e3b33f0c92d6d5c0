package io.streamz.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Makes one stream of several. A constant is simply used in the combiner: {@code zip(a, b, (x, y) -> List.of(x, 123, y))}.
 *
 * <p>Where an input waits for another one it is bounded: when more than {@code most} items wait, who emits the next one waits
 * too. On a bare stream, and where all inputs come from one root, waiting would never end; there, the emission fails.
 */
public final class Combine {
    private static final int MOST = 1000;

    private Combine() {}

    /** A function of three. */
    @FunctionalInterface
    public interface Three<A, B, C, R> {
        /** Combines them. */
        R apply(A a, B b, C c);
    }

    /** A function of four. */
    @FunctionalInterface
    public interface Four<A, B, C, D, R> {
        /** Combines them. */
        R apply(A a, B b, C c, D d);
    }

    /** A function of five. */
    @FunctionalInterface
    public interface Five<A, B, C, D, E, R> {
        /** Combines them. */
        R apply(A a, B b, C c, D d, E e);
    }

    /** The first of both, the second of both, and so on. */
    public static <A, B, R> DataStream<R> zip(
            DataStream<A> a, DataStream<B> b, BiFunction<? super A, ? super B, ? extends R> combiner) {
        return new DataStream<>(zip(MOST, two(combiner), a, b));
    }

    /** The same of three. */
    public static <A, B, C, R> DataStream<R> zip(
            DataStream<A> a,
            DataStream<B> b,
            DataStream<C> c,
            Three<? super A, ? super B, ? super C, ? extends R> combiner) {
        return new DataStream<>(zip(MOST, three(combiner), a, b, c));
    }

    /** The same of four. */
    public static <A, B, C, D, R> DataStream<R> zip(
            DataStream<A> a,
            DataStream<B> b,
            DataStream<C> c,
            DataStream<D> d,
            Four<? super A, ? super B, ? super C, ? super D, ? extends R> combiner) {
        Function<Object[], R> all = x -> combiner.apply(at(x, 0), at(x, 1), at(x, 2), at(x, 3));
        return new DataStream<>(zip(MOST, all, a, b, c, d));
    }

    /** The same of five. */
    public static <A, B, C, D, E, R> DataStream<R> zip(
            DataStream<A> a,
            DataStream<B> b,
            DataStream<C> c,
            DataStream<D> d,
            DataStream<E> e,
            Five<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> combiner) {
        Function<Object[], R> all = x -> combiner.apply(at(x, 0), at(x, 1), at(x, 2), at(x, 3), at(x, 4));
        return new DataStream<>(zip(MOST, all, a, b, c, d, e));
    }

    /** Any number of streams zipped to lists; up to {@code most} items of one wait for the others. */
    @SafeVarargs
    public static <T> Combined<T> zip(int most, DataStream<? extends T>... inputs) {
        return new Combined<>(Combine.<List<T>>zip(most, Combine::list, inputs));
    }

    /** The newest of both, each time one of them has a new one. */
    public static <A, B, R> DataStream<R> latest(
            DataStream<A> a, DataStream<B> b, BiFunction<? super A, ? super B, ? extends R> combiner) {
        return new DataStream<>(latest(Set.of(), two(combiner), a, b));
    }

    /** The same of three. */
    public static <A, B, C, R> DataStream<R> latest(
            DataStream<A> a,
            DataStream<B> b,
            DataStream<C> c,
            Three<? super A, ? super B, ? super C, ? extends R> combiner) {
        return new DataStream<>(latest(Set.of(), three(combiner), a, b, c));
    }

    /**
     * The newest of any number of streams as a list, each time one of the triggering ones has a new one.
     *
     * @param emitOn the numbers of the triggering inputs, from 0; none means all
     */
    @SafeVarargs
    public static <T> Combined<T> latest(Set<Integer> emitOn, DataStream<? extends T>... inputs) {
        return new Combined<>(Combine.<List<T>>latest(emitOn, Combine::list, inputs));
    }

    /** Every item of the first stream once, with the newest of the second. */
    public static <A, B, R> DataStream<R> zipLatest(
            DataStream<A> a, DataStream<B> b, BiFunction<? super A, ? super B, ? extends R> combiner) {
        return new DataStream<>(zipLatest(MOST, two(combiner), a, b));
    }

    /** Every item of the first stream once, with the newest of the second and the third. */
    public static <A, B, C, R> DataStream<R> zipLatest(
            DataStream<A> a,
            DataStream<B> b,
            DataStream<C> c,
            Three<? super A, ? super B, ? super C, ? extends R> combiner) {
        return new DataStream<>(zipLatest(MOST, three(combiner), a, b, c));
    }

    /** Every item of the first stream once, with the newest of all others, as a list. */
    @SafeVarargs
    public static <T> Combined<T> zipLatest(int most, DataStream<? extends T>... inputs) {
        return new Combined<>(Combine.<List<T>>zipLatest(most, Combine::list, inputs));
    }

    private static <R> Ports<R> zip(int most, Function<Object[], ? extends R> combiner, DataStream<?>... inputs) {
        requireRoom(most);
        return join(new ZipNode<R>(inputs[0].node.behind, most, combiner), inputs);
    }

    private static <R> Ports<R> latest(
            Set<Integer> emitOn, Function<Object[], ? extends R> combiner, DataStream<?>... inputs) {
        for (int input : emitOn) {
            Objects.checkIndex(input, inputs.length);
        }
        return join(new CombineLatestNode<R>(inputs[0].node.behind, Set.copyOf(emitOn), combiner), inputs);
    }

    private static <R> Ports<R> zipLatest(int most, Function<Object[], ? extends R> combiner, DataStream<?>... inputs) {
        requireRoom(most);
        return join(new ZipLatestNode<R>(inputs[0].node.behind, most, combiner), inputs);
    }

    private static void requireRoom(int most) {
        if (most < 1) {
            throw new PlanException("combine-size", "combine", "at least one item can wait, not " + most, "");
        }
    }

    private static <R> Ports<R> join(Ports<R> node, DataStream<?>... inputs) {
        node.segment.host().added(node);
        if (node.segment.host().isOpen()) {
            node.start();
        }
        for (DataStream<?> input : inputs) {
            node.connect(input.node);
        }
        return node;
    }

    private static <A, B, R> Function<Object[], R> two(BiFunction<? super A, ? super B, ? extends R> combiner) {
        Objects.requireNonNull(combiner, "combiner");
        return x -> combiner.apply(Combine.<A>at(x, 0), Combine.<B>at(x, 1));
    }

    private static <A, B, C, R> Function<Object[], R> three(
            Three<? super A, ? super B, ? super C, ? extends R> combiner) {
        Objects.requireNonNull(combiner, "combiner");
        return x -> combiner.apply(Combine.<A>at(x, 0), Combine.<B>at(x, 1), Combine.<C>at(x, 2));
    }

    /** The array holds what the inputs emitted, and their types were checked where they were combined. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T at(Object[] items, int index) {
        return (T) items[index];
    }

    @SuppressWarnings("unchecked") // all inputs emit T
    private static <T> List<T> list(Object[] items) {
        return (List<T>) Collections.unmodifiableList(Arrays.asList(items));
    }
}
