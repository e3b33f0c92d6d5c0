package io.streamz.core;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * A bounded queue with a thread behind it. Waking a waiting emitter costs more than many items, so that is done when half of
 * the queue is empty, which is looked at every few items (each time where bytes are bounded).
 *
 * <p>An emitter waits before its item goes in, so that the queue is full at most. Only one emission that makes several items
 * of one can bring more than there is room for; the rest then stays above the queue, the next emitter waits for it, and the
 * thread behind asks for it when there is room.
 */
final class BufferNode<T> extends Node<T, T> implements Gate {
    private static final int PUT = 15;
    private static final int PASSED = 15;

    private final Buffer<? super T> bounds;
    private final boolean countsBytes;
    private final Ring ring;
    private final Room room = new Room();
    private final AtomicLong bytes = new AtomicLong();
    private final Patience patience = new Patience();

    /** Whether an emitter that waits makes use of the patience. */
    private final AtomicBoolean looking = new AtomicBoolean();

    private final ArrayDeque<Object> excess = new ArrayDeque<>();
    private volatile boolean hasExcess;
    private volatile boolean askedForExcess;
    private final int roomEvery;

    /** What the thread behind writes for each item, far from what the emitters write: they would fight for a cache line. */
    private final long[] takers = new long[32];

    /** What the emitters write for each item. */
    private final long[] putters = new long[32];

    private final Consumer<T> delivery = this::passOn;
    private final Lease putting = new Lease();
    private final Lease taking = new Lease();
    private boolean ending;

    /** A watermark or the end on its way through the queue. */
    private record Signal(Runnable action) {}

    BufferNode(Engine engine, String name, Segment above, Buffer<? super T> bounds) {
        super(name, above, new Segment(engine, false));
        this.bounds = bounds;
        this.countsBytes = bounds.bytes != Long.MAX_VALUE;
        this.roomEvery = countsBytes ? 1 : Math.max(1, Math.min(256, bounds.rows / 2));
        this.ring = new Ring(bounds.rows, bounds.overflow == Overflow.DROP_OLDEST);
    }

    // Above: under the lock of the segment above.

    @Override
    void deliver(T item) {
        putters[PUT]++;
        if (bounds.overflow != Overflow.BLOCK && isFull() && !makesRoomFor(item)) {
            return;
        }
        long size = 0;
        if (countsBytes) {
            try {
                size = bounds.size.applyAsLong(item);
            } catch (Throwable cause) {
                Failures.of(this, item, cause);
                return;
            }
            bytes.addAndGet(size);
        }
        Ack ack = segment.ack();
        Object kept = putting.keep(item);
        if (item == null || ack != Ack.NONE || size != 0) {
            ack.retain();
            kept = new Ring.Taken(kept, ack, size);
        }
        put(kept, !ring.isFull());
    }

    /** What happens to an item that comes when the buffer is full and nobody waits; gives whether it goes in. */
    private boolean makesRoomFor(T item) {
        switch (bounds.overflow) {
            case DROP_NEWEST -> dropped++;
            case ERROR ->
                Failures.of(this, item, new IllegalStateException("the buffer is full: " + bounds.rows + " items"));
            case DROP_OLDEST -> dropOldest();
            case BLOCK -> throw new IllegalStateException("an emitter waits before its item goes in");
        }
        return bounds.overflow == Overflow.DROP_OLDEST;
    }

    private void put(Object item, boolean fits) {
        if (fits && !hasExcess) {
            segment.put(ring, item);
        } else {
            excess.add(item);
            hasExcess = true;
            VarHandle.fullFence();
            moveExcess(); // the thread behind may have made room before it could see that there is excess
        }
    }

    private void put(Signal signal) {
        put(signal, ring.hasSlot());
        ring.hurry();
    }

    private void dropOldest() {
        while (ring.isFull()) {
            Object oldest = ring.takeOldest();
            if (oldest == null) {
                return; // the thread behind was faster
            }
            if (oldest instanceof Signal) {
                segment.put(ring, oldest); // a watermark may come later than it was, never be lost
            } else {
                dropped++;
                letGo(oldest);
            }
        }
    }

    /** Moves what did not fit into the queue. */
    private void moveExcess() {
        askedForExcess = false;
        while (!excess.isEmpty() && !ring.isFull()) {
            segment.put(ring, excess.poll());
        }
        hasExcess = !excess.isEmpty();
        room.made();
    }

    @Override
    void passWatermark(long time) {
        put(new Signal(() -> next.watermark(time)));
    }

    @Override
    void passEnd() {
        if (!ending) {
            ending = true;
            put(new Signal(super::passEnd));
        }
    }

    @Override
    long queuedBytes() {
        return bytes.get();
    }

    @Override
    Gate gate(Edge edge) {
        return bounds.overflow == Overflow.BLOCK ? this : null;
    }

    @Override
    public boolean isFull() {
        return hasExcess || ring.isFull() || countsBytes && bytes.get() >= bounds.bytes;
    }

    @Override
    public void await() {
        ring.hurry();
        if (looking.compareAndSet(false, true)) {
            try {
                if (patience.lastsUntil(() -> hasRoom(2), bounds.rows)) {
                    return;
                }
            } finally {
                looking.set(false);
            }
        }
        room.awaitWhile(() -> hasExcess || ring.looksFull() || bytes.get() >= bounds.bytes, name);
    }

    // Behind.

    @Override
    void open() {
        ((Engine) behind.host()).run(new Pump());
    }

    @Override
    void close() {
        room.close();
        ring.close();
    }

    @Override
    long queued() {
        return Math.min(bounds.rows, ring.size());
    }

    @Override
    boolean isBoundary() {
        return true;
    }

    @Override
    boolean isDrained() {
        return !hasExcess && ring.size() == 0;
    }

    @Override
    Shape shape() {
        return Shape.GROUP;
    }

    @Override
    String detail() {
        return String.valueOf(bounds.rows);
    }

    @SuppressWarnings("unchecked") // what is in the ring was put there as T
    private void pass(Object item) {
        if (item instanceof Signal signal) {
            behind.handle(nothing -> signal.action.run(), null, Ack.NONE);
            return;
        }
        takers[PASSED]++;
        if (item instanceof Ring.Taken taken) {
            passWithAck(taken);
        } else {
            next.deliver((T) item);
            taking.drop(item);
        }
    }

    @SuppressWarnings("unchecked") // as above
    private void passWithAck(Ring.Taken taken) {
        if (taken.size() != 0) {
            bytes.addAndGet(-taken.size());
        }
        try {
            behind.handle(delivery, (T) taken.item(), taken.ack());
        } finally {
            taking.drop(taken.item());
            taken.ack().release();
        }
    }

    /** A waiting emitter is woken for most of a queue of items, not for one. */
    private void sayThereIsRoom() {
        if (countsBytes || hasRoom(4)) {
            room.made();
        }
    }

    private boolean hasRoom(int part) {
        return !hasExcess && ring.size() <= bounds.rows / part && bytes.get() < bounds.bytes;
    }

    private void passOn(T item) {
        next.deliver(item);
    }

    @Override
    long in() {
        return putters[PUT];
    }

    @Override
    long out() {
        return takers[PASSED];
    }

    private void letGo(Object item) {
        if (item instanceof Ring.Taken taken) {
            bytes.addAndGet(-taken.size());
            Shared.drop(taken.item());
            taken.ack().release();
        } else {
            Shared.drop(item);
        }
    }

    private final class Pump extends Worker {
        private final IntPredicate step = this::passSome;
        private int untilRoom = roomEvery;

        Pump() {
            super((Engine) behind.host(), name + "-" + number);
        }

        private final BooleanSupplier otherwise = this::hasToAskForExcess;

        private boolean passSome(int few) {
            Segment entered = behind;
            int most = Math.min(few, roomEvery);
            for (int left = most; left > 0 && entered.seemsSettled(); left--) {
                Object item = isStopping() ? null : ring.takeSeen();
                if (item == null) {
                    return false;
                }
                pass(item);
            }
            untilRoom -= most;
            if (untilRoom <= 0) {
                untilRoom = roomEvery;
                sayThereIsRoom();
            }
            return true;
        }

        private boolean hasToAskForExcess() {
            return hasExcess && !askedForExcess;
        }

        @Override
        void work() throws InterruptedException {
            while (!isStopping() && !isOver()) {
                ring.awaitItem(otherwise);
                if (hasToAskForExcess()) {
                    askedForExcess = true;
                    Segment.betweenItems(BufferNode.this, false, BufferNode.this::moveExcess);
                }
                runInside(step);
                sayThereIsRoom();
            }
        }

        @Override
        void wake() {
            room.close();
            ring.close();
        }

        @Override
        void release() {
            room.close();
            Object left;
            while ((left = ring.takeOldest()) != null) {
                letGo(left);
            }
        }
    }
}
