package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * Rows that depend on their number and nothing else, in batches of random sizes, up to a number of rows; then it ends, or waits.
 * Keys with nulls, floats with NaN and large ones, integers, and times that are a little out of order.
 */
final class SteadyRows implements FrameSource {
    static final long SECOND = 1_000_000_000L;
    static final Schema SCHEMA = Schema.of(
            new Field("k", DataType.UTF8),
            new Field("v", DataType.FLOAT64),
            new Field("i", DataType.INT64),
            new Field("t", DataType.timestamp(ChronoUnit.NANOS)));

    private final String name;
    private final int rows;
    private final boolean ends;
    private final Random cuts;
    private volatile int limit = Integer.MAX_VALUE;
    private volatile Runnable ready = () -> {};
    /** The rows of each batch; 0 where that is left to chance. */
    private int evenly;

    SteadyRows(String name, int rows, boolean ends, long seed) {
        this.name = name;
        this.rows = rows;
        this.ends = ends;
        this.cuts = new Random(seed);
    }

    /** Gives no more than this, and waits. */
    SteadyRows upTo(int row) {
        limit = row;
        ready.run();
        return this;
    }

    /** Gives batches of this size. */
    SteadyRows evenly(int size) {
        evenly = size;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return new Source<>() {
            private int next;

            @Override
            public Progress poll(Output<? super RecordBatch> out) {
                if (next == rows) {
                    return ends ? Progress.END : Progress.idle();
                }
                if (next >= limit) {
                    return Progress.idle();
                }
                int count = Math.min(Math.min(rows, limit) - next, evenly > 0 ? evenly : cuts.nextInt(17));
                try (RecordBatch batch = batch(name.hashCode(), next, count)) {
                    out.emit(batch);
                }
                next += count;
                return Progress.EMITTED;
            }

            @Override
            public void onReady(Runnable signal) {
                ready = signal;
            }

            @Override
            public Position position() {
                return Position.START.with("row", next);
            }

            @Override
            public void restore(Position position) {
                next = (int) position.number("row");
            }
        };
    }

    private static RecordBatch batch(int salt, int from, int count) {
        TextLane keys = new TextLane();
        DoubleLane values = new DoubleLane();
        LongLane ints = new LongLane();
        LongLane times = new LongLane();
        for (Lane lane : new Lane[] {keys, values, ints, times}) {
            lane.reset(count);
        }
        for (int row = 0; row < count; row++) {
            Random random = new Random(31L * (from + row) + salt);
            random.nextInt();
            byte[] key = ("k" + random.nextInt(7)).getBytes(StandardCharsets.UTF_8);
            keys.set(row, key, 0, key.length);
            if (random.nextInt(9) == 0) {
                keys.setNull(row);
            }
            int kind = random.nextInt(40);
            values.values()[row] = kind == 0 ? Double.NaN : kind < 4 ? 1e16 * (kind - 2) : random.nextGaussian();
            if (random.nextInt(11) == 0) {
                values.setNull(row);
            }
            ints.values()[row] = random.nextInt(50);
            times.values()[row] = (from + row - random.nextInt(6)) * SECOND;
        }
        return RecordBatch.of(SCHEMA, keys, values, ints, times);
    }
}
