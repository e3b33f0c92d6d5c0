package io.streamz.benchmarks;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.BatchPool;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;

/** Batches of one row, through filter, assign and a sum by key; the price of a batch rather than of a row. */
final class OneRow implements FrameSource {
    /** How many batches one poll emits. */
    private static final int POLL = 256;

    private static final Schema SCHEMA = Schema.of(
            new Field("k", DataType.INT64), new Field("price", DataType.FLOAT64), new Field("qty", DataType.FLOAT64));

    private final int keys;
    private final int batches;

    private OneRow(int keys, int batches) {
        this.keys = keys;
        this.batches = batches;
    }

    static Contestant contestant(Job.OneRowBatches job, int batches) {
        return Streamz.table(
                new OneRow(job.keys(), batches),
                frame -> frame.filter("price > 100")
                        .assign("notional", "price * qty")
                        .groupBy("k")
                        .agg("sum(notional)"));
    }

    static int key(int batch, int keys) {
        return (int) ((batch * 0x9E3779B97F4A7C15L >>> 33) % keys);
    }

    /** Half of them are above 100. */
    static double price(int batch) {
        return (batch * 7919L) % 201;
    }

    @Override
    public String name() {
        return "ticks";
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return new Reader();
    }

    private final class Reader implements Source<RecordBatch> {
        private final BatchPool pool = new BatchPool(SCHEMA, name());
        private int next;

        @Override
        public Progress poll(Output<? super RecordBatch> out) {
            for (int end = Math.min(batches, next + POLL); next < end; next++) {
                try (RecordBatch batch = pool.take()) {
                    LongLane key = (LongLane) batch.fill(0);
                    key.reset(1);
                    key.values()[0] = key(next, keys);
                    fill(batch, 1, price(next));
                    fill(batch, 2, 2);
                    batch.filled(1);
                    out.emit(batch);
                }
            }
            return next == batches ? Progress.END : Progress.EMITTED;
        }

        private void fill(RecordBatch batch, int column, double value) {
            DoubleLane lane = (DoubleLane) batch.fill(column);
            lane.reset(1);
            lane.values()[0] = value;
        }
    }
}
