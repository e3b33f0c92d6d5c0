package io.streamz.core;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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
    private volatile boolean unheard;

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
            this.output = new Entry<>(root);
            this.polled = () -> {};
        }
    }

    /** Where a source puts its items: each enters the graph on its own. */
    private record Entry<T>(RootNode<T> root) implements Output<T> {
        @Override
        public void emit(T item) {
            root.emitFromOutside(item, Ack.NONE);
        }

        @Override
        public void watermark(long time) {
            root.fromOutside(() -> root.watermark(time));
        }
    }

    @Override
    void work() throws Exception {
        source.onReady(signals::release);
        while (!isStopping()) {
            Progress progress = unheard ? Progress.END : source.poll(output);
            polled.run();
            if (progress == Progress.END) {
                root.fromOutside(root::finish);
                return;
            }
            if (progress.isIdle()) {
                await(progress.until(engine.clock().instant()));
            }
        }
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

    /** Nobody wants more: the source ends as if it had said so itself. */
    void unheard() {
        unheard = true;
        signals.release();
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
