package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.core.Output;
import io.streamz.core.PlanException;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.internal.CellWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;

/** Frames that are made up: random ones to try things with, and what a function gives from time to time. */
public final class Generated {
    private static final Schema RANDOM = Schema.of(
            new Field("time", DataType.timestamp(ChronoUnit.NANOS)),
            new Field("x", DataType.FLOAT64),
            new Field("y", DataType.FLOAT64),
            new Field("k", DataType.INT64));

    private Generated() {}

    /**
     * Random rows without end: {@code time}, {@code rate} apart from 2000-01-01 on, {@code x} from 0 to 1, {@code y} of the normal
     * distribution, {@code k} from 0 to 9. The same rows for the same seed.
     *
     * @param rows the rows of a batch
     * @param interval the time between two batches, by the pipeline's clock
     * @param rate the time between two rows
     */
    public static FrameSource random(long seed, int rows, Duration interval, Duration rate) {
        if (rows < 1 || rate.isNegative()) {
            throw new PlanException("random", "random", "no batches of " + rows + " rows, " + rate + " apart", "");
        }
        Random random = new Random(seed);
        long step = rate.toNanos();
        long start = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
        return new Periodic(
                "random", RANDOM, interval, number -> batch -> fill(batch, random, rows, start, step, number));
    }

    private static void fill(RecordBatch batch, Random random, int rows, long start, long step, int number) {
        for (int column = 0; column < RANDOM.size(); column++) {
            batch.fill(column).reset(rows);
        }
        for (int row = 0; row < rows; row++) {
            ((LongLane) batch.fill(0)).values()[row] = start + step * ((long) number * rows + row);
            ((DoubleLane) batch.fill(1)).values()[row] = random.nextDouble();
            ((DoubleLane) batch.fill(2)).values()[row] = random.nextGaussian();
            ((LongLane) batch.fill(3)).values()[row] = random.nextInt(10);
        }
        batch.filled(rows);
    }

    /**
     * What a function gives, once in each interval by the pipeline's clock.
     *
     * @param rows makes the rows of a batch, whose number counts from 0; null ends the input
     */
    public static FrameSource periodic(
            String name, Schema schema, Duration interval, IntFunction<? extends List<? extends Map<String, ?>>> rows) {
        Objects.requireNonNull(rows, "rows");
        MapWriter writer = new MapWriter(schema);
        return new Periodic(name, schema, interval, number -> {
            List<? extends Map<String, ?>> made = rows.apply(number);
            return made == null
                    ? null
                    : batch -> {
                        writer.begin(batch, made.size());
                        for (int row = 0; row < made.size(); row++) {
                            writer.write(made.get(row), batch, row);
                        }
                        batch.filled(made.size());
                    };
        });
    }

    /** Rows that are there, such as a table to start from, as batches of at most so many rows. */
    public static FrameSource table(String name, Table table, int rows) {
        if (rows < 1) {
            throw new PlanException("table", name, "no batches of " + rows + " rows", "say 10_000");
        }
        return new Rows(name, table, rows);
    }

    /** A table of these rows: for each a value per column, as {@link Row#value(String)} gives them. */
    static Table of(Schema schema, List<Object[]> rows) {
        Lane[] lanes = Lanes.empty(schema);
        for (int column = 0; column < lanes.length; column++) {
            CellWriter.begin(lanes[column], rows.size());
            Field field = schema.field(column);
            for (int row = 0; row < rows.size(); row++) {
                CellWriter.set(field.type(), lanes[column], row, rows.get(row)[column], field.name());
            }
        }
        return Table.of(schema, 0, rows.size(), lanes);
    }

    private interface Filling {
        void fill(RecordBatch batch);
    }

    private record Periodic(String name, Schema schema, Duration interval, IntFunction<Filling> batches)
            implements FrameSource {
        Periodic {
            Objects.requireNonNull(name, "name");
            if (interval.isNegative() || interval.isZero()) {
                throw new PlanException("interval", name, "an interval is above zero, not " + interval, "");
            }
        }

        /** What is made up is made up anew. */
        @Override
        public boolean replays() {
            return false;
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            BatchPool pool = new BatchPool(schema, name);
            int[] number = {0};
            return out -> {
                Filling filling = batches.apply(number[0]++);
                if (filling == null) {
                    return Progress.END;
                }
                try (RecordBatch batch = pool.take()) {
                    filling.fill(batch);
                    out.emit(batch);
                }
                return Progress.idle(interval);
            };
        }
    }

    private record Rows(String name, Table table, int rows) implements FrameSource {
        @Override
        public Schema schema() {
            return table.schema();
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            return new Source<>() {
                private final BatchPool pool = new BatchPool(table.schema(), name);
                private int at;

                @Override
                public Progress poll(Output<? super RecordBatch> out) {
                    if (at == table.rows()) {
                        return Progress.END;
                    }
                    int end = Math.min(table.rows(), at + rows);
                    try (RecordBatch batch = pool.take()) {
                        for (int column = 0; column < table.schema().size(); column++) {
                            if (needed.needs(column)) {
                                table.lane(column).copy(at, end, batch.fill(column));
                            }
                        }
                        batch.filledUpTo(end - at);
                        at = end;
                        out.emit(batch);
                    }
                    return Progress.EMITTED;
                }
            };
        }
    }
}
