package io.streamz.core;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A part of a graph that one lock guards and one thread at a time runs through.
 *
 * <p>Boundaries (buffer, mapAsync, ...) cut a graph into segments; everything else stays in the segment of its first input,
 * and separate graphs that are connected grow together into one segment. Inside a segment an item is passed on by plain
 * calls, depth first: a branch with its whole subtree, then the next branch.
 *
 * <p>Five rules make this safe and free of surprises.
 *
 * <ol>
 *   <li><b>One lock at a time.</b> A thread that is in a segment and has something for another one leaves it as {@link Mail}
 *       to itself, and goes there when it has left this one. So no two threads can wait for each other.
 *   <li><b>One item at a time.</b> What a callback emits into its own segment waits until the present item is done, in the
 *       order of emission.
 *   <li><b>Changes between items.</b> Attaching, detaching and timers are tasks. They run at once if the lock is free, else
 *       whoever holds it runs them before or after letting go of it; nobody waits for a slow item only to attach a sink.
 *   <li><b>Waiting outside.</b> A full queue at the rim of a segment is waited for before the item goes in, without the lock
 *       ({@link Gate}).
 *   <li><b>No deep stacks.</b> On every 128th edge of a chain a {@link Hop} puts the item off until the stack is unwound.
 *       What is put off is kept as a stack of its own, so that the order is the same as if all were plain calls.
 * </ol>
 */
final class Segment {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> putOff = new ArrayDeque<>();
    private final ArrayDeque<Runnable> freshlyPutOff = new ArrayDeque<>();
    private final Set<Node<?, ?>> members = new LinkedHashSet<>();
    private final boolean root;
    private final Host host;
    private volatile boolean hasTasks;
    private Ack ack = Ack.NONE;

    /**
     * Whether there is something to do after the present item: something was put off, has failed, or was left for this or
     * another segment, since that was last looked at. One look an item is enough.
     */
    private boolean unsettled;

    /** A queue to look at again when the lock is free. */
    private Ring later;

    /**
     * The number of the node whose user code runs or ran last, of those that cannot tell by {@link Node#isRunning}; read by
     * other threads, which may see an old one.
     */
    int at;

    /** A segment that begins at a root can grow together with others; one that begins behind a boundary cannot. */
    Segment(Host host, boolean root) {
        this.host = host;
        this.root = root;
    }

    void join(Node<?, ?> node) {
        synchronized (members) {
            members.add(node);
        }
    }

    void forget(Node<?, ?> node) {
        synchronized (members) {
            members.remove(node);
        }
    }

    private List<Node<?, ?>> members() {
        synchronized (members) {
            return List.copyOf(members);
        }
    }

    boolean mayMoveInto(Segment other) {
        return root
                && this != other
                && (host == other.host || host == Host.NONE)
                && !leadsTo(other)
                && !other.leadsTo(this);
    }

    /** Whether a boundary stands on a way from here to the other segment. */
    private boolean leadsTo(Segment other) {
        for (Node<?, ?> node : members()) {
            for (Node<?, ?> end : other.members()) {
                if (node.wiring.reaches(end)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Gives all its nodes to the other segment, if neither is running at this moment. */
    void moveInto(Segment other) {
        if (Visit.current().segment == this || !lock.tryLock()) {
            return;
        }
        try {
            if (!other.lock.tryLock()) {
                return;
            }
            try {
                List<Node<?, ?>> moving = members();
                moving.forEach(node -> node.move(this, other));
                moving.forEach(node -> node.wiring.rewire());
            } finally {
                other.lock.unlock();
            }
        } finally {
            lock.unlock();
        }
    }

    Host host() {
        return host;
    }

    Ack ack() {
        return ack;
    }

    /** Goes into the segment that is behind the node, waiting for its lock and for room at its rim. */
    static Segment enter(Node<?, ?> node, Visit visit) {
        while (true) {
            Segment segment = node.behind;
            segment.take();
            if (segment == node.behind) {
                Gate full = node.fullGate();
                if (full == null) {
                    return segment.entered(visit);
                }
                segment.leave(visit);
                full.await();
            } else {
                segment.lock.unlock(); // it has grown together with another one meanwhile
            }
        }
    }

    /** As the other, for mail: does not wait for room, because what would make room may be this thread. */
    static Segment enter(Mail<?> mail, Visit visit) {
        while (true) {
            Segment segment = mail.address();
            segment.take();
            if (segment == mail.address()) {
                return segment.entered(visit);
            }
            segment.lock.unlock();
        }
    }

    /** Goes in if that is possible without any waiting, else gives null. */
    static Segment tryEnter(Node<?, ?> node, Visit visit) {
        Segment segment = node.behind;
        if (!segment.lock.tryLock()) {
            return null;
        }
        if (segment == node.behind && node.fullGate() == null) {
            return segment.entered(visit);
        }
        segment.leave(visit);
        return null;
    }

    /** Who enters holds the lock until {@link #leave}, which stands in a finally of the caller. */
    @SuppressWarnings("LockNotBeforeTry")
    private void take() {
        lock.lock();
    }

    private Segment entered(Visit visit) {
        visit.segment = this;
        if (hasTasks) {
            runTasks(visit);
        }
        return this;
    }

    /** Runs what waits for the segment, and leaves it. */
    void leave(Visit visit) {
        while (true) {
            if (isUnsettled()) {
                visit.segment = this;
                settle(visit);
            }
            visit.segment = null;
            Ring again = later;
            if (again != null) {
                later = null;
            }
            lock.unlock();
            if (again != null) {
                again.lookAgain();
            }
            // A task may have come after the last look and before the unlocking; its bringer relies on this thread.
            if (!hasTasks || !lock.tryLock()) {
                return;
            }
        }
    }

    /** Handles one item, with all that it sets off in this segment. */
    <T> void handle(Consumer<? super T> delivery, T item, Ack carried) {
        Ack outer = ack;
        if (outer != carried) {
            ack = carried;
        }
        delivery.accept(item);
        runPutOff();
        if (outer != carried) {
            ack = outer;
        }
    }

    /** Hands on an item that carries another ack than the one being handled. */
    <O> void emitWith(Output<? super O> out, O item, Ack carried) {
        Ack outer = ack;
        ack = carried;
        try {
            out.emit(item);
        } finally {
            ack = outer;
        }
    }

    /**
     * Puts something into a queue behind this segment. Its taker may be falling asleep at this moment and not be seen; to see
     * it for certain takes a fence, and to unlock is one.
     */
    void put(Ring ring, Object item) {
        ring.put(item);
        if (later == null) {
            later = ring;
        } else if (later != ring) {
            VarHandle.fullFence();
            ring.lookAgain();
        }
    }

    boolean isUnsettled() {
        return unsettled || hasTasks;
    }

    /** The opposite of {@link #isUnsettled}, but what other threads have left may be seen late. */
    boolean seemsSettled() {
        return !unsettled;
    }

    void unsettle() {
        unsettled = true;
    }

    /** Finishes the present item, then does what waits for its end: tasks, and what was emitted from within. */
    void settle(Visit visit) {
        while (true) {
            unsettled = false;
            runPutOff();
            if (hasTasks) {
                runTasks(visit);
            }
            Mail<?> mail = visit.again.poll();
            if (mail == null) {
                return;
            }
            mail.open(this);
        }
    }

    /** Runs a task between two items of the segment of a node: now, or when the thread that is in there comes to it. */
    static void betweenItems(Node<?, ?> node, boolean behind, Runnable task) {
        Segment segment = behind ? node.behind : node.segment;
        segment.tasks.add(task);
        segment.hasTasks = true;
        segment.unsettled = true; // only a hint for who is in there: it may be overwritten, hasTasks is not
        Visit visit = Visit.current();
        if (visit.segment == null) {
            if (segment.lock.tryLock()) {
                segment.leave(visit);
                segment.finishAlone(visit);
            }
        } else if (visit.segment != segment) {
            visit.post(new Mail<>(node, behind, null, Ack.NONE, nothing -> {})); // entering is enough to run it
        }
    }

    private void finishAlone(Visit visit) {
        try {
            visit.finish();
        } catch (StreamzException failure) {
            host.failed(failure);
        }
    }

    /** A failure in a task, or in what it sets off, has nobody who emitted and waits for it: it goes to the host. */
    private void runTasks(Visit visit) {
        StreamzException before = visit.takeFailure();
        ArrayDeque<Mail<?>> again = visit.again;
        visit.again = new ArrayDeque<>();
        hasTasks = false;
        Runnable task;
        while ((task = tasks.poll()) != null) {
            task.run();
            runPutOff();
            Mail<?> mail;
            while ((mail = visit.again.poll()) != null) {
                mail.open(this);
            }
            StreamzException failure = visit.takeFailure();
            if (failure != null) {
                host.failed(failure);
            }
        }
        visit.again = again;
        if (before != null) {
            visit.failed(before);
        }
    }

    boolean hasPutOff() {
        return !freshlyPutOff.isEmpty();
    }

    <T> void putOff(Inlet<T> target, T item) {
        T kept = Shared.keep(item);
        Ack carried = ack;
        carried.retain();
        unsettled = true;
        freshlyPutOff.add(() -> {
            Ack outer = ack;
            ack = carried;
            target.deliver(kept);
            ack = outer;
            Shared.drop(kept);
            carried.release();
        });
    }

    void putOff(Runnable signal) {
        unsettled = true;
        freshlyPutOff.add(signal);
    }

    /** What was put off last goes first, so that a subtree is done before what comes after it. */
    private void runPutOff() {
        while (!freshlyPutOff.isEmpty() || !putOff.isEmpty()) {
            while (!freshlyPutOff.isEmpty()) {
                putOff.addFirst(freshlyPutOff.pollLast());
            }
            putOff.pollFirst().run();
        }
    }

    /** Keeps everybody out, for a checkpoint; its thread alone may hold several segments. */
    boolean freeze(long nanos) throws InterruptedException {
        return lock.tryLock(nanos, TimeUnit.NANOSECONDS);
    }

    /** Whether tasks wait for the segment. */
    boolean hasTasks() {
        return hasTasks;
    }

    /** Lets go of a segment that was frozen; {@link #runLeft} follows when all are. */
    void thaw() {
        lock.unlock();
    }

    /** Runs the tasks that have come while it was frozen. */
    void runLeft() {
        if (hasTasks && lock.tryLock()) {
            Visit visit = Visit.current();
            leave(visit);
            finishAlone(visit);
        }
    }

    boolean isFree() {
        return !lock.isLocked();
    }
}
