package io.streamz.core;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;

/**
 * Subscribes to a publisher and asks for as many items as it has room for: {@code most} at first, one more for each that the
 * graph has taken. Signals may come on any thread; items are emitted by the thread of the pipeline.
 */
final class PublisherSource<T> implements Source<T>, Flow.Subscriber<T> {
    static final String FAILED = "publisher-failed";

    private final Flow.Publisher<? extends T> publisher;
    private final int most;
    private final ConcurrentLinkedQueue<T> items = new ConcurrentLinkedQueue<>();
    private volatile Flow.Subscription subscription;
    private volatile Throwable failure;
    private volatile boolean completed;
    private volatile boolean closed;
    private volatile Runnable signal = () -> {};
    private boolean subscribed;

    /** The publisher may be null where this is handed to one as its subscriber. */
    PublisherSource(Flow.Publisher<? extends T> publisher, int most) {
        this.publisher = publisher;
        this.most = most;
    }

    @Override
    public Progress poll(Output<? super T> out) {
        if (!subscribed) {
            subscribed = true;
            if (publisher != null) {
                publisher.subscribe(this);
            }
        }
        boolean wasCompleted = completed; // read first: all items stand before the completion
        T item = items.poll();
        if (item != null) {
            out.emit(item);
            subscription.request(1);
            return Progress.EMITTED;
        }
        if (failure != null) {
            throw new DataException(FAILED, "publisher", "the publisher failed: " + failure, "", failure);
        }
        return wasCompleted ? Progress.END : Progress.idle();
    }

    @Override
    public void onReady(Runnable signal) {
        this.signal = signal;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (given == null) {
            throw new NullPointerException("subscription");
        }
        synchronized (this) {
            if (subscription != null || closed) {
                given.cancel();
                return;
            }
            subscription = given;
        }
        given.request(most);
    }

    @Override
    public void onNext(T item) {
        if (item == null) {
            throw new NullPointerException("item");
        }
        items.add(Shared.keep(item));
        signal.run();
    }

    @Override
    public void onError(Throwable cause) {
        if (cause == null) {
            throw new NullPointerException("cause");
        }
        failure = cause;
        completed = true;
        signal.run();
    }

    @Override
    public void onComplete() {
        completed = true;
        signal.run();
    }

    @Override
    public void close() {
        Flow.Subscription open;
        synchronized (this) {
            closed = true;
            open = subscription;
        }
        if (open != null && !completed) {
            open.cancel();
        }
        items.forEach(Shared::drop);
        items.clear();
    }

    /** What it has given is not to be had again: it goes on with what comes. */
    @Override
    public Position position() {
        return Position.START;
    }
}
