package io.streamz.frames;

import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Watermark;
import io.streamz.core.DataException;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.internal.expr.BoundExpr;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Gives each batch its watermarks, row by row: before each row what the rows before it make, and one behind the last. An input that
 * has been silent for long enough, while its source says that it has nothing more, gives one empty batch that says so.
 */
final class EventTimeOperator extends FrameOperator {
    private final EventTimeNode node;
    private final int place;
    private final Watermark watermark;
    private final BoundExpr custom;
    private final Rejects rejects;
    private final BatchPool pool;
    private BooleanSupplier quiet = () -> true;
    private OperatorContext.Timer timer;
    private long epoch;

    EventTimeOperator(EventTimeNode node, int[] reads, BoundExpr custom, Rejects rejects) {
        super(reads);
        this.node = node;
        this.place = node.place();
        this.watermark = new Watermark(node.eventTime().bound());
        this.custom = custom;
        this.rejects = rejects;
        this.pool = new BatchPool(
                node.schema(), node.path(), TableOrder.firstRows(node.schema().size()));
    }

    /** That of the rows that went out: it is made here. */
    @Override
    long watermark() {
        return watermark.current();
    }

    @Override
    void over(List<Running> inputs) {
        quiet = inputs.get(0).quiet();
    }

    @Override
    void take(RecordBatch in, Output<? super RecordBatch> out) {
        RecordBatch result = pool.take();
        try {
            result.over(in);
            int kept = withTime(in, result);
            follow(result);
            ledger().in(in.rows());
            ledger().out(kept);
            ledger().rejected(in.rows() - kept);
            epoch = in.epoch();
            out.emit(result);
        } finally {
            result.close();
        }
        if (node.idleAfter() != null && in.rows() > 0) {
            await();
        }
    }

    private int withTime(RecordBatch in, RecordBatch result) {
        LongLane times = (LongLane) in.lane(place);
        int rows = in.rows();
        if (times.nullCount() == 0) {
            return rows;
        }
        int[] selection = result.selection(rows);
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            if (times.isNull(row)) {
                reject(in, row);
            } else {
                selection[kept++] = row;
            }
        }
        result.select(kept);
        return kept;
    }

    private void reject(RecordBatch in, int row) {
        String column = node.schema().field(place).name();
        long number = in.place(row);
        String what = column + " is null" + (number < 0 ? "" : " at row " + (number + 1) + " of the input")
                + ": a row without event time";
        if (rejects.fail()) {
            throw new DataException(
                    "no-event-time",
                    node.path(),
                    what,
                    "leave such rows out before, as in filter(\"" + column
                            + " is not null\"), or with badRows(BadRows.SKIP)");
        }
        rejects.tell(new Reject(what, column, "", node.path(), -1, -1));
    }

    @Override
    int answered(RecordBatch in) {
        LongLane times = (LongLane) in.lane(place);
        int row = 0;
        while (row < in.rows() && !times.isNull(row)) {
            row++;
        }
        return custom == null ? row : Math.min(row, custom.answered(in));
    }

    private void follow(RecordBatch result) {
        int rows = result.rows();
        LongLane before = result.ownWatermarks();
        before.ensure(rows + 1);
        before.reset(rows);
        if (custom == null) {
            watermark.follow((LongLane) result.lane(place), rows, before.values());
        } else {
            follow((LongLane) custom.evaluate(result), rows, before.values());
        }
        result.watermarks(before, watermark.current());
    }

    private void follow(LongLane said, int rows, long[] out) {
        long current = watermark.current();
        for (int row = 0; row < rows; row++) {
            out[row] = current;
            if (!said.isNull(row)) {
                current = Math.max(current, said.values()[row]);
            }
        }
        out[rows] = current;
        watermark.restore(current);
    }

    private void await() {
        if (timer != null) {
            timer.cancel();
        }
        timer = context().timer(node.idleAfter());
    }

    @Override
    public void onTimer(long time, Output<? super RecordBatch> out) {
        timer = null;
        if (!quiet.getAsBoolean()) {
            await();
            return;
        }
        RecordBatch none = pool.take();
        try {
            none.empty(epoch, watermark.current());
            none.idle(true);
            out.emit(none);
        } finally {
            none.close();
        }
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(watermark.current());
        state.writeLong(epoch);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        watermark.restore(state.readLong());
        epoch = state.readLong();
    }
}
