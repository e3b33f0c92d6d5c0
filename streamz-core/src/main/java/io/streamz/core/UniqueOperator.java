package io.streamz.core;

import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets an item through unless its key is remembered. The keys stand in the order in which they were last seen. */
final class UniqueOperator<T> implements Operator<T, T>, CodedState {
    private final Unique<? super T> options;
    private final LinkedHashMap<Object, Instant> seen = new LinkedHashMap<>(16, 0.75f, true);
    private OperatorContext context;

    UniqueOperator(Unique<? super T> options) {
        this.options = options;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
    }

    @Override
    public void onNext(T item, Output<? super T> out) {
        Instant now = options.age == null ? Instant.EPOCH : context.clock().instant();
        if (options.age != null) {
            forget(now.minus(options.age));
        }
        boolean isNew = seen.put(options.key.apply(item), now) == null;
        if (isNew && seen.size() > options.most) {
            removeOldest();
        }
        if (isNew) {
            out.emit(item);
        }
    }

    private void forget(Instant before) {
        while (!seen.isEmpty() && !seen.values().iterator().next().isAfter(before)) {
            removeOldest();
        }
    }

    private void removeOldest() {
        Iterator<Object> keys = seen.keySet().iterator();
        keys.next();
        keys.remove();
    }

    @Override
    public void write(Codec<Object> codec, StateWriter out) throws IOException {
        out.writeInt(seen.size());
        for (Map.Entry<Object, Instant> entry : seen.entrySet()) {
            codec.write(entry.getKey(), out);
            Codec.INSTANT.write(entry.getValue(), out);
        }
    }

    @Override
    public void read(Codec<Object> codec, StateReader in, int version) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            Object key = codec.read(in, version);
            seen.put(key, Codec.INSTANT.read(in, version));
        }
    }

    @Override
    public long keys() {
        return seen.size();
    }
}
