package io.streamz.core;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * Two streams that share the items of one: each item lands in exactly one of them. The predicate is asked once per item.
 *
 * @param <T> the type of the items
 */
public final class Split<T> {
    private static final String OTHERS = "others";

    private final DataStream<T> matching;
    private final DataStream<T> others;

    Split(DataStream<T> source, Predicate<? super T> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        matching = source.pipe("split", () -> (item, out) -> {
            if (predicate.test(item)) {
                out.emit(item);
            } else {
                out.<T>side(OTHERS).emit(item);
            }
        });
        others = new DataStream<>(matching.node.sideNode(OTHERS));
    }

    /** The items for which the predicate holds. */
    public DataStream<T> matching() {
        return matching;
    }

    /** All others. */
    public DataStream<T> others() {
        return others;
    }
}
