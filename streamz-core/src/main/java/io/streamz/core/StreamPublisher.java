package io.streamz.core;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow;

/** A stream as a publisher. Each subscriber hears what comes after its subscription, as much as it asks for. */
final class StreamPublisher<T> implements Flow.Publisher<T> {
    private final DataStream<T> stream;
    private final int most;

    StreamPublisher(DataStream<T> stream, int most) {
        this.stream = stream;
        this.most = most;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        var node = new SubscriberNode<T>(stream.node.behind, subscriber, most);
        node.subscribe();
        if (stream.node.state == Node.State.ENDED) {
            node.onEnd();
        } else if (stream.node.state == Node.State.CLOSED) {
            node.close();
        } else {
            node.adopt(stream.node);
        }
    }

    /**
     * The end of a graph at which a subscriber sits. Items wait here until they are asked for; while as many as allowed wait,
     * emitters wait. Signals are given by whoever gets hold of them first, one at a time: who finds somebody at it leaves
     * the work to him.
     */
    static final class SubscriberNode<T> extends Node<T, T> implements Gate, Flow.Subscription {
        private Flow.Subscriber<? super T> subscriber; // null, that it may be forgotten, when it has cancelled
        private final int most;
        private final Room room = new Room();
        private final ArrayDeque<Ports.Kept> waiting = new ArrayDeque<>();
        private final Object lock = new Object();
        private long demand;
        private boolean giving;
        private boolean over;
        private boolean completed;
        private Throwable error;

        SubscriberNode(Segment segment, Flow.Subscriber<? super T> subscriber, int most) {
            super("subscriber", segment);
            this.subscriber = subscriber;
            this.most = most;
        }

        /** Hands over the subscription; signals wait until the subscriber has it. */
        void subscribe() {
            giving = true;
            subscriber.onSubscribe(this);
            give();
        }

        @Override
        void deliver(T item) {
            in++;
            synchronized (lock) {
                if (over) {
                    dropped++;
                    return;
                }
                segment.ack().retain();
                waiting.add(new Ports.Kept(Shared.keep(item), segment.ack()));
            }
            work();
        }

        @Override
        void onEnd() {
            synchronized (lock) {
                completed = true;
            }
            work();
        }

        @Override
        void close() {
            synchronized (lock) {
                if (!completed && !over) {
                    error = whyClosed();
                    completed = true;
                    drop(); // an error waits for no requests
                }
            }
            room.close();
            work();
        }

        /** What has stopped the pipeline: a failure of the publisher it reads as that has thrown it. */
        private Throwable whyClosed() {
            StreamzException failure = behind.host().failure();
            if (failure == null) {
                return new StreamException("closed", name, "the stream was closed before its end", "");
            }
            return failure.code().equals(PublisherSource.FAILED) ? failure.getCause() : failure;
        }

        @Override
        public void request(long n) {
            synchronized (lock) {
                if (n <= 0) {
                    error = new IllegalArgumentException(
                            "a subscriber asked for " + n + " items; more than 0 are asked for");
                    completed = true;
                    drop();
                } else {
                    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                }
            }
            work();
        }

        @Override
        public void cancel() {
            synchronized (lock) {
                if (over) {
                    return;
                }
                over = true;
                subscriber = null;
                drop();
            }
            room.close();
            Set<Node<?, ?>> roots = wiring.roots();
            destroy();
            Wiring.tellUnheard(roots);
        }

        private void drop() {
            waiting.forEach(Ports.Kept::letGo);
            waiting.clear();
        }

        private void work() {
            synchronized (lock) {
                if (giving) {
                    return;
                }
                giving = true;
            }
            give();
        }

        /** Gives signals until there is nothing to give. */
        @SuppressWarnings("unchecked") // what waits was put there as T
        private void give() {
            while (true) {
                Ports.Kept next;
                Flow.Subscriber<? super T> to;
                synchronized (lock) {
                    boolean last = completed && waiting.isEmpty();
                    if (over || (!last && (demand == 0 || waiting.isEmpty()))) {
                        giving = false;
                        return;
                    }
                    to = subscriber;
                    next = last ? null : waiting.poll();
                    over = last;
                    demand -= last || demand == Long.MAX_VALUE ? 0 : 1;
                }
                if (next == null) {
                    finish(to);
                } else {
                    room.made();
                    try {
                        to.onNext((T) next.item());
                    } finally {
                        next.letGo();
                    }
                }
            }
        }

        private void finish(Flow.Subscriber<? super T> to) {
            if (error == null) {
                to.onComplete();
            } else {
                to.onError(error);
                destroy();
            }
        }

        @Override
        Gate gate(Edge edge) {
            return this;
        }

        @Override
        public boolean isFull() {
            synchronized (lock) {
                return !over && waiting.size() >= most;
            }
        }

        @Override
        public void await() {
            room.awaitWhile(this::isFull, name);
        }

        @Override
        long queued() {
            synchronized (lock) {
                return waiting.size();
            }
        }

        @Override
        Shape shape() {
            return Shape.SINK;
        }
    }
}
