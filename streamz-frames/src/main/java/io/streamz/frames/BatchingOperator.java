package io.streamz.frames;

import io.streamz.core.Ack;
import io.streamz.core.Operator;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gathers records to batches: full ones go on at once, others when their first record has waited long enough, or at the end. */
final class BatchingOperator<T> implements Operator<T, RecordBatch> {
    private final BatchPool pool;
    private final ItemWriter writer;
    private final int most;
    private final Duration delay;
    private final List<Ack> acks = new ArrayList<>();
    private OperatorContext context;
    private OperatorContext.Timer timer;
    private RecordBatch batch;
    private int rows;

    BatchingOperator(Schema schema, String path, ItemWriter writer, int most, Duration delay) {
        this.pool = new BatchPool(schema, path);
        this.writer = writer;
        this.most = most;
        this.delay = delay;
    }

    @Override
    public void open(OperatorContext opened) {
        context = opened;
    }

    @Override
    public void onNext(T item, Output<? super RecordBatch> out) {
        if (batch == null) {
            batch = pool.take();
            writer.begin(batch, most);
        }
        writer.write(item, batch, rows);
        rows++;
        if (rows < most) {
            hold();
        } else {
            flush(out);
        }
    }

    private void hold() {
        if (timer == null) {
            timer = context.timer(delay);
        }
        Ack ack = context.ack();
        if (ack != Ack.NONE) {
            ack.retain();
            acks.add(ack);
        }
    }

    @Override
    public void onTimer(long time, Output<? super RecordBatch> out) {
        timer = null;
        flush(out);
    }

    @Override
    public void onEnd(Output<? super RecordBatch> out) {
        flush(out);
    }

    private void flush(Output<? super RecordBatch> out) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (batch == null) {
            return;
        }
        RecordBatch full = batch;
        batch = null;
        full.filledUpTo(rows);
        rows = 0;
        try {
            if (acks.isEmpty()) {
                out.emit(full);
            } else {
                emitHeld(full, out);
            }
        } finally {
            full.close();
        }
    }

    private void emitHeld(RecordBatch full, Output<? super RecordBatch> out) {
        List<Ack> held = List.copyOf(acks);
        acks.clear();
        List<Ack> all = new ArrayList<>(held);
        all.add(context.ack());
        try {
            context.emit(out, full, Ack.all(all));
        } finally {
            held.forEach(Ack::release);
        }
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeInt(rows);
        for (int column = 0; rows > 0 && column < batch.schema().size(); column++) {
            LaneState.write(batch.fill(column), rows, state);
        }
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        rows = state.readInt();
        if (rows == 0) {
            return;
        }
        batch = pool.take();
        for (int column = 0; column < batch.schema().size(); column++) {
            LaneState.read(batch.fill(column), rows, state);
            batch.fill(column).resize(Math.max(rows, most));
        }
        hold();
    }

    @Override
    public void close() {
        if (batch != null) {
            batch.close();
            batch = null;
        }
        acks.forEach(Ack::release);
        acks.clear();
    }
}
