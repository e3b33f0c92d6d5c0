package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.Accumulator;
import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.AggregationProvider;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.blackbox.Snippets;
import io.streamz.core.DataStream;
import io.streamz.core.Operator;
import io.streamz.core.OperatorProvider;
import io.streamz.core.Output;
import io.streamz.core.Plugins;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import io.streamz.frames.Agg;
import io.streamz.frames.ExprFunction;
import io.streamz.frames.ExprFunctionProvider;
import io.streamz.frames.Field;
import io.streamz.frames.FileFormat;
import io.streamz.frames.FileOut;
import io.streamz.frames.FileRows;
import io.streamz.frames.Pipeline;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Row;
import io.streamz.frames.RowsWriter;
import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import io.streamz.frames.WholeFiles;
import io.streamz.test.EmptyAllocator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide's page on extending, and what it gives. */
@ExtendWith(EmptyAllocator.class)
class ExtendingGuideTest {
    @TempDir
    Path folder;

    @Test
    void pageShowsWhatRuns() throws IOException {
        Snippets.check("extending", ExtendingGuideTest.class);
    }

    // snippet: aggregation
    /** The root of the mean square of the values. */
    static final class RootMeanSquare extends Aggregation {
        RootMeanSquare() {
            super("rms", 1);
        }

        @Override
        protected void onNew(Accumulator acc, double x) {
            acc.a += x * x;
        }

        @Override
        protected void merge(Accumulator acc, Accumulator other) {
            acc.a += other.a;
        }

        @Override
        protected double result(Accumulator acc) {
            return Math.sqrt(acc.a / acc.count());
        }
    }
    // end

    // snippet: provider
    public static final class Signals implements AggregationProvider {
        @Override
        public Set<String> names() {
            return Set.of("rms");
        }

        @Override
        public Aggregation named(String name, double... parameters) {
            return new RootMeanSquare();
        }
    }
    // end

    @Test
    void anAggregation() {
        var rows = frame("motor", "v")
                .row("a", 3.0)
                .row("b", 1.0)
                .row("a", 4.0)
                .row("b", null)
                .row("a", 0.0);
        try (var pipeline = Pipeline.create("signals")) {
            var readings = pipeline.read(rows.source("readings"));
            // snippet: aggregating
            Agg rms = Agg.of(new RootMeanSquare(), col("v")).as("rms");
            var byMotor = readings.groupBy("motor").agg(rms);
            var rolling = readings.assign("rms", rms.rolling(2).over("motor"));
            var named = readings.agg("rms(v) where motor = 'a' as rms"); // when a provider tells the name
            // end
            var views = List.of(byMotor.view(), rolling.tail(10), named.view());
            pipeline.run();
            assertThat(views.get(0).now().float64(0, "rms")).isEqualTo(Math.sqrt(25.0 / 3));
            assertThat(views.get(0).now().float64(1, "rms")).isEqualTo(1);
            assertThat(views.get(1).now().float64(2, "rms")).isEqualTo(Math.sqrt(12.5));
            assertThat(views.get(1).now().float64(4, "rms")).isEqualTo(Math.sqrt(8));
            assertThat(views.get(2).now().float64(0, "rms")).isEqualTo(Math.sqrt(25.0 / 3));
        }
    }

    // snippet: function
    public static final class Temperatures implements ExprFunctionProvider {
        @Override
        public Collection<ExprFunction> functions() {
            return List.of(ExprFunction.scalar(
                    "kelvin", 1, DataType.FLOAT64, args -> (Double) args[0] + 273.15, DataType.FLOAT64));
        }
    }
    // end

    @Test
    void aFunction() {
        try (var pipeline = Pipeline.create("weather")) {
            var days = pipeline.read(frame("t").row(20.0).row((Object) null).source("days"));
            var view = days.assign("k", "kelvin(t)").tail(2);
            pipeline.run();
            assertThat(view.now().toRows()).hasToString("[{t=20.0, k=293.15}, {t=null, k=null}]");
        }
    }

    // snippet: source
    record Reading(long number, double value) {}

    /** A thousand readings; after a restart it goes on where the checkpoint stood. */
    static final class Device implements Source<Reading> {
        private long next;

        @Override
        public Progress poll(Output<? super Reading> out) {
            if (next == 1000) {
                return Progress.END;
            }
            out.emit(new Reading(next, Math.sin(next / 100.0)));
            next++;
            return Progress.EMITTED; // or idle(Duration): nothing there, ask again
        }

        @Override
        public Position position() {
            return Position.START.with("next", next);
        }

        @Override
        public void restore(Position position) {
            next = position.number("next");
        }
    }
    // end

    @Test
    void aSource() {
        try (var pipeline = Pipeline.create("device")) {
            pipeline.checkpoints(folder);
            // snippet: reading
            var readings = pipeline.frame(pipeline.read(new Device()).named("device"), Reading.class);
            // end
            var view = readings.agg("count(), max(number) as last").view();
            pipeline.run();
            assertThat(view.now().toRows()).hasToString("[{count=1000, last=999}]");
        }
        try (var pipeline = Pipeline.create("device")) {
            pipeline.checkpoints(folder);
            var readings = pipeline.frame(pipeline.read(new Device()).named("device"), Reading.class);
            var view = readings.agg("count(), max(number) as last").view();
            pipeline.run();
            assertThat(view.now().toRows()).hasToString("[{count=1000, last=999}]");
        }
    }

    // snippet: operator
    /** Lets an item through where it differs from the one before. */
    static final class Changed implements Operator<String, String> {
        private String last = "";

        @Override
        public void onNext(String item, Output<? super String> out) {
            if (!item.equals(last)) {
                last = item;
                out.emit(item);
            }
        }

        @Override
        public void write(StateWriter state) throws IOException {
            state.writeText(last);
        }

        @Override
        public void read(StateReader state, int version) throws IOException {
            last = state.readText();
        }
    }
    // end

    public static final class ChangedProvider implements OperatorProvider {
        @Override
        public String name() {
            return "changed";
        }

        @Override
        public Operator<?, ?> create(Map<String, String> options) {
            return new Changed();
        }
    }

    @Test
    void anOperator() {
        // snippet: piping
        var states = DataStream.of(String.class);
        List<String> changes = states.pipe("changed", Changed::new).sinkToList();
        List<String> byName = states.pipe("changed", Plugins.<String, String>operator("changed", Map.of()))
                .sinkToList();
        states.emitAll(List.of("up", "up", "down")); // changes: [up, down]
        // end
        assertThat(changes).isEqualTo(byName).containsExactly("up", "down");
    }

    // snippet: writer
    /** Rows as a table in Markdown. */
    static final class Markdown implements RowsWriter {
        private PrintStream out;

        @Override
        public void begin(Schema schema, OutputStream stream) {
            out = new PrintStream(stream, false, StandardCharsets.UTF_8);
            out.print("| " + String.join(" | ", schema.names()) + " |\n" + "|---".repeat(schema.size()) + "|\n");
        }

        @Override
        public void write(RecordBatch rows) {
            for (Row row : Table.of(rows).toRows()) {
                row.toMap().values().forEach(value -> out.print("| " + value + " "));
                out.print("|\n");
            }
        }

        @Override
        public void end() {
            out.flush();
        }
    }
    // end

    @Test
    void aWriter() {
        Path report = folder.resolve("report.md");
        try (var pipeline = Pipeline.create("report")) {
            var totals = pipeline.read(frame("k", "v").row("a", 1).row("b", 2).source("rows"))
                    .groupBy("k")
                    .agg("sum(v)");
            // snippet: writing
            totals.sink(FileOut.to(report, new Markdown())); // appears when it is whole
            // end
            pipeline.run();
        }
        assertThat(report).hasContent("| k | v_sum |\n|---|---|\n| a | 1 |\n| b | 2 |\n");
    }

    // snippet: format
    /** Files that a device writes: float64 numbers, big-endian, and a NaN at the end. */
    static final class Samples implements FileFormat {
        @Override
        public String noun() {
            return "a file of samples";
        }

        @Override
        public boolean isNamed(String name) {
            return name.endsWith(".f64");
        }

        @Override
        public boolean isComplete(Path file, boolean mayGrow) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            return bytes.length >= 8 && Double.isNaN(ByteBuffer.wrap(bytes).getDouble(bytes.length - 8));
        }

        @Override
        public FileRows open(Path file) throws IOException {
            return new SampleRows(file);
        }
    }

    static final class SampleRows implements FileRows {
        private final DataInputStream in;
        private long left;

        SampleRows(Path file) throws IOException {
            in = new DataInputStream(Files.newInputStream(file));
            left = Files.size(file) / 8 - 1;
        }

        @Override
        public List<Field> fields() {
            return List.of(new Field("sample", DataType.FLOAT64));
        }

        @Override
        public Map<String, String> refused() {
            return Map.of();
        }

        @Override
        public int read(RecordBatch into, int[] places) throws IOException {
            int rows = (int) Math.min(left, 8192);
            DoubleLane lane = (DoubleLane) into.fill(0);
            lane.reset(rows);
            for (int row = 0; row < rows; row++) {
                lane.values()[row] = in.readDouble();
            }
            left -= rows;
            return rows;
        }

        @Override
        public void skip(long rows) throws IOException {
            in.skipNBytes(8 * rows);
            left -= rows;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
    // end

    @Test
    void aFormat() throws IOException {
        Path file = folder.resolve("run.f64");
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            for (double sample : new double[] {1, 2, 4.5, Double.NaN}) {
                out.writeDouble(sample);
            }
        }
        try (var pipeline = Pipeline.create("device")) {
            // snippet: wholefiles
            var samples = pipeline.read(WholeFiles.read(folder, new Samples())); // tail waits for more files
            // end
            var view = samples.agg("count(), mean(sample) as mean").view();
            pipeline.run();
            assertThat(view.now().toRows()).hasToString("[{count=3, mean=2.5}]");
        }
    }
}
