package io.streamz.benchmarks;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.frames.Csv;
import io.streamz.frames.FrameSource;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ourselves, through the public interface: each run builds a pipeline, runs it, and reads the answer. */
final class Streamz implements Peer {
    static final String NAME = "streamz";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "a new pipeline for each run, Arrow batches of " + Data.BATCH
                + " rows in memory as its source, CPU time of its thread and the caller's; rolling, window, cumulative and ewm rows:"
                + " the engine itself over the same batches, decoded as it goes";
    }

    @Override
    public Optional<Contestant> enter(Job job, Data data) throws Exception {
        if (job instanceof Job.Aggregate a) {
            return Optional.of(table(new ArrowSource(data.batches()), frame -> aggregate(frame, a)));
        }
        if (job instanceof Job.Question q) {
            FrameSource source = new ArrowSource(data.batches());
            return Optional.of(table(source, frame -> ask(frame, q), q.many() ? Streamz::digest : Streamz::answer));
        }
        if (job instanceof Job.CsvSum c) {
            return Optional.of(c.heap() == 0 ? csv(data.csv(), c.key(), c.column()) : CsvProcess.contestant(c, data));
        }
        if (job instanceof Job.OneRowBatches one) {
            return Optional.of(OneRow.contestant(one, data.rows()));
        }
        return job instanceof Job.Records records
                ? Optional.of(RecordsOut.contestant(records, data.rows()))
                : Schemes.contestant(job, data);
    }

    static Contestant csv(Path file, String key, String column) {
        return table(Csv.read(file), frame -> frame.groupBy(key).agg("sum(" + column + ")"));
    }

    private static LiveTable aggregate(StreamFrame frame, Job.Aggregate a) {
        String functions =
                a.functions().stream().map(f -> f + "(" + a.column() + ")").collect(Collectors.joining(", "));
        return a.key() == null ? frame.agg(functions) : frame.groupBy(a.key()).agg(functions);
    }

    private static LiveTable ask(StreamFrame frame, Job.Question q) {
        LiveTable table = frame.groupBy(q.keyNames().toArray(String[]::new)).agg(q.aggregates());
        return q.select().isEmpty() ? table : table.select(q.keys(), q.select());
    }

    /** A contestant whose answer is a table as it stands at the end. */
    static Contestant table(FrameSource source, Function<StreamFrame, LiveTable> plan) {
        return table(source, plan, Streamz::answer);
    }

    private static Contestant table(
            FrameSource source, Function<StreamFrame, LiveTable> plan, Function<Table, Answer> reading) {
        Meter meter = new Meter();
        FrameSource metered = meter.of(source);
        return new InProcess(() -> reading.apply(run(metered, plan)), () -> run(metered, plan), () -> {}, meter);
    }

    private static Table run(FrameSource source, Function<StreamFrame, LiveTable> plan) {
        try (Pipeline pipeline = Pipeline.create("race")) {
            View view = plan.apply(pipeline.read(source)).view();
            pipeline.run();
            return view.now();
        }
    }

    static Answer answer(Table table) {
        List<Object> columns = new ArrayList<>();
        for (int column = 0; column < table.schema().size(); column++) {
            columns.add(values(table.lane(column), table.rows()));
        }
        return new Answer(true, columns);
    }

    private static Answer digest(Table table) {
        Digest digest = new Digest();
        Object[] cells = new Object[table.schema().size()];
        for (int row = 0; row < table.rows(); row++) {
            for (int column = 0; column < cells.length; column++) {
                Lane lane = table.lane(column);
                cells[column] = lane instanceof TextLane texts
                        ? texts.text(row)
                        : lane instanceof LongLane longs
                                ? (Object) longs.values()[row]
                                : ((DoubleLane) lane).values()[row];
            }
            digest.add(cells);
        }
        return digest.answer();
    }

    /** A copy of a lane's values; a null number is NaN. */
    static Object values(Lane lane, int rows) {
        if (lane instanceof LongLane longs) {
            return Arrays.copyOf(longs.values(), rows);
        }
        if (lane instanceof TextLane texts) {
            String[] values = new String[rows];
            Arrays.setAll(values, texts::text);
            return values;
        }
        double[] values = Arrays.copyOf(((DoubleLane) lane).values(), rows);
        for (int row = 0; row < rows; row++) {
            values[row] = lane.isNull(row) ? Double.NaN : values[row];
        }
        return values;
    }
}
