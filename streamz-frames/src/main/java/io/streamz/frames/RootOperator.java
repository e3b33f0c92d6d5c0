package io.streamz.frames;

import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;

/** Gives each batch that comes in its number, the epoch of all that is made from it, and each row its place in the input. */
final class RootOperator extends FrameOperator {
    private long epoch;
    /** The rows that came in, and those that the source has left out. */
    private long rows;

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        in.stamp(++epoch);
        rows += in.behind();
        in.place(rows);
        rows += in.rows();
        ledger().in(in.rows());
        ledger().out(in.rows());
        out.emit(in);
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(epoch);
        state.writeLong(rows);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        epoch = state.readLong();
        rows = state.readLong();
    }
}
