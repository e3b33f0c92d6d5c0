package io.streamz.frames;

import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;

/** Keeps the first rows, and then wants no more. */
final class HeadOperator extends KeepingOperator {
    private long left;

    HeadOperator(Schema schema, String path, long rows) {
        super(schema, path, new int[0]);
        this.left = rows;
    }

    @Override
    int select(RecordBatch in, int[] into) {
        int count = (int) Math.min(left, in.rows());
        for (int row = 0; row < count; row++) {
            into[row] = row;
        }
        left -= count;
        return count;
    }

    @Override
    void taken() {
        if (left == 0 && context() != null) {
            context().stop();
        }
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(left);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        left = state.readLong();
    }
}
