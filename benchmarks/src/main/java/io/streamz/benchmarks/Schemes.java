package io.streamz.benchmarks;

import io.streamz.aggregations.Aggregations;
import io.streamz.aggregations.Cumulative;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Decay;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Ewm;
import io.streamz.aggregations.GroupIndex;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.Measure;
import io.streamz.aggregations.MovingGroups;
import io.streamz.aggregations.Rolling;
import io.streamz.aggregations.Span;
import io.streamz.aggregations.Window;
import io.streamz.frames.internal.ArrowDecoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Ourselves in the jobs that look back over rows: the engine, fed with Arrow batches that are decoded one after the other
 * into the same lanes. Answers go to one lane, which the next batch overwrites.
 */
final class Schemes {
    private static final DataType[] NUMBER = {DataType.FLOAT64};

    /** Takes a batch and answers each of its rows. */
    private interface PerRow {
        void add(int[] ids, int rows, LongLane times, Lane[] values, DoubleLane out);
    }

    private final List<VectorSchemaRoot> batches;
    private final String key;
    private final String column;
    private final String time;
    private final GroupIndex index;
    private final Lane keys;
    private final LongLane times = new LongLane();
    private final DoubleLane[] values = {new DoubleLane()};
    private int[] ids = {};

    private Schemes(Data data, String key, String column, String time) {
        this.batches = data.batches();
        this.key = key;
        this.column = column;
        this.time = time;
        this.index = key == null ? null : new GroupIndex(DataType.INT64);
        this.keys = new LongLane();
    }

    static Optional<Contestant> contestant(Job job, Data data) {
        if (job instanceof Job.Rolling r) {
            Span span = Span.rows(r.rows()).minPeriods(1);
            Measure measure = Measure.of(Aggregations.named(r.function()), 0);
            return perRow(
                    data,
                    r.key(),
                    r.column(),
                    null,
                    () -> rolling(new Rolling(span, r.key() != null, NUMBER, measure)));
        }
        if (job instanceof Job.RollingTime r) {
            Measure measure = Measure.of(Aggregations.sum(), 0);
            return perRow(
                    data,
                    r.key(),
                    r.column(),
                    r.time(),
                    () -> rolling(new Rolling(Span.time(r.micros()), true, NUMBER, measure)));
        }
        if (job instanceof Job.CumSum c) {
            return perRow(data, c.key(), c.column(), null, Schemes::cumSum);
        }
        if (job instanceof Job.EwmMean e) {
            return perRow(data, null, e.column(), null, () -> ewmMean(e.alpha()));
        }
        if (job instanceof Job.WindowSum w) {
            return Optional.of(new InProcess(() -> window(w, data), () -> window(w, data), () -> {}));
        }
        return Optional.empty();
    }

    private static PerRow rolling(Rolling rolling) {
        return (ids, rows, times, values, out) ->
                rolling.add(ids, rows, times, values, new Lane[] {out}, (measure, row) -> {});
    }

    private static PerRow cumSum() {
        Cumulative sums = Cumulative.cumulative(NUMBER, Measure.of(Aggregations.sum(), 0));
        return (ids, rows, times, values, out) -> sums.add(ids, rows, values, new Lane[] {out}, (measure, row) -> {});
    }

    private static PerRow ewmMean(double alpha) {
        Ewm means = new Ewm(Decay.alpha(alpha), DataType.FLOAT64, Ewm.Function.MEAN);
        return (ids, rows, times, values, out) -> means.add(ids, rows, times, values[0], new DoubleLane[] {out});
    }

    private static Optional<Contestant> perRow(
            Data data, String key, String column, String time, Supplier<PerRow> scheme) {
        return Optional.of(new InProcess(
                () -> {
                    Cells all = Cells.doubles();
                    new Schemes(data, key, column, time).run(scheme.get(), all);
                    return new Answer(false, List.of(all.array()));
                },
                () -> new Schemes(data, key, column, time).run(scheme.get(), null),
                () -> {}));
    }

    /**
     * @param all where all answers go, or null
     * @return the last answer
     */
    private double run(PerRow scheme, Cells all) {
        DoubleLane out = new DoubleLane();
        double last = 0;
        for (VectorSchemaRoot batch : batches) {
            int rows = batch.getRowCount();
            decode(batch);
            scheme.add(ids, rows, times, values, out);
            last = out.values()[rows - 1];
            for (int row = 0; all != null && row < rows; row++) {
                all.add(out.isNull(row) ? Double.NaN : out.values()[row]);
            }
        }
        return last;
    }

    private void decode(VectorSchemaRoot batch) {
        int rows = batch.getRowCount();
        ArrowDecoder.decode(batch.getVector(column), rows, values[0]);
        if (time != null) {
            ArrowDecoder.decode(batch.getVector(time), rows, times);
        }
        if (index == null) {
            ids = null;
            return;
        }
        ArrowDecoder.decode(batch.getVector(key), rows, keys);
        if (ids.length < rows) {
            ids = new int[rows];
        }
        index.ids(new Lane[] {keys}, rows, ids);
    }

    /** The sums of all keys after each batch; the answer is the last of them. */
    private static Answer window(Job.WindowSum job, Data data) {
        Schemes schemes = new Schemes(data, job.key(), job.column(), null);
        MovingGroups groups = new MovingGroups(Window.rows(job.rows()), NUMBER, Measure.of(Aggregations.sum(), 0));
        DoubleLane sums = new DoubleLane();
        int[] live = {};
        for (VectorSchemaRoot batch : schemes.batches) {
            schemes.decode(batch);
            groups.add(schemes.ids, batch.getRowCount(), null, schemes.values, row -> {});
            live = groups.liveIds(live);
            groups.result(0, live, groups.size(), sums, row -> {});
        }
        LongLane keys = new LongLane();
        schemes.index.keys(live, groups.size(), new Lane[] {keys});
        return new Answer(true, List.of(Streamz.values(keys, groups.size()), Streamz.values(sums, groups.size())));
    }
}
