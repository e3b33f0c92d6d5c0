package io.streamz.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Items that an operator keeps for emitting them as one list: each with its ack and, where it is lent, a share. */
final class Held<T> {
    private final ArrayList<T> items = new ArrayList<>();
    private final ArrayList<Ack> acks = new ArrayList<>();

    void add(T item, Ack ack) {
        ack.retain();
        items.add(Shared.keep(item));
        acks.add(ack);
    }

    int size() {
        return items.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    T get(int index) {
        return items.get(index);
    }

    /** Emits all of them as one list, which carries all their acks, and lets them go. */
    void emit(OperatorContext context, Output<? super List<T>> out) {
        var gone = new Held<T>();
        gone.items.addAll(items);
        gone.acks.addAll(acks);
        items.clear();
        acks.clear();
        try {
            context.emit(out, List.copyOf(gone.items), Ack.all(gone.acks));
        } finally {
            gone.clear();
        }
    }

    /** Emits the list without letting go of anything. */
    void emitKeeping(OperatorContext context, Output<? super List<T>> out) {
        context.emit(out, List.copyOf(items), Ack.all(acks));
    }

    void write(Codec<Object> codec, StateWriter out) throws IOException {
        out.writeInt(items.size());
        for (T item : items) {
            codec.write(item, out);
        }
    }

    /** Reads items; nobody waits for them any more. */
    @SuppressWarnings("unchecked") // the codec of these items
    void read(Codec<Object> codec, StateReader in, int version) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            add((T) codec.read(in, version), Ack.NONE);
        }
    }

    void remove(int index) {
        Shared.drop(items.remove(index));
        acks.remove(index).release();
    }

    void clear() {
        while (!items.isEmpty()) {
            remove(items.size() - 1);
        }
    }
}
