package io.streamz.core;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Commits positions in the order of emission although acks end in any order: a position is committed when its ack and all
 * before it are done without failure. After a failure nothing more is committed, so that a restart reads the failed item again.
 *
 * <p>Safe for use by any number of threads; commits are made one at a time, by the thread that ended the ack.
 *
 * @param <P> the type of the positions
 */
public final class AckOrder<P> {
    private final Consumer<? super P> commit;
    private final ArrayDeque<Entry> open = new ArrayDeque<>();

    /** Commits with the given function, which must be quick and must not throw. */
    public AckOrder(Consumer<? super P> commit) {
        this.commit = Objects.requireNonNull(commit, "commit");
    }

    private final class Entry {
        final P position;
        boolean done;

        Entry(P position) {
            this.position = position;
        }
    }

    /** The ack for the next item; {@code position} is what to commit when it is done. */
    public synchronized Ack next(P position) {
        var entry = new Entry(position);
        open.add(entry);
        return Ack.of(failure -> ended(entry, failure));
    }

    /** How many items are not committed. */
    public synchronized int open() {
        return open.size();
    }

    private synchronized void ended(Entry entry, Throwable failure) {
        if (failure != null) {
            return;
        }
        entry.done = true;
        Entry last = null;
        while (!open.isEmpty() && open.peek().done) {
            last = open.poll();
        }
        if (last != null) {
            commit.accept(last.position);
        }
    }
}
