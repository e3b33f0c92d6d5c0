package io.streamz.core;

import java.util.Iterator;
import java.util.function.Supplier;

/** Emits what an iterator gives, one item a poll. Its position is how many it has emitted; it can go on from there. */
final class IteratorSource<T> implements Source<T> {
    private final Supplier<? extends Iterator<? extends T>> supplier;
    private final Runnable close;
    private Iterator<? extends T> items;
    private long emitted;

    IteratorSource(Supplier<? extends Iterator<? extends T>> supplier, Runnable close) {
        this.supplier = supplier;
        this.close = close;
    }

    @Override
    public Progress poll(Output<? super T> out) {
        if (items == null) {
            items = supplier.get();
        }
        if (!items.hasNext()) {
            return Progress.END;
        }
        out.emit(items.next());
        emitted++;
        return Progress.EMITTED;
    }

    @Override
    public Position position() {
        return emitted == 0 ? Position.START : Position.START.with("items", emitted);
    }

    @Override
    public void restore(Position position) {
        items = supplier.get();
        emitted = position.has("items") ? position.number("items") : 0;
        for (long i = 0; i < emitted && items.hasNext(); i++) {
            items.next();
        }
    }

    @Override
    public void close() {
        close.run();
    }
}
