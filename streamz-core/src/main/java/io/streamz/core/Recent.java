package io.streamz.core;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * The last items that passed an edge, to be looked at from any thread at any time. Lent items are kept as shares and given
 * back when newer ones push them out or this is closed.
 *
 * @param <T> the type of the items
 */
public final class Recent<T> implements AutoCloseable {
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private final int most;
    private final Sink sink;

    Recent(DataStream<T> stream, int most) {
        if (most < 1) {
            throw new PlanException("recent-size", "recent", "at least one item is kept, not " + most, "");
        }
        this.most = most;
        this.sink = stream.sink(this::add).named("recent");
    }

    private synchronized void add(T item) {
        if (items.size() == most) {
            Shared.drop(items.poll());
        }
        items.add(Shared.keep(item));
    }

    /** The last item, if one has passed. */
    public synchronized Optional<T> last() {
        return Optional.ofNullable(items.peekLast());
    }

    /** The last items, the oldest first. */
    public synchronized List<T> items() {
        return List.copyOf(items);
    }

    /** Stops looking and lets go of what it has. */
    @Override
    public void close() {
        sink.close();
        synchronized (this) {
            items.forEach(Shared::drop);
            items.clear();
        }
    }
}
