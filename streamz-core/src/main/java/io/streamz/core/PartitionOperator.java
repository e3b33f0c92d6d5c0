package io.streamz.core;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects items into lists, one open list per key. */
final class PartitionOperator<T> implements Operator<T, List<T>>, CodedState {
    private final Partition<? super T> options;
    private final Map<Object, Open<T>> open = new LinkedHashMap<>();
    private OperatorContext context;

    PartitionOperator(Partition<? super T> options) {
        this.options = options;
    }

    /** The list of one key that is not full yet. */
    private static final class Open<T> {
        final Held<T> held = new Held<>();
        long bytes;
        long due = Long.MAX_VALUE;
        OperatorContext.Timer timer;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
    }

    @Override
    public void onNext(T item, Output<? super List<T>> out) {
        Object key = options.key.apply(item);
        long size = options.size.applyAsLong(item);
        Open<T> list = open.computeIfAbsent(key, k -> new Open<>());
        list.held.add(item, context.ack());
        list.bytes += size;
        if (list.held.size() >= options.rows || list.bytes >= options.bytes) {
            emit(key, out);
        } else if (list.held.size() == 1 && options.time != null) {
            list.timer = context.timer(options.time);
            list.due = Times.nanos(context.clock().instant().plus(options.time));
        }
    }

    @Override
    public void onTimer(long time, Output<? super List<T>> out) {
        open.entrySet().stream()
                .filter(entry -> entry.getValue().due <= time)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(key -> emit(key, out));
    }

    private void emit(Object key, Output<? super List<T>> out) {
        Open<T> list = open.remove(key);
        if (list.timer != null) {
            list.timer.cancel();
        }
        list.held.emit(context, out);
    }

    @Override
    public void onEnd(Output<? super List<T>> out) {
        List.copyOf(open.keySet()).forEach(key -> emit(key, out));
    }

    @Override
    public void write(Codec<Object> codec, StateWriter out) throws IOException {
        out.writeInt(open.size());
        for (Open<T> list : open.values()) {
            out.writeLong(list.due);
            list.held.write(codec, out);
        }
    }

    /** Keys and sizes come from the items; a timer that would have come due in the meantime does so at once. */
    @Override
    public void read(Codec<Object> codec, StateReader in, int version) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            Open<T> list = new Open<>();
            list.due = in.readLong();
            list.held.read(codec, in, version);
            for (int i = 0; i < list.held.size(); i++) {
                list.bytes += options.size.applyAsLong(list.held.get(i));
            }
            if (list.due != Long.MAX_VALUE) {
                long wait = list.due - Times.nanos(context.clock().instant());
                list.timer = context.timer(Duration.ofNanos(Math.max(0, wait)));
            }
            open.put(options.key.apply(list.held.get(0)), list);
        }
    }

    @Override
    public void close() {
        open.values().forEach(list -> list.held.clear());
        open.clear();
    }
}
