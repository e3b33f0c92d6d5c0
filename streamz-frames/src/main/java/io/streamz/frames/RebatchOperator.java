package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;

/** Cuts rows anew: all batches have the same number of rows, but for the last one. Rows keep the watermarks before them. */
final class RebatchOperator extends FrameOperator {
    private final int most;
    private final Schema schema;
    private final BatchPool pool;
    private final Lane[] held;
    private final LongLane before = new LongLane();
    private boolean timed;
    private long watermark = Long.MIN_VALUE;
    private int rows;
    private long epoch;
    private int[] targets = {};
    private int[] sources = {};

    RebatchOperator(Schema schema, String path, int most) {
        super(TableOrder.firstRows(schema.size()));
        this.schema = schema;
        this.most = most;
        this.pool = new BatchPool(schema, path);
        this.held = Lanes.empty(schema);
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        ledger().in(in.rows());
        LongLane marks = in.watermarks();
        timed |= marks != null;
        for (int from = 0; from < in.rows(); ) {
            int count = Math.min(most - rows, in.rows() - from);
            hold(in, marks, from, count);
            from += count;
            watermark = from < in.rows() && marks != null ? marks.values()[from] : in.watermark();
            if (rows == most) {
                flush(out);
            }
        }
        watermark = in.watermark();
    }

    private void hold(RecordBatch in, LongLane marks, int from, int count) {
        if (targets.length < count) {
            targets = new int[count];
            sources = new int[count];
        }
        for (int i = 0; i < count; i++) {
            targets[i] = rows + i;
            sources[i] = from + i;
        }
        for (int column = 0; column < held.length; column++) {
            held[column].resize(rows + count);
            held[column].put(targets, in.lane(column), sources, count);
        }
        before.resize(rows + count);
        for (int i = 0; i < count; i++) {
            before.values()[rows + i] = marks == null ? Long.MIN_VALUE : marks.values()[from + i];
        }
        rows += count;
        ledger().held(count);
    }

    private void flush(Output<? super RecordBatch> out) {
        RecordBatch full = pool.take();
        try {
            for (int column = 0; column < held.length; column++) {
                Lanes.copy(held[column], full.fill(column));
                held[column].reset(0);
                if (held[column] instanceof TextLane text) {
                    text.clearBytes();
                }
            }
            full.filled(rows);
            if (timed) {
                LongLane marks = full.ownWatermarks();
                Lanes.copy(before, marks);
                full.watermarks(marks, watermark);
            }
            full.stamp(++epoch);
            ledger().held(-rows);
            ledger().out(rows);
            rows = 0;
            before.reset(0);
            out.emit(full);
        } finally {
            full.close();
        }
    }

    @Override
    public void onEnd(Output<? super RecordBatch> out) {
        if (rows > 0) {
            flush(out);
        }
    }

    @Override
    long bytes() {
        long bytes = before.memory();
        for (Lane lane : held) {
            bytes += lane.memory();
        }
        return bytes;
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(epoch);
        state.writeLong(watermark);
        state.writeBoolean(timed);
        state.writeInt(rows);
        for (Lane lane : held) {
            LaneState.write(lane, state);
        }
        LaneState.write(before, state);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        epoch = state.readLong();
        watermark = state.readLong();
        timed = state.readBoolean();
        rows = state.readInt();
        for (int column = 0; column < schema.size(); column++) {
            LaneState.read(held[column], rows, state);
        }
        LaneState.read(before, rows, state);
        ledger().in(rows);
        ledger().held(rows);
    }
}
