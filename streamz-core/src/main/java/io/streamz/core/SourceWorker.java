package io.streamz.core;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Polls one source until it ends, and sleeps while it is idle. */
final class SourceWorker<T> extends Worker {
    /** An idle source that cannot signal is asked this often. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    private final Engine engine;
    private final RootNode<T> root;
    private final Source<? extends T> source;
    private final Semaphore signals = new Semaphore(0);
    private final Output<T> output;
    private final Runnable polled;
    /** Held while the source is polled: between two polls its position is that of what has come out. */
    private final ReentrantLock polling = new ReentrantLock();

    private volatile boolean unheard;
    private volatile boolean atEnd;

    SourceWorker(Engine engine, RootNode<T> root, Source<? extends T> source) {
        super(engine, "source-" + root.number);
        this.engine = engine;
        this.root = root;
        this.source = source;
        if (source instanceof CommittingSource<? extends T> committing) {
            var commits = new Commits<T>(root, committing);
            this.output = commits;
            this.polled = commits::polled;
        } else {
            this.output = new Entry<>(root, engine);
            this.polled = () -> {};
        }
    }

    /** Where a source puts its items: each enters the graph on its own. */
    private record Entry<T>(RootNode<T> root, Engine engine) implements Output<T> {
        @Override
        public void emit(T item) {
            root.emitFromOutside(item, Ack.NONE);
            engine.came(item);
        }

        @Override
        public void watermark(long time) {
            root.fromOutside(() -> root.watermark(time));
        }
    }

    @Override
    void work() throws Exception {
        source.onReady(signals::release);
        while (!isStopping() && !root.isOver()) {
            engine.awaitCheckpoint();
            Progress progress = poll();
            if (progress == Progress.END) {
                if (!isStopping()) {
                    atEnd = true;
                    engine.atEnd(this);
                    root.fromOutside(root::finish);
                }
                return;
            }
            if (progress.isIdle()) {
                await(progress.until(engine.clock().instant()));
            }
        }
    }

    private Progress poll() throws Exception {
        polling.lock();
        try {
            Progress progress = unheard || isStopping() ? Progress.END : source.poll(output);
            polled.run();
            return progress;
        } catch (Throwable e) {
            engine.doom(); // before a checkpoint can take the position for that of what has come out
            throw e;
        } finally {
            polling.unlock();
        }
    }

    // Checkpoints.

    /** Keeps the source from being polled; false where a poll takes too long. */
    boolean hold(long nanos) throws InterruptedException {
        return polling.tryLock(nanos, TimeUnit.NANOSECONDS);
    }

    void letGo() {
        polling.unlock();
    }

    /** Whether it has said that it has no more. */
    boolean isAtEnd() {
        return atEnd;
    }

    RootNode<T> root() {
        return root;
    }

    String path() {
        return root.wiring.path();
    }

    String savedName() {
        return root.saved == null ? root.name : root.saved.name();
    }

    String plan() {
        return root.saved == null ? "" : root.saved.plan();
    }

    /** Whether the source says where it stands, be it that it always begins with what comes next. */
    boolean hasPosition() {
        try {
            return source.getClass().getMethod("position").getDeclaringClass() != Source.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the source has a position before its first poll. */
    boolean knowsBegin() {
        try {
            return !source.position().equals(Position.START);
        } catch (RuntimeException e) {
            return false; // the next checkpoint tells
        }
    }

    /** Writes where the source stands; gives that as text. Called while it is held. */
    String write(StateWriter out) throws IOException {
        Position position = source.position();
        boolean isOver = root.isOver();
        out.section(Restored.SOURCE + savedName(), 1, section -> {
            section.writeBoolean(isOver);
            section.writeLong(root.watermark);
            position.write(section);
        });
        return position.toString();
    }

    /** Goes where it stood; true where it had ended. Called before the first poll. */
    boolean read(StateReader in) throws Exception {
        boolean wasOver = in.readBoolean();
        root.watermark = in.readLong();
        if (!wasOver) {
            source.restore(Position.read(in));
        }
        return wasOver;
    }

    /** Waits on the pipeline's time, so that a source under a virtual clock is polled when that is moved on. */
    private void await(Instant until) throws InterruptedException {
        if (until.equals(Instant.MAX)) {
            signals.tryAcquire(ASK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            Scheduler scheduler = engine.scheduler(root.name);
            Duration wait = Duration.between(scheduler.instant(), until);
            if (wait.isZero() || wait.isNegative()) {
                return;
            }
            OperatorContext.Timer timer = scheduler.schedule(wait, signals::release);
            try {
                signals.acquire();
            } finally {
                timer.cancel();
            }
        }
        signals.drainPermits();
    }

    boolean reads(Node<?, ?> node) {
        return root == node;
    }

    /** Nobody wants more, or more is not to come: the source ends as if it had said so itself. */
    void unheard() {
        unheard = true;
        signals.release();
    }

    void endIf(Predicate<? super Source<?>> which) {
        if (which.test(source)) {
            unheard();
        }
    }

    @Override
    void wake() {
        source.wakeup();
        signals.release();
    }

    @Override
    void release() {
        source.close();
    }
}
