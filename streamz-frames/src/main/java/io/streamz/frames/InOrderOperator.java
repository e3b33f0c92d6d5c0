package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TimeOrder;
import io.streamz.aggregations.Watermark;
import io.streamz.core.DataException;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * Lets rows out when the watermark reaches them. A row that goes out carries the last watermark before it was let go, which the
 * watermarks that came in decide, wherever batches were cut: with each row waits the watermark that stood when it came, and the
 * place in the input that an error names.
 */
final class InOrderOperator extends FrameOperator implements TellsLate {
    private final int place;
    private final TimeOrder order;
    private final BatchPool pool;
    private final LateRows late;
    private final Lane[] lanes;
    private final LongLane arrivals = new LongLane();
    private final LongLane places = new LongLane();
    private final Lane[] outs;
    private long[] watermarks = {};
    private long last = Watermark.NONE;
    private long epoch;

    InOrderOperator(Schema schema, String path, int place, DataType[] types) {
        super(TableOrder.firstRows(schema.size()));
        this.place = place;
        DataType[] kept = Arrays.copyOf(types, types.length + 2);
        kept[types.length] = DataType.INT64;
        kept[types.length + 1] = DataType.INT64;
        this.order = new TimeOrder(kept);
        this.pool = new BatchPool(schema, path);
        this.late = new LateRows(schema, path);
        this.lanes = new Lane[kept.length];
        this.outs = new Lane[kept.length];
        this.outs[types.length] = new LongLane();
    }

    @Override
    public LateRows late() {
        return late;
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        int rows = in.rows();
        watermarks = in.watermarks(watermarks);
        for (int column = 0; column < lanes.length - 2; column++) {
            lanes[column] = in.lane(column);
        }
        arrivals.reset(rows);
        System.arraycopy(watermarks, 0, arrivals.values(), 0, rows);
        lanes[lanes.length - 2] = arrivals;
        in.writePlaces(places);
        lanes[lanes.length - 1] = places;
        late.begin(rows);
        RecordBatch result = pool.take();
        try {
            int ready = order.add(rows, (LongLane) in.lane(place), watermarks, lanes, late::add, outs(result));
            epoch = in.epoch();
            result.idle(in.idle());
            ledger().in(rows);
            ledger().late(late.count());
            ledger().held(rows - late.count());
            late.tell(in, out);
            emit(result, ready, rows, out);
        } finally {
            result.close();
        }
    }

    private Lane[] outs(RecordBatch result) {
        System.arraycopy(result.fillAll(), 0, outs, 0, outs.length - 2);
        outs[outs.length - 1] = result.ownPlaces();
        return outs;
    }

    private void emit(RecordBatch result, int ready, int rows, Output<? super RecordBatch> out) {
        result.filled(ready);
        LongLane before = result.ownWatermarks();
        before.reset(ready);
        long[] times = ((LongLane) outs[place]).values();
        long[] arrived = ((LongLane) outs[outs.length - 2]).values();
        for (int row = 0; row < ready; row++) {
            before.values()[row] = arrived[row] == times[row] ? times[row] : lastBelow(times[row], rows);
        }
        last = Math.max(last, watermarks[rows]);
        result.watermarks(before, last);
        result.places(result.ownPlaces());
        result.stamp(epoch);
        ledger().held(-ready);
        ledger().out(ready);
        out.emit(result);
    }

    /** The largest watermark below a time: of this batch, or the one before it. */
    private long lastBelow(long time, int rows) {
        int at = Arrays.binarySearch(watermarks, 0, rows + 1, time);
        int below = at < 0 ? -at - 2 : at - 1;
        while (below >= 0 && watermarks[below] == time) {
            below--;
        }
        return below < 0 ? last : Math.max(last, watermarks[below]);
    }

    @Override
    public void onEnd(Output<? super RecordBatch> out) {
        RecordBatch result = pool.take();
        try {
            int ready = order.advance(Watermark.END, outs(result));
            watermarks = watermarks.length == 0 ? new long[1] : watermarks;
            watermarks[0] = last;
            emit(result, ready, 0, out);
        } finally {
            result.close();
        }
    }

    @Override
    int waiting() {
        return order.waiting();
    }

    @Override
    long bytes() {
        return order.bytes() + 8L * (watermarks.length + arrivals.values().length + places.values().length);
    }

    @Override
    public int stateVersion() {
        return 2;
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(last);
        state.writeLong(epoch);
        order.write(state.stream());
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        if (version < stateVersion()) {
            throw new DataException(
                    "old-state",
                    "rows that wait",
                    "the rows that wait for event time were saved by an older version, without their places in the input",
                    "begin anew in an empty folder of checkpoints");
        }
        last = state.readLong();
        epoch = state.readLong();
        order.read(state.stream());
        ledger().held(order.waiting());
        ledger().in(order.waiting());
    }
}
