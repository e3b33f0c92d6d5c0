package io.streamz.core;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/** Runs an {@link Operator}; the operator is made when the node is opened. */
final class OperatorNode<I, O> extends Node<I, O> {
    private static final Duration AGAIN = Duration.ofMillis(10);

    private final Supplier<? extends Operator<? super I, ? extends O>> supplier;
    private final Shape shape;
    private Operator<I, O> operator;
    private boolean stopping;

    OperatorNode(
            String name, Shape shape, Segment segment, Supplier<? extends Operator<? super I, ? extends O>> supplier) {
        super(name, segment);
        this.shape = shape;
        this.supplier = supplier;
    }

    @Override
    @SuppressWarnings("unchecked") // an operator takes what is put in and puts out what it emits
    void open() throws Exception {
        operator = (Operator<I, O>) supplier.get();
        operator.open(new Context());
    }

    @Override
    void deliver(I item) {
        in++;
        if (stopping) {
            dropped++;
            return;
        }
        segment.at = number;
        long before = out;
        try {
            operator.onNext(item, this);
        } catch (Throwable cause) {
            Failures.of(this, item, cause, out == before ? () -> operator.onNext(item, this) : null);
        }
    }

    /** The input with the given number. */
    Inlet<Object> port(int port) {
        return new Inlet<>() {
            @Override
            void deliver(Object item) {
                in++;
                segment.at = number;
                long before = out;
                try {
                    operator.onNext(port, item, OperatorNode.this);
                } catch (Throwable cause) {
                    Failures.of(
                            OperatorNode.this,
                            item,
                            cause,
                            out == before ? () -> operator.onNext(port, item, OperatorNode.this) : null);
                }
            }

            @Override
            void watermark(long time) {
                OperatorNode.this.watermark(time);
            }

            @Override
            void end() {
                ended(port);
            }
        };
    }

    @Override
    void end() {
        ended(0);
    }

    private void ended(int port) {
        if (state == State.OPEN && up().size() > 1) {
            segment.at = number;
            try {
                operator.onInputEnd(port, this);
            } catch (Throwable cause) {
                Failures.of(this, null, cause);
            }
        }
        super.end();
    }

    @Override
    @SuppressWarnings("unchecked") // side() makes sides of the type that is asked for
    public <S> Output<S> side(String port) {
        Node<?, ?> side = sides.get(port);
        return side == null ? nothing -> {} : (Output<S>) side;
    }

    @Override
    void onWatermark(long time) throws Exception {
        operator.onWatermark(time, this);
    }

    @Override
    void onEnd() throws Exception {
        operator.onEnd(this);
    }

    @Override
    void close() {
        operator.close();
    }

    @Override
    Shape shape() {
        return shape;
    }

    /** An operator that does not write has nothing to write. */
    @Override
    boolean hasState() {
        return operator instanceof CodedState || overrides("write", StateWriter.class);
    }

    private boolean overrides(String method, Class<?> parameter) {
        try {
            return operator.getClass().getMethod(method, parameter).getDeclaringClass() != Operator.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    int codecs() {
        return operator instanceof CodedState ? 1 : 0;
    }

    @Override
    int stateVersion() {
        return operator instanceof CodedState ? super.stateVersion() : operator.stateVersion();
    }

    @Override
    long keys() {
        return operator.keys();
    }

    @Override
    void write(StateWriter out) throws IOException {
        if (operator instanceof CodedState coded) {
            coded.write(saved.codec(0), out);
        } else {
            operator.write(out);
        }
    }

    @Override
    void read(StateReader in, int version) throws IOException {
        if (operator instanceof CodedState coded) {
            coded.read(saved.codec(0), in, version);
        } else {
            operator.read(in, version);
        }
    }

    @Override
    void committed(long checkpoint) throws IOException {
        operator.committed(checkpoint);
    }

    @Override
    boolean awaitsCommitted() {
        return overrides("committed", long.class);
    }

    private void onTimer(long time) {
        if (state == State.OPEN) {
            segment.at = number;
            try {
                operator.onTimer(time, this);
            } catch (Throwable cause) {
                Failures.of(this, null, cause);
            }
        }
    }

    private final class Context implements OperatorContext {
        @Override
        public String name() {
            return name;
        }

        @Override
        public String path() {
            return wiring.path();
        }

        @Override
        public InstantSource clock() {
            return segment.host().clock();
        }

        @Override
        public Timer timer(Duration delay) {
            Scheduler scheduler = segment.host().scheduler(name);
            long due = Times.nanos(scheduler.instant().plus(delay));
            return scheduler.schedule(delay, () -> come(due));
        }

        /** A timer waits while what it may emit would have no room. */
        private void come(long due) {
            Segment.betweenItems(OperatorNode.this, false, () -> {
                if (fullGate() == null || isOver()) {
                    onTimer(due);
                } else {
                    segment.host().scheduler(name).schedule(AGAIN, () -> come(due));
                }
            });
        }

        @Override
        public void memory(long bytes) {
            memory = bytes;
            segment.host().held();
        }

        @Override
        public Ack ack() {
            return segment.ack();
        }

        @Override
        public long epoch() {
            return segment.host().epoch();
        }

        @Override
        public boolean restores() {
            return segment.host().restores(saved == null ? name : saved.name());
        }

        @Override
        public <T> void emit(Output<? super T> out, T item, Ack ack) {
            segment.emitWith(out, item, ack);
        }

        @Override
        public void stop() {
            if (!stopping) {
                stopping = true;
                opened();
            }
        }
    }

    @Override
    void opened() {
        if (stopping && state == State.OPEN) {
            Segment.betweenItems(this, false, this::stopped);
        }
    }

    /** Cuts itself off; a source that nobody else listens to is told to stop. */
    private void stopped() {
        Set<Node<?, ?>> roots = wiring.roots();
        up().forEach(Wiring::detach);
        finish();
        Wiring.tellUnheard(roots);
    }
}
