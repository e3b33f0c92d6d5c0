package io.streamz.blackbox.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.LongLane;
import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Sink;
import io.streamz.core.Source;
import io.streamz.frames.BatchPool;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A hundred branches come and go at random while a million rows flow: nobody else loses or repeats a row. */
@ExtendWith(EmptyAllocator.class)
class AttachManyTest {
    private static final int BATCH = 1000;
    private static final int BATCHES = 1000;
    private static final int BRANCHES = 100;

    /** The numbers from 0 on. */
    private static final class Numbers implements FrameSource {
        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public Schema schema() {
            return Schema.of(new Field("n", DataType.INT64), new Field("m", DataType.INT64));
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            BatchPool pool = new BatchPool(schema(), "numbers");
            long[] next = {0};
            return (Output<? super RecordBatch> out) -> {
                if (next[0] == (long) BATCH * BATCHES) {
                    return Progress.END;
                }
                try (RecordBatch batch = pool.take()) {
                    for (int column = 0; column < 2; column++) {
                        if (needed.needs(column)) {
                            LongLane lane = (LongLane) batch.fill(column);
                            lane.reset(BATCH);
                            for (int row = 0; row < BATCH; row++) {
                                lane.values()[row] = column == 0 ? next[0] + row : (next[0] + row) % 7;
                            }
                        }
                    }
                    next[0] += BATCH;
                    batch.filled(BATCH);
                    out.emit(batch);
                }
                return Progress.EMITTED;
            };
        }
    }

    /** Sees that numbers come one after the other. */
    private static final class Witness {
        private final int step;
        private long last = -1;
        private long gaps;
        private final AtomicLong seen = new AtomicLong();

        Witness(int step) {
            this.step = step;
        }

        void take(RecordBatch batch) {
            long[] values = ((LongLane) batch.lane(0)).values();
            for (int row = 0; row < batch.rows(); row++) {
                gaps += last >= 0 && values[row] != last + step ? 1 : 0;
                last = values[row];
            }
            seen.addAndGet(batch.rows());
        }
    }

    @Test
    void othersLoseAndRepeatNothing() {
        Random random = new Random(42);
        List<Witness> guests = new ArrayList<>();
        Witness host = new Witness(1);
        List<Witness> fromStart = new ArrayList<>();
        List<View> everything = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var numbers = pipeline.read(new Numbers());
            numbers.sinkBatches(host::take);
            var total = numbers.groupBy("m").agg("count(), sum(n)").view();
            pipeline.start();
            List<Sink> attached = new ArrayList<>();
            for (int branch = 0; branch < BRANCHES; branch++) {
                int step = 1 + random.nextInt(5);
                Witness guest = new Witness(step);
                guests.add(guest);
                attached.add(numbers.filter("n % " + step + " = 0").select("n").sinkBatches(guest::take));
                if (random.nextInt(3) == 0) {
                    numbers.groupBy("m").agg("max(n)").filter("m > 2").view();
                }
                if (branch % 25 == 0) {
                    Witness again = new Witness(step);
                    fromStart.add(again);
                    numbers.fromStart().filter("n % " + step + " = 0").sinkBatches(again::take);
                    everything.add(numbers.fromStart().agg("count(), sum(n)").view());
                }
                while (attached.size() > random.nextInt(6)) {
                    attached.remove(random.nextInt(attached.size())).close();
                }
            }
            pipeline.done().toCompletableFuture().join();
            long counted = total.now().toRows().stream()
                    .mapToLong(row -> row.int64("count"))
                    .sum();
            assertThat(counted).isEqualTo((long) BATCH * BATCHES);
            long all = (long) BATCH * BATCHES;
            assertThat(everything).hasSize(4).allSatisfy(view -> {
                assertThat(view.now().int64(0, "count")).isEqualTo(all);
                assertThat(view.now().int64(0, "n_sum")).isEqualTo(all * (all - 1) / 2);
            });
        }
        assertThat(host.seen.get()).isEqualTo((long) BATCH * BATCHES);
        assertThat(host.gaps).isZero();
        assertThat(guests).allSatisfy(guest -> assertThat(guest.gaps).isZero());
        assertThat(fromStart).hasSize(4).allSatisfy(again -> {
            assertThat(again.gaps).isZero();
            assertThat(again.seen.get()).isEqualTo(((long) BATCH * BATCHES + again.step - 1) / again.step);
        });
    }
}
