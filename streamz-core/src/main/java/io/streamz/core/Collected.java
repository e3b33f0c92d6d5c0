package io.streamz.core;

import java.io.IOException;
import java.util.List;

/**
 * Items that are kept until {@link #flush}, which emits all of them as one list. At the end what is left is emitted, too.
 *
 * @param <T> the type of the items
 */
public final class Collected<T> {
    private final Keeper<T> keeper = new Keeper<>();
    private final DataStream<List<T>> stream;

    Collected(DataStream<T> source) {
        stream = source.pipe("collect", () -> keeper);
    }

    /** Emits what has come since the last time, also when that is nothing. May be called from anywhere. */
    public void flush() {
        stream.node.fromOutside(() -> keeper.flush(stream.node));
    }

    /** Where the lists come out. */
    public DataStream<List<T>> stream() {
        return stream;
    }

    private static final class Keeper<T> implements Operator<T, List<T>>, CodedState {
        private final Held<T> held = new Held<>();
        private OperatorContext context;

        @Override
        public void open(OperatorContext context) {
            this.context = context;
        }

        @Override
        public void onNext(T item, Output<? super List<T>> out) {
            held.add(item, context.ack());
        }

        void flush(Output<? super List<T>> out) {
            held.emit(context, out);
        }

        @Override
        public void onEnd(Output<? super List<T>> out) {
            if (!held.isEmpty()) {
                held.emit(context, out);
            }
        }

        @Override
        public void write(Codec<Object> codec, StateWriter out) throws IOException {
            held.write(codec, out);
        }

        @Override
        public void read(Codec<Object> codec, StateReader in, int version) throws IOException {
            held.read(codec, in, version);
        }

        @Override
        public void close() {
            held.clear();
        }
    }
}
