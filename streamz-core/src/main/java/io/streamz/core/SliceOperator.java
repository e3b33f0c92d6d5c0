package io.streamz.core;

import java.io.IOException;

/** Lets through the items at positions start, start + step, ... before end, as a slice of a list does. */
final class SliceOperator<T> implements Operator<T, T> {
    private final long start;
    private final long end;
    private final long step;
    private OperatorContext context;
    private long position;

    SliceOperator(long start, long end, long step) {
        if (start < 0 || end < 0 || step < 1) {
            throw new PlanException(
                    "slice",
                    "slice",
                    "a slice starts and ends at 0 or later and steps by 1 or more, not " + start + ", " + end + ", "
                            + step,
                    "");
        }
        this.start = start;
        this.end = end;
        this.step = step;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        stopIfDone();
    }

    @Override
    public void onNext(T item, Output<? super T> out) {
        long at = position++;
        boolean inside = at >= start && at < end && (at - start) % step == 0;
        stopIfDone();
        if (inside) {
            out.emit(item);
        }
    }

    private void stopIfDone() {
        long beyond = position <= start ? 0 : (position - start) % step;
        long gap = position <= start ? start - position : beyond == 0 ? 0 : step - beyond;
        if (end - position <= gap) {
            context.stop();
        }
    }

    @Override
    public void write(StateWriter out) throws IOException {
        out.writeLong(position);
    }

    @Override
    public void read(StateReader in, int version) throws IOException {
        position = in.readLong();
        stopIfDone();
    }
}
