package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.hopping;
import static io.streamz.frames.Frames.rows;
import static io.streamz.frames.Frames.session;
import static io.streamz.frames.Frames.span;
import static io.streamz.frames.Frames.time;
import static io.streamz.frames.Frames.tumbling;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.BatchPool;
import io.streamz.frames.Field;
import io.streamz.frames.FrameSource;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.StreamFrame;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * For {@link BoundedTest} to start with a small heap: plans whose state does not grow with their input, one after the other, over
 * more rows than the heap would hold. Prints a line for each: its name, how many rows came out, and what it explains.
 */
public final class BoundedProgram {
    private static final int BATCH = 8192;
    private static final byte[] NOTE = "x".repeat(200).getBytes(StandardCharsets.US_ASCII);
    private static final Schema SCHEMA = Schema.of(
            new Field("time", DataType.timestamp(ChronoUnit.MILLIS)),
            new Field("k", DataType.INT64),
            new Field("v", DataType.FLOAT64),
            new Field("note", DataType.UTF8));

    private BoundedProgram() {}

    private static Map<String, Function<StreamFrame, StreamFrame>> plans() {
        Map<String, Function<StreamFrame, StreamFrame>> plans = new LinkedHashMap<>();
        plans.put(
                "group-by",
                f -> f.groupBy("k").agg("count(), mean(v), last(note)").changes());
        plans.put("top-n", f -> top(f.groupBy("k").agg("sum(v) as total")));
        plans.put("head", f -> f.filter("v > 0.5").head(1000));
        plans.put("rolling", f -> f.groupBy("k").rolling(100).agg("mean(v), max(v)"));
        plans.put(
                "rolling-time",
                f -> f.eventTime("time").outOfOrder("1s").rolling("2s").mean("v"));
        plans.put("ewm", f -> f.groupBy("k").ewm(span(20)).mean("v").shift(10, "note"));
        plans.put(
                "last-rows",
                f -> f.window(rows(1000)).groupBy("k").agg("sum(v), last(note)").changes());
        plans.put(
                "last-time",
                f -> f.window(time("2s").on("time"))
                        .groupBy("k")
                        .agg("sum(v), last(note)")
                        .changes());
        plans.put(
                "tumbling",
                f -> f.eventTime("time")
                        .outOfOrder("5s")
                        .window(tumbling("1s"))
                        .groupBy("k")
                        .agg("count(), max(v), last(note)"));
        plans.put(
                "hopping",
                f -> f.window(hopping("10s", "2s").on("time")).groupBy("k").agg("mean(v)"));
        plans.put(
                "session",
                f -> f.filter("k < 2 and floor(v * 100) = 0")
                        .eventTime("time")
                        .window(session("10s"))
                        .groupBy("k")
                        .agg("count()"));
        plans.put(
                "interval-join",
                f -> f.eventTime("time")
                        .joinInterval(f.rename("v", "w")
                                .rename("note", "text")
                                .rename("time", "then")
                                .eventTime("then"))
                        .by("k")
                        .between("-150ms", "-50ms")
                        .inner());
        plans.put("in-order", f -> f.eventTime("time").outOfOrder("2s").inOrder());
        plans.put("recent-distinct", f -> f.distinctLast(1000, "time"));
        return plans;
    }

    private static StreamFrame top(LiveTable table) {
        return table.nLargest(5, "total").changes();
    }

    /** Takes the number of rows. */
    public static void main(String[] arguments) {
        int rows = Integer.parseInt(arguments[0]);
        plans().forEach((name, plan) -> run(name, plan, rows));
    }

    private static void run(String name, Function<StreamFrame, StreamFrame> plan, int rows) {
        AtomicLong out = new AtomicLong();
        try (var pipeline = Pipeline.create(name)) {
            StreamFrame frame = plan.apply(pipeline.read(new Rows(rows)));
            frame.sinkBatches(batch -> out.addAndGet(batch.rows()));
            pipeline.run();
            System.out.println(name + " " + out + " " + frame.explain().replaceAll("\\s+", " "));
        }
    }

    /** A row a millisecond, of a hundred keys, each with a text, so that rows that are kept would soon fill the heap. */
    private record Rows(int count) implements FrameSource {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            BatchPool pool = new BatchPool(SCHEMA, name());
            long[] next = {0};
            return (Output<? super RecordBatch> out) -> {
                int rows = (int) Math.min(BATCH, count - next[0]);
                if (rows == 0) {
                    return Progress.END;
                }
                try (RecordBatch batch = pool.take()) {
                    for (int column = 0; column < SCHEMA.size(); column++) {
                        fill(batch.fill(column), column, next[0], rows);
                    }
                    batch.filled(rows);
                    next[0] += rows;
                    out.emit(batch);
                }
                return Progress.EMITTED;
            };
        }

        private static void fill(Lane lane, int column, long first, int rows) {
            lane.reset(rows);
            if (lane instanceof TextLane texts) {
                texts.clearBytes();
            }
            for (int row = 0; row < rows; row++) {
                long number = first + row;
                if (lane instanceof TextLane texts) {
                    texts.set(row, NOTE, 0, NOTE.length);
                } else if (lane instanceof LongLane longs) {
                    longs.values()[row] = column == 0 ? number : number * 7919 % 100;
                } else {
                    ((DoubleLane) lane).values()[row] = (number * 0x9E3779B97F4A7C15L >>> 11) * 0x1.0p-53;
                }
            }
        }
    }
}
