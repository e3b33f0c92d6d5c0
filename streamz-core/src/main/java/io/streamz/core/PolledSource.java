package io.streamz.core;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/** Emits what a supplier gives: once in each interval, or as long as it gives anything. */
final class PolledSource<T> implements Source<T> {
    private final Supplier<? extends T> supplier;
    private final Duration interval;
    private final boolean once;

    PolledSource(Supplier<? extends T> supplier, Duration interval, boolean once) {
        this.supplier = Objects.requireNonNull(supplier, "supplier");
        this.interval = interval;
        this.once = once;
        if (interval.isNegative() || interval.isZero()) {
            throw new PlanException("interval", "source", "an interval is above zero, not " + interval, "");
        }
    }

    @Override
    public Progress poll(Output<? super T> out) {
        T item = supplier.get();
        if (item != null) {
            out.emit(item);
        }
        return item != null && !once ? Progress.EMITTED : Progress.idle(interval);
    }

    /** What it has given is not to be had again: it goes on with what comes. */
    @Override
    public Position position() {
        return Position.START;
    }
}
