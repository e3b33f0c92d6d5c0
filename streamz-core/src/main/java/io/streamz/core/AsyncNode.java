package io.streamz.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Calls an asynchronous function for several items at a time and emits the answers on a thread of its own. An item counts
 * from the moment it comes in until its answer is emitted; emitters wait while as many as are allowed are counted.
 */
final class AsyncNode<I, O> extends Node<I, O> implements Gate {
    private final Async options;
    private final Function<? super I, ? extends CompletionStage<? extends O>> function;
    private final Runnable whenClosed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private final ArrayDeque<Call> notBegun = new ArrayDeque<>();
    private final Room room = new Room();
    private final AtomicInteger inFlight = new AtomicInteger();
    private int running;
    private boolean ending;
    private boolean closed;

    AsyncNode(
            Engine engine,
            Segment above,
            Async options,
            Function<? super I, ? extends CompletionStage<? extends O>> function,
            Runnable whenClosed) {
        super("mapAsync", above, new Segment(engine, false));
        this.options = options;
        this.function = function;
        this.whenClosed = whenClosed;
    }

    /** A function that waits, on these threads; what it throws is the failure of its answer. */
    static <I, O> Function<I, CompletionStage<O>> on(Executor threads, Blocking<? super I, ? extends O> function) {
        Objects.requireNonNull(function, "function");
        return item -> CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return function.apply(item);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    /** One item on its way; the fields that change are guarded by the lock of the node. */
    private final class Call {
        final I item;
        final Ack ack;
        int attempts;
        int answered;
        boolean done;
        O answer;
        Throwable failure;
        OperatorContext.Timer timer;

        Call(I item, Ack ack) {
            this.item = item;
            this.ack = ack;
        }

        void begin() {
            int attempt = ++attempts;
            if (options.timeout() != null) {
                timer = behind.host()
                        .scheduler(name)
                        .schedule(
                                options.timeout(),
                                () -> end(
                                        attempt, null, new TimeoutException("no answer within " + options.timeout())));
            }
            try {
                function.apply(item).whenComplete((result, cause) -> end(attempt, result, cause));
            } catch (Throwable cause) {
                end(attempt, null, cause);
            }
        }

        /** The answer to one attempt; a second one is ignored. */
        private void end(int attempt, O result, Throwable cause) {
            lock.lock();
            try {
                if (attempt <= answered) {
                    return;
                }
                answered = attempt;
                if (timer != null) {
                    timer.cancel();
                }
                if (cause != null && attempt <= options.retries() && !closed) {
                    Duration wait = options.backOff().multipliedBy(1L << Math.min(attempt - 1, 30));
                    behind.host().scheduler(name).schedule(wait, this::begin);
                    return;
                }
                done = true;
                answer = result;
                failure = cause;
                running--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            beginSome();
        }
    }

    /** Begins calls while fewer than allowed are running. */
    private void beginSome() {
        while (true) {
            Call call;
            lock.lock();
            try {
                if (running >= options.parallelism() || notBegun.isEmpty() || closed) {
                    return;
                }
                running++;
                call = notBegun.poll();
            } finally {
                lock.unlock();
            }
            call.begin();
        }
    }

    // Above.

    @Override
    void deliver(I item) {
        in++;
        segment.at = number;
        Ack ack = segment.ack();
        ack.retain();
        var call = new Call(Shared.keep(item), ack);
        lock.lock();
        try {
            calls.add(call);
            notBegun.add(call);
            inFlight.incrementAndGet();
        } finally {
            lock.unlock();
        }
        beginSome();
    }

    @Override
    void passWatermark(long time) {
        Segment.betweenItems(this, true, () -> next.watermark(time));
    }

    @Override
    void passEnd() {
        lock.lock();
        try {
            ending = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    Gate gate(Edge edge) {
        return this;
    }

    @Override
    public boolean isFull() {
        return inFlight.get() >= options.parallelism();
    }

    @Override
    public void await() {
        room.awaitWhile(this::isFull, name);
    }

    // Behind.

    @Override
    void open() {
        ((Engine) behind.host()).run(new Deliverer());
    }

    @Override
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        room.close();
        whenClosed.run();
    }

    @Override
    boolean isBoundary() {
        return true;
    }

    @Override
    boolean isDrained() {
        return inFlight.get() == 0;
    }

    @Override
    long queued() {
        return inFlight.get();
    }

    @Override
    Shape shape() {
        return Shape.GROUP;
    }

    @Override
    String detail() {
        return String.valueOf(options.parallelism());
    }

    /** The next answer to emit, after waiting for it; null when no more will come. */
    private Call next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                for (Iterator<Call> all = calls.iterator(); all.hasNext(); ) {
                    Call call = all.next();
                    if (call.done) {
                        all.remove();
                        return call;
                    }
                    if (options.ordered()) {
                        break;
                    }
                }
                if (ending && calls.isEmpty()) {
                    return null;
                }
                changed.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void pass(Call call) {
        try {
            if (call.failure == null) {
                behind.handle(emission(), call.answer, call.ack);
            } else {
                behind.handle(nothing -> Failures.of(this, call.item, cause(call.failure)), null, call.ack);
            }
        } finally {
            letGo(call);
        }
    }

    private void letGo(Call call) {
        Shared.drop(call.item);
        call.ack.release();
        inFlight.decrementAndGet();
        room.made();
    }

    private static Throwable cause(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && failure.getCause() != null ? failure.getCause() : failure;
    }

    private final class Deliverer extends Worker {
        Deliverer() {
            super((Engine) behind.host(), name + "-" + number);
        }

        @Override
        void work() throws InterruptedException {
            Call call;
            while ((call = next()) != null) {
                Call ready = call;
                runInside(few -> {
                    pass(ready);
                    return false;
                });
            }
            if (!isStopping()) {
                fromOutside(AsyncNode.super::passEnd);
            }
        }

        @Override
        void wake() {
            AsyncNode.this.close();
        }

        @Override
        void release() {
            lock.lock();
            try {
                while (!calls.isEmpty()) {
                    Call call = calls.poll();
                    Shared.drop(call.item);
                    call.ack.release();
                }
            } finally {
                lock.unlock();
            }
            room.close();
        }
    }
}
