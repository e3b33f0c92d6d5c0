package io.streamz.core;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects items with different keys; emits when there are enough of them or, if it has an interval, when that is over. */
final class PartitionUniqueOperator<T> implements Operator<T, List<T>>, CodedState {
    private final int rows;
    private final Duration interval;
    private final Function<? super T, ?> key;
    private final Keep keep;
    private final Held<T> held = new Held<>();
    private final ArrayList<Object> keys = new ArrayList<>();
    private final java.util.HashSet<Object> seen = new java.util.HashSet<>();
    private OperatorContext context;

    PartitionUniqueOperator(int rows, Duration interval, Function<? super T, ?> key, Keep keep) {
        this.rows = rows;
        this.interval = interval;
        this.key = key;
        this.keep = keep;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        if (interval != null) {
            context.timer(interval);
        }
    }

    @Override
    public void onNext(T item, Output<? super List<T>> out) {
        Object itemKey = key.apply(item);
        if (!seen.add(itemKey)) {
            if (keep == Keep.FIRST) {
                return;
            }
            int before = keys.indexOf(itemKey);
            keys.remove(before);
            held.remove(before);
        }
        keys.add(itemKey);
        held.add(item, context.ack());
        if (held.size() >= rows) {
            emit(out);
        }
    }

    @Override
    public void onTimer(long time, Output<? super List<T>> out) {
        context.timer(interval);
        emit(out);
    }

    @Override
    public void onEnd(Output<? super List<T>> out) {
        if (!held.isEmpty()) {
            emit(out);
        }
    }

    private void emit(Output<? super List<T>> out) {
        keys.clear();
        seen.clear();
        held.emit(context, out);
    }

    @Override
    public void write(Codec<Object> codec, StateWriter out) throws IOException {
        held.write(codec, out);
    }

    @Override
    public void read(Codec<Object> codec, StateReader in, int version) throws IOException {
        held.read(codec, in, version);
        for (int i = 0; i < held.size(); i++) {
            keys.add(key.apply(held.get(i)));
        }
        seen.addAll(keys);
    }

    @Override
    public void close() {
        held.clear();
    }
}
