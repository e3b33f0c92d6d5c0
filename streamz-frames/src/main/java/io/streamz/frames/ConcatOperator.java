package io.streamz.frames;

import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;

/** Hands the batches of several inputs on as they come, with numbers of its own. */
final class ConcatOperator extends FrameOperator {
    private final BatchPool[] pools;
    private long epoch;

    /**
     * Makes one.
     *
     * @param from for each input where its columns stand
     */
    ConcatOperator(Schema schema, String path, int[][] from) {
        this.pools = new BatchPool[from.length];
        for (int input = 0; input < from.length; input++) {
            pools[input] = new BatchPool(schema, path, from[input]);
        }
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        take(0, in, out);
    }

    @Override
    void take(int port, RecordBatch in, Output<? super RecordBatch> out) {
        RecordBatch result = pools[port].take();
        try {
            result.over(in);
            result.stamp(++epoch);
            ledger().in(in.rows());
            ledger().out(in.rows());
            out.emit(result);
        } finally {
            result.close();
        }
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(epoch);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        epoch = state.readLong();
    }
}
