package io.streamz.core;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A bounded queue with a thread behind it. Waking a waiting emitter costs more than many items, so that is done when half of
 * the queue is empty, which is looked at every few items (each time where bytes are bounded).
 *
 * <p>An emitter waits before its item goes in, so that the queue is full at most. Only one emission that makes several items
 * of one can bring more than there is room for; the rest then stays above the queue, the next emitter waits for it, and the
 * thread behind asks for it when there is room.
 */
final class BufferNode<T> extends Node<T, T> implements Gate {
    private static final int PASSED = 15;
    private static final int UNTIL_ROOM = 16;

    private final Buffer<? super T> bounds;
    private final Ring ring;
    private final Room room = new Room();
    private final AtomicLong bytes = new AtomicLong();
    private final ArrayDeque<Ring.Taken> excess = new ArrayDeque<>();
    private volatile boolean hasExcess;
    private volatile boolean askedForExcess;
    private final int roomEvery;

    /** What the thread behind writes for each item, far from what the emitters write: they would fight for a cache line. */
    private final long[] takers = new long[32];

    private final Consumer<T> delivery = this::passOn;
    private final Lease putting = new Lease();
    private final Lease taking = new Lease();
    private boolean ending;

    /** A watermark or the end on its way through the queue. */
    private record Signal(Runnable action) {}

    BufferNode(Engine engine, String name, Segment above, Buffer<? super T> bounds) {
        super(name, above, new Segment(engine, false));
        this.bounds = bounds;
        this.roomEvery = bounds.bytes == Long.MAX_VALUE ? Math.max(1, Math.min(256, bounds.rows / 2)) : 1;
        this.ring = new Ring(bounds.rows, bounds.overflow == Overflow.DROP_OLDEST);
    }

    // Above: under the lock of the segment above.

    @Override
    void deliver(T item) {
        in++;
        if (isFull()) {
            switch (bounds.overflow) {
                case DROP_NEWEST -> {
                    dropped++;
                    return;
                }
                case DROP_OLDEST -> dropOldest();
                case ERROR -> {
                    Failures.of(this, item, new IllegalStateException("the buffer is full: " + bounds.rows + " items"));
                    return;
                }
                case BLOCK -> {}
            }
        }
        long size = 0;
        if (bounds.bytes != Long.MAX_VALUE) {
            try {
                size = bounds.size.applyAsLong(item);
            } catch (Throwable cause) {
                Failures.of(this, item, cause);
                return;
            }
            bytes.addAndGet(size);
        }
        Ack ack = segment.ack();
        ack.retain();
        put(putting.keep(item), ack, size);
    }

    private void put(Object item, Ack ack, long size) {
        boolean fits = item instanceof Signal ? ring.hasSlot() : !ring.isFull();
        if (fits && !hasExcess) {
            ring.put(item, ack, size);
        } else {
            excess.add(new Ring.Taken(item, ack, size));
            hasExcess = true;
            VarHandle.fullFence();
            moveExcess(); // the thread behind may have made room before it could see that there is excess
        }
    }

    private void dropOldest() {
        while (ring.isFull()) {
            Ring.Taken oldest = ring.takeOldest();
            if (oldest == null) {
                return; // the thread behind was faster
            }
            if (oldest.item() instanceof Signal) {
                ring.put(oldest.item(), oldest.ack(), 0); // a watermark may come later than it was, never be lost
            } else {
                dropped++;
                bytes.addAndGet(-oldest.size());
                letGo(oldest.item(), oldest.ack());
            }
        }
    }

    /** Moves what did not fit into the queue. */
    private void moveExcess() {
        askedForExcess = false;
        while (!excess.isEmpty() && !ring.isFull()) {
            Ring.Taken first = excess.poll();
            ring.put(first.item(), first.ack(), first.size());
        }
        hasExcess = !excess.isEmpty();
        room.made();
    }

    @Override
    void passWatermark(long time) {
        put(new Signal(() -> next.watermark(time)), Ack.NONE, 0);
    }

    @Override
    void passEnd() {
        if (!ending) {
            ending = true;
            put(new Signal(super::passEnd), Ack.NONE, 0);
        }
    }

    @Override
    Gate gate(Edge edge) {
        return bounds.overflow == Overflow.BLOCK ? this : null;
    }

    @Override
    public boolean isFull() {
        return hasExcess || ring.isFull() || bytes.get() >= bounds.bytes;
    }

    @Override
    public void await() {
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
    Shape shape() {
        return Shape.GROUP;
    }

    @Override
    String detail() {
        return String.valueOf(bounds.rows);
    }

    @SuppressWarnings("unchecked") // what is in the ring was put there as T
    private void pass(Object item, Ack ack, long size) {
        if (item instanceof Signal signal) {
            behind.handle(nothing -> signal.action.run(), null, Ack.NONE);
        } else {
            if (size != 0) {
                bytes.addAndGet(-size);
            }
            if (--takers[UNTIL_ROOM] <= 0) {
                takers[UNTIL_ROOM] = roomEvery;
                sayThereIsRoom();
            }
            takers[PASSED]++;
            if (ack == Ack.NONE) {
                next.deliver((T) item);
                taking.drop(item);
                return;
            }
            try {
                behind.handle(delivery, (T) item, ack);
            } finally {
                taking.drop(item);
                ack.release();
            }
        }
    }

    /** A waiting emitter is woken for half a queue of items, not for one. */
    private void sayThereIsRoom() {
        if (bounds.bytes != Long.MAX_VALUE || ring.size() <= bounds.rows / 2) {
            room.made();
        }
    }

    private void passOn(T item) {
        next.deliver(item);
    }

    @Override
    long out() {
        return takers[PASSED];
    }

    private static void letGo(Object item, Ack ack) {
        Shared.drop(item);
        ack.release();
    }

    private final class Pump extends Worker {
        private final Ring.Taker taker = BufferNode.this::pass;
        private final BooleanSupplier step = this::step;

        Pump() {
            super((Engine) behind.host(), name + "-" + number);
        }

        private final BooleanSupplier otherwise = this::hasToAskForExcess;

        private boolean step() {
            return ring.take(taker) && !isStopping();
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
            Ring.Taken left;
            while ((left = ring.takeOldest()) != null) {
                letGo(left.item(), left.ack());
            }
        }
    }
}
