package io.streamz.core;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A stream of lists, worked on item by item; a list goes in, a list comes out.
 *
 * @param <T> the type of the items in the lists
 */
public final class Batches<T> {
    private final DataStream<List<T>> lists;

    private Batches(DataStream<List<T>> lists) {
        this.lists = lists;
    }

    /** The lists of a stream, such as that of {@code partition}. */
    public static <T> Batches<T> of(DataStream<List<T>> lists) {
        return new Batches<>(Objects.requireNonNull(lists, "lists"));
    }

    /** Applies a function to every item of every list. */
    public <R> Batches<R> map(Function<? super T, ? extends R> function) {
        return new Batches<>(lists.map(list -> list.stream().<R>map(function).toList()));
    }

    /** Keeps the items for which the predicate holds; a list may become empty. */
    public Batches<T> filter(Predicate<? super T> predicate) {
        return new Batches<>(lists.map(list -> list.stream().filter(predicate).toList()));
    }

    /** The sum over all lists so far, exact, after every list; too large a sum fails. */
    public DataStream<Long> sum(ToLongFunction<? super T> value) {
        return lists.accumulate(0L, (total, list) -> {
            long sum = total;
            for (T item : list) {
                sum = Math.addExact(sum, value.applyAsLong(item));
            }
            return sum;
        });
    }

    /** The sum over all lists so far, added in order, after every list. */
    public DataStream<Double> sumDouble(ToDoubleFunction<? super T> value) {
        return lists.accumulate(0.0, (total, list) -> {
            double sum = total;
            for (T item : list) {
                sum += value.applyAsDouble(item);
            }
            return sum;
        });
    }

    /** The items one by one. */
    public DataStream<T> items() {
        return lists.flatMap(list -> list);
    }

    /** The lists. */
    public DataStream<List<T>> stream() {
        return lists;
    }
}
