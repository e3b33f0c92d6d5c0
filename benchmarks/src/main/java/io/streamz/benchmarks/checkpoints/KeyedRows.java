package io.streamz.benchmarks.checkpoints;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Batches that were made before, given again and again without end: all keys in order first, then in any order. */
final class KeyedRows implements FrameSource {
    private static final int BATCH = 16_384;

    private final Schema schema;
    private final Lane[][] batches;
    private volatile long rows;

    KeyedRows(boolean text, int keys) {
        schema = Schema.of(new Field("k", text ? DataType.UTF8 : DataType.INT64), new Field("v", DataType.FLOAT64));
        Random random = new Random(20_261_128);
        batches = new Lane[Math.max(64, 4 * keys / BATCH)][];
        for (int batch = 0; batch < batches.length; batch++) {
            Lane key = text ? new TextLane() : new LongLane();
            DoubleLane value = new DoubleLane();
            key.reset(BATCH);
            value.reset(BATCH);
            for (int row = 0; row < BATCH; row++) {
                int number = batch * BATCH + row;
                set(key, row, number < keys ? number : random.nextInt(keys));
                value.values()[row] = random.nextInt(100_000) / 64.0;
            }
            batches[batch] = new Lane[] {key, value};
        }
    }

    /** Spread integers, and texts of 7 to 12 bytes. */
    private static void set(Lane lane, int row, int number) {
        if (lane instanceof TextLane texts) {
            byte[] bytes = ("user-" + Integer.toString(number * 31, 36)).getBytes(StandardCharsets.UTF_8);
            texts.set(row, bytes, 0, bytes.length);
        } else {
            ((LongLane) lane).values()[row] = number * 0x9E3779B97F4A7C15L;
        }
    }

    /** The rows given so far. */
    long rows() {
        return rows;
    }

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return new Source<>() {
            private int next;

            @Override
            @SuppressWarnings("NonAtomicVolatileUpdate") // one thread polls
            public Progress poll(Output<? super RecordBatch> out) {
                try (RecordBatch batch = RecordBatch.of(schema, batches[next])) {
                    out.emit(batch);
                }
                next = (next + 1) % batches.length;
                rows += BATCH;
                return Progress.EMITTED;
            }

            @Override
            public Position position() {
                return Position.START.with("batch", next);
            }

            @Override
            public void restore(Position position) {
                next = (int) position.number("batch");
            }
        };
    }
}
