package io.streamz.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Tells who emitted an item when everything downstream, asynchronous work included, has finished with it. Carried by the
 * emission, not by the item. It counts holders: the emission itself while it runs, every queue and every operator that keeps
 * the item. When the count is back at zero the ack is done, once and for good.
 *
 * <p>An item that is filtered away or dropped is finished. An item that failed is finished too, with its first failure.
 *
 * <p>An ack may carry metadata, a map per item; an operator that makes one item of several carries the acks of all of them,
 * so its metadata is the list of theirs.
 *
 * <p>Safe for use by any number of threads.
 */
public sealed class Ack {
    /** The ack of an item nobody waits for: counts nothing, is never done. */
    public static final Ack NONE = new None();

    private static final int DONE = -1;

    private final AtomicInteger holders = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Consumer<? super Throwable> whenDone;
    private final List<Map<String, Object>> metadata;

    private Ack(Consumer<? super Throwable> whenDone, List<Map<String, Object>> metadata) {
        this.whenDone = whenDone;
        this.metadata = metadata;
    }

    /**
     * An ack that runs {@code whenDone} on the thread that finishes last, with the first failure or null. It must be quick
     * and must not throw.
     */
    public static Ack of(Consumer<? super Throwable> whenDone) {
        return new Ack(Objects.requireNonNull(whenDone, "whenDone"), List.of());
    }

    /** An ack with metadata for the one item it is emitted with. */
    public static Ack of(Map<String, ?> metadata, Consumer<? super Throwable> whenDone) {
        return new Ack(Objects.requireNonNull(whenDone, "whenDone"), List.of(Map.copyOf(metadata)));
    }

    /** One ack that stands for several: to hold it is to hold each of them. {@link #NONE} when there is nothing to wait for. */
    public static Ack all(List<Ack> acks) {
        var parts = new ArrayList<Ack>(acks.size());
        for (Ack ack : acks) {
            if (ack instanceof All all) {
                parts.addAll(all.parts);
            } else if (ack != NONE) {
                parts.add(ack);
            }
        }
        return switch (parts.size()) {
            case 0 -> NONE;
            case 1 -> parts.get(0);
            default -> new All(List.copyOf(parts));
        };
    }

    /** The same ack with one more piece of metadata for the items it is emitted with from now on. */
    Ack tagged(String key, Object value) {
        var more = new ArrayList<>(metadata);
        more.removeIf(entry -> entry.containsKey(key));
        more.add(Map.of(key, value));
        return new Tagged(this instanceof Tagged tagged ? tagged.base : this, List.copyOf(more));
    }

    /** One more holder. */
    public void retain() {
        int now;
        do {
            now = holders.get();
            if (now == DONE) {
                throw new IllegalStateException("an ack that is done was retained");
            }
        } while (!holders.compareAndSet(now, now + 1));
    }

    /** One holder less; the last one ends it. */
    public void release() {
        int now;
        do {
            now = holders.get();
            if (now <= 0) {
                throw new IllegalStateException("an ack was released more often than retained");
            }
        } while (!holders.compareAndSet(now, now == 1 ? DONE : now - 1));
        if (now == 1) {
            whenDone.accept(failure.get());
        }
    }

    /** Notes that something downstream failed on the item; only the first failure is kept. Does not end the ack. */
    public void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /** How many hold it now: 0 before the emission and after the end. */
    public int holders() {
        return Math.max(0, holders.get());
    }

    /** Whether everything downstream has finished. */
    public boolean isDone() {
        return holders.get() == DONE;
    }

    /** The metadata of the items it stands for, those without left out. */
    public List<Map<String, Object>> metadata() {
        return metadata;
    }

    @Override
    public String toString() {
        return isDone() ? "ack done" : "ack held by " + holders();
    }

    private static final class None extends Ack {
        None() {
            super(failure -> {}, List.of());
        }

        @Override
        public void retain() {}

        @Override
        public void release() {}

        @Override
        public void fail(Throwable cause) {}
    }

    private static final class Tagged extends Ack {
        private final Ack base;

        Tagged(Ack base, List<Map<String, Object>> metadata) {
            super(failure -> {}, metadata);
            this.base = base;
        }

        @Override
        public void retain() {
            base.retain();
        }

        @Override
        public void release() {
            base.release();
        }

        @Override
        public void fail(Throwable cause) {
            base.fail(cause);
        }

        @Override
        public int holders() {
            return base.holders();
        }

        @Override
        public boolean isDone() {
            return base.isDone();
        }
    }

    private static final class All extends Ack {
        private final List<Ack> parts;

        All(List<Ack> parts) {
            super(
                    failure -> {},
                    parts.stream().flatMap(part -> part.metadata().stream()).toList());
            this.parts = parts;
        }

        @Override
        public void retain() {
            parts.forEach(Ack::retain);
        }

        @Override
        public void release() {
            parts.forEach(Ack::release);
        }

        @Override
        public void fail(Throwable cause) {
            parts.forEach(part -> part.fail(cause));
        }

        @Override
        public int holders() {
            return parts.stream().mapToInt(Ack::holders).max().orElse(0);
        }

        @Override
        public boolean isDone() {
            return parts.stream().allMatch(Ack::isDone);
        }
    }
}
