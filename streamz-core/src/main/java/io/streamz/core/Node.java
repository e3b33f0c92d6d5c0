package io.streamz.core;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * A point of the graph: the inlet of its first input, the output of its own code, and the list of its neighbours.
 *
 * <p>The fields that an item touches on its way are plain: the lock of the segment guards them, and who reads a counter from
 * elsewhere may see a number that is a moment old.
 */
abstract class Node<I, O> extends Inlet<I> implements Output<O> {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** {@code NEW} until the pipeline starts, {@code ENDED} when nothing more will come out, {@code CLOSED} at last. */
    enum State {
        NEW,
        OPEN,
        ENDED,
        CLOSED
    }

    final int number = NUMBERS.incrementAndGet();
    final Wiring wiring = new Wiring(this);
    volatile String name;
    volatile OnError onError = OnError.FAIL;
    volatile State state = State.NEW;
    volatile Map<String, Node<?, ?>> sides = Map.of();

    /** What its state is called, or null where nobody has said. */
    volatile Saved saved;

    /** What is told when it is destroyed, or null. */
    volatile Runnable onDestroy;

    /** Where a feedback leads, or null; for pictures. */
    volatile Node<?, ?> back;

    /** The segment of the inputs. Changes only under the lock of the old one. */
    Segment segment;

    /** The segment of the output; another one than that of the inputs only for a boundary. */
    Segment behind;

    Inlet<O> next = nowhere();
    long in;
    long out;
    long dropped;
    long failed;
    long memory;
    long busyNanos;
    long watermark = Long.MIN_VALUE;

    /** Whether a checkpoint has its state, and nobody has told it yet whether that is there; under the lock of the segment. */
    boolean isUndecided;

    /** Whether its end has come meanwhile, and waits until it is told. */
    boolean endWaits;

    private final Consumer<O> emission = this::emit;
    private Gate rim;

    /** How many changes there had been to any graph when the rim was looked for. */
    private long rimAt = -1;

    /** That of the thread that emitted here last; threads may overwrite each other's. */
    private Visit lastVisit;

    Node(String name, Segment segment, Segment behind) {
        this.name = name;
        this.segment = segment;
        this.behind = behind;
        segment.join(this);
        behind.join(this);
    }

    Node(String name, Segment segment) {
        this(name, segment, segment);
    }

    // The node's own code, for subclasses.

    void open() throws Exception {}

    void onWatermark(long time) throws Exception {}

    void onEnd() throws Exception {}

    void close() {}

    /** What the user has given, such as a function or a number; shown in pictures. */
    String detail() {
        return "";
    }

    /** What is bounded where the edge comes in, or null. */
    Gate gate(Edge edge) {
        return null;
    }

    /** How many items have come in. */
    long in() {
        return in;
    }

    /** How many items have come out of it. */
    long out() {
        return out;
    }

    /** How many items have gone no further. */
    long dropped() {
        return dropped;
    }

    /** Whether a call of its own code, one that can be told by its counters, is not over. */
    boolean isRunning() {
        return false;
    }

    /** Its own code has thrown on an item and is not tried again. */
    void gaveUp() {
        failed++;
    }

    /** The bytes of what waits in it, where they are counted. */
    long queuedBytes() {
        return 0;
    }

    /** How many items wait in it. */
    long queued() {
        return 0;
    }

    /** Whether its output comes later than its input, on another thread or at another time. */
    boolean isBoundary() {
        return false;
    }

    final NodeMetrics metrics() {
        return new NodeMetrics(name, wiring.path(), in(), out(), dropped(), failed, queued(), memory, busyNanos);
    }

    final boolean isOver() {
        return state == State.ENDED || state == State.CLOSED;
    }

    final Consumer<O> emission() {
        return emission;
    }

    /** What kind of node it is; for pictures. */
    Shape shape() {
        return Shape.STEP;
    }

    // State, under the lock of the segment.

    /** Whether it keeps anything that a restart would miss. */
    boolean hasState() {
        return false;
    }

    /** How many codecs it needs to write what it keeps; 0 where it knows itself. */
    int codecs() {
        return 0;
    }

    int stateVersion() {
        return saved == null ? 1 : saved.version();
    }

    long keys() {
        return -1;
    }

    void write(StateWriter out) throws IOException {}

    void read(StateReader in, int version) throws IOException {}

    void committed(long checkpoint) throws IOException {}

    /** Whether {@link #committed} does anything. */
    boolean awaitsCommitted() {
        return false;
    }

    /** Whether nothing is on its way through it. */
    boolean isDrained() {
        return true;
    }

    // Items.

    @Override
    public final void emit(O item) {
        out++;
        next.deliver(item);
    }

    /** Lets an item in from outside the segment: waits for the lock and for room, throws what has failed. */
    final void emitFromOutside(O item, Ack ack) {
        Visit visit = visit();
        if (visit.segment != null) {
            visit.post(new Mail<>(this, true, item, ack, emission));
            return;
        }
        emitInside(Segment.enter(this, visit), visit, item, ack);
        visit.finish();
    }

    private Visit visit() {
        Visit visit = Visit.current(lastVisit);
        if (visit != lastVisit) {
            lastVisit = visit;
        }
        return visit;
    }

    /** As {@link #emitFromOutside}, but gives false instead of waiting. */
    final boolean tryEmitFromOutside(O item, Ack ack) {
        Visit visit = visit();
        Segment entered = visit.segment == null ? Segment.tryEnter(this, visit) : null;
        if (entered == null) {
            return false;
        }
        emitInside(entered, visit, item, ack);
        visit.finish();
        return true;
    }

    private void emitInside(Segment entered, Visit visit, O item, Ack ack) {
        boolean isAwaited = ack != Ack.NONE;
        if (isAwaited) {
            ack.retain();
        }
        try {
            requireOpen();
            if (isAwaited) {
                entered.handle(emission, item, ack);
            } else {
                out++;
                next.deliver(item);
            }
        } finally {
            entered.leave(visit);
            if (isAwaited) {
                ack.release();
            }
        }
    }

    /** How many items go in under one lock before others get their turn. */
    private static final int RUN = 256;

    /** After how many quick items at most a thread looks whether others have left it something to do. */
    private static final int FEW = 16;

    /** Lets in up to a run of items under one lock, fewer when one fails or must wait. */
    final void emitSome(Iterator<? extends O> items) {
        Visit visit = Visit.current();
        if (visit.segment != null) {
            visit.post(new Mail<>(this, true, items.next(), Ack.NONE, emission));
            return;
        }
        runInside(few -> emitFew(items, few));
    }

    /** Reads nothing volatile, so that the nodes compiled into this loop need not be found again for each item. */
    private boolean emitFew(Iterator<? extends O> items, int few) {
        requireOpen();
        Segment entered = behind;
        for (int left = few; left > 0 && entered.seemsSettled(); left--) {
            if (!items.hasNext()) {
                return false;
            }
            out++;
            next.deliver(items.next());
        }
        return true;
    }

    /**
     * Goes in once and takes steps until one says that it was the last, something failed, or others should have a turn.
     *
     * @param step handles so many items at most, and no more once the segment does not look settled; false when there are
     *     no more
     */
    final void runInside(IntPredicate step) {
        Visit visit = Visit.current();
        Segment entered = Segment.enter(this, visit);
        try {
            boolean bounded = rim() != null;
            int left = RUN;
            boolean more;
            do {
                int few = bounded ? 1 : FEW;
                more = step.test(few);
                left -= few;
                if (entered.isUnsettled()) {
                    entered.settle(visit);
                    bounded = true; // the graph may have changed
                }
            } while (more && left > 0 && visit.isQuiet() && (!bounded || fullGate() == null));
        } finally {
            entered.leave(visit);
        }
        visit.finish();
    }

    /** Does something else to the output under its lock: an end or a watermark. */
    final void fromOutside(Runnable signal) {
        Visit visit = Visit.current();
        if (visit.segment != null) {
            visit.post(new Mail<>(this, true, null, Ack.NONE, nothing -> signal.run()));
            return;
        }
        Segment entered = Segment.enter(this, visit);
        try {
            entered.handle(nothing -> signal.run(), null, Ack.NONE);
        } finally {
            entered.leave(visit);
        }
        visit.finish();
    }

    final void requireOpen() {
        if (state != State.OPEN) {
            throw refusal();
        }
    }

    private StreamException refusal() {
        String why = switch (state) {
            case NEW -> "its pipeline has not been started";
            case ENDED -> "it has ended";
            default -> "it is closed";
        };
        return new StreamException("not-open", wiring.path(), "'" + name + "' takes no items: " + why, "");
    }

    // Watermark and end.

    @Override
    public final void watermark(long time) {
        long least = wiring.leastWatermark(time);
        if (least > watermark && state == State.OPEN) {
            watermark = least;
            try {
                onWatermark(least);
            } catch (Throwable cause) {
                Failures.of(this, null, cause);
            }
            passWatermark(least);
        }
    }

    void passWatermark(long time) {
        next.watermark(time);
    }

    /** One of the inputs has ended; when all have, so does this node. */
    @Override
    void end() {
        if (wiring.allInputsEnded()) {
            finish();
        }
    }

    /**
     * Emits what is held, ends the output, gives back everything. What awaits word of a checkpoint ends when that has come: at its end
     * it shows what checkpoints know, and whether this one does is not known before.
     */
    final void finish() {
        if (state != State.OPEN) {
            return;
        }
        if (isUndecided) {
            endWaits = true;
            return;
        }
        try {
            onEnd();
        } catch (Throwable cause) {
            Failures.of(this, null, cause);
        }
        passEnd();
    }

    /** Nothing more comes out: for a boundary, later than nothing more goes in. */
    void passEnd() {
        state = State.ENDED;
        next.end();
        sides.values().forEach(Node::finish);
        close();
        behind.host().ended(this);
    }

    /** Opens the node's own code, or throws what it throws. */
    final void start() {
        if (state == State.NEW) {
            try {
                open();
            } catch (StreamzException e) {
                throw e;
            } catch (Exception e) {
                throw new StreamException("open-failed", wiring.path(), "'" + name + "' cannot be opened: " + e, "", e);
            }
            state = State.OPEN;
            opened();
        }
    }

    /** Called when the node is open and may be ended again. */
    void opened() {}

    final void shut() {
        State last = state;
        if (last == State.NEW || last == State.OPEN) {
            state = State.CLOSED;
        }
        if (last == State.OPEN) {
            close();
        }
    }

    /** The bounded places that an item emitted here may come to, or null; under the lock behind. */
    private Gate rim() {
        long changes = Wiring.changes();
        if (rimAt != changes) {
            rimAt = changes;
            rim = wiring.findRim();
        }
        return rim;
    }

    /** The place that is full and that an item emitted here may come to, or null; under the lock behind. */
    final Gate fullGate() {
        Gate rim = rim();
        return rim == null ? null : rim.whereFull();
    }

    @SuppressWarnings("unchecked") // takes anything
    static <T> Inlet<T> nowhere() {
        return (Inlet<T>) NOWHERE;
    }

    /** Puts this new node below another one. */
    final void adopt(Node<?, ?> parent) {
        segment.host().added(this);
        if (segment.host().isOpen()) {
            start();
        }
        Wiring.attach(parent, this, 0, this);
    }

    /** The side output with the given name; made when it is asked for the first time. */
    @SuppressWarnings("unchecked") // whoever names a side knows its type
    final <S> Node<?, S> sideNode(String port) {
        synchronized (wiring) {
            Node<?, ?> side = sides.get(port);
            if (side == null) {
                side = new SideNode<S>(this, port);
                behind.host().added(side);
                if (behind.host().isOpen()) {
                    side.start();
                }
                var copy = new LinkedHashMap<>(sides);
                copy.put(port, side);
                sides = copy;
            }
            return (Node<?, S>) side;
        }
    }

    /** Cuts the node off from everything above it; what is below it stays. */
    final void destroy() {
        up().forEach(Wiring::detach);
        segment.forget(this);
        behind.forget(this);
        segment.host().removed(this);
        Segment.betweenItems(this, false, this::shut);
        Runnable told = onDestroy;
        onDestroy = null;
        if (told != null) {
            told.run();
        }
    }

    /** Moves from one segment to another, under the locks of both. */
    final void move(Segment from, Segment to) {
        segment = segment == from ? to : segment;
        behind = behind == from ? to : behind;
        to.join(this);
        from.forget(this);
        to.host().added(this);
    }

    final List<Edge> up() {
        return wiring.up;
    }

    final List<Edge> down() {
        return wiring.down;
    }
}
