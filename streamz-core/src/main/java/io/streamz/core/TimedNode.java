package io.streamz.core;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Lets items out later than they came in, in their order. A delay lets each out a fixed time after it came; a rate limit lets
 * them out at least a fixed time apart. Both are full when they hold as many as they may; then emitters wait.
 */
final class TimedNode<T> extends Node<T, T> implements Gate {
    private final Duration interval;
    private final int most;
    private final boolean apart;
    private final ArrayDeque<Held<T>> held = new ArrayDeque<>();
    private final Room room = new Room();
    private Instant nextOut = Instant.MIN;
    private boolean ticking;
    private boolean ending;
    private volatile boolean full;

    private record Held<T>(T item, Ack ack, Instant due) {}

    private TimedNode(String name, Segment segment, Duration interval, int most, boolean apart) {
        super(name, segment);
        this.interval = interval;
        this.most = most;
        this.apart = apart;
        if (interval.isNegative() || interval.isZero()) {
            throw new PlanException("interval", name, name + " needs an interval above zero, not " + interval, "");
        }
    }

    static <T> TimedNode<T> delay(Segment segment, Duration interval, int most) {
        return new TimedNode<>("delay", segment, interval, most, false);
    }

    /** Holds nothing that was let in while there was room: who comes too early waits outside. */
    static <T> TimedNode<T> rateLimit(Segment segment, Duration interval) {
        return new TimedNode<>("rateLimit", segment, interval, 1, true);
    }

    @Override
    void deliver(T item) {
        in++;
        Instant now = scheduler().instant();
        if (apart && held.isEmpty() && !now.isBefore(nextOut)) {
            nextOut = now.plus(interval);
            full = true;
            tick();
            emit(item);
            return;
        }
        Ack ack = segment.ack();
        ack.retain();
        held.add(new Held<>(Shared.keep(item), ack, apart ? Instant.MIN : now.plus(interval)));
        full = apart || held.size() >= most;
        tick();
    }

    /** Sets the timer for the next thing to do, if there is one and none is set. */
    private void tick() {
        if (ticking || (!apart && held.isEmpty())) {
            return;
        }
        ticking = true;
        Instant due = apart ? nextOut : held.peek().due;
        Duration wait = Duration.between(scheduler().instant(), due);
        scheduler()
                .schedule(wait.isNegative() ? Duration.ZERO : wait, () -> Segment.betweenItems(this, false, this::due));
    }

    /** Under the lock of the segment: lets out what may go. */
    private void due() {
        ticking = false;
        if (state != State.OPEN) {
            return;
        }
        Instant now = scheduler().instant();
        while (!held.isEmpty() && !now.isBefore(apart ? nextOut : held.peek().due)) {
            Held<T> first = held.poll();
            if (apart) {
                nextOut = now.plus(interval);
            }
            segment.emitWith(this, first.item, first.ack);
            Shared.drop(first.item);
            first.ack.release();
        }
        full = apart ? !held.isEmpty() || now.isBefore(nextOut) : held.size() >= most;
        room.made();
        if (apart ? full : !held.isEmpty()) {
            tick();
        }
        if (ending && held.isEmpty()) {
            super.passEnd();
        }
    }

    private Scheduler scheduler() {
        return segment.host().scheduler(name);
    }

    @Override
    void passEnd() {
        ending = true;
        if (held.isEmpty()) {
            super.passEnd();
        }
    }

    @Override
    Gate gate(Edge edge) {
        return this;
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public void await() {
        room.awaitWhile(this::isFull, name);
    }

    @Override
    void close() {
        for (Held<T> left : held) {
            Shared.drop(left.item);
            left.ack.release();
        }
        held.clear();
        room.close();
    }

    /** A rate limit holds nothing for longer than its interval: a checkpoint waits for that. */
    @Override
    boolean hasState() {
        return !apart;
    }

    @Override
    int codecs() {
        return apart ? 0 : 1;
    }

    @Override
    boolean isDrained() {
        return !apart || held.isEmpty();
    }

    @Override
    void write(StateWriter out) throws IOException {
        out.writeInt(held.size());
        for (Held<T> each : held) {
            Codec.INSTANT.write(each.due, out);
            saved.codec(0).write(each.item, out);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the codec of these items
    void read(StateReader in, int version) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            Instant due = Codec.INSTANT.read(in, version);
            held.add(new Held<>((T) Shared.keep(saved.codec(0).read(in, version)), Ack.NONE, due));
        }
        full = held.size() >= most;
        tick();
    }

    @Override
    boolean isBoundary() {
        return true;
    }

    @Override
    long queued() {
        return held.size();
    }

    @Override
    Shape shape() {
        return Shape.TIME;
    }

    @Override
    String detail() {
        return interval.toString();
    }
}
