package io.streamz.blackbox.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.ArrowIpc;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.FrameSink;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Frames;
import io.streamz.frames.Ndjson;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.StreamFrame;
import io.streamz.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole job over a folder of files, killed at any batch and started again, gives what the unbroken run gives, byte for byte. */
@Timeout(300)
final class RestartOfFilesTest {
    private static final int FILES = 3;
    private static final int ROWS = 20_000;
    private static final int KILLS = 4;

    @TempDir
    private Path folder;

    private enum Format {
        CSV,
        NDJSON,
        ARROW,
        PARQUET;

        FrameSink out(Path file) {
            return switch (this) {
                case CSV -> CsvOut.to(file);
                case NDJSON -> Ndjson.to(file);
                case ARROW -> ArrowIpc.to(file);
                case PARQUET -> Parquet.to(file);
            };
        }

        FrameSource in(Path files) {
            return switch (this) {
                case CSV -> Csv.read(files);
                case NDJSON -> Ndjson.read(files).types("k: utf8, v: float64, i: int64, t: timestamp");
                case ARROW -> ArrowIpc.read(files);
                case PARQUET -> Parquet.read(files);
            };
        }
    }

    private static final Map<String, Function<StreamFrame, StreamFrame>> PLANS = Map.of(
            "rows", f -> f.filter("i % 3 <> 1").assign("d", "v * 2"),
            "exploded", f -> f.assign("l", "concat(i % 10, ';', k)").explode("l", ";"),
            "running", f -> f.groupBy("k").cumSum("v").groupBy("k").rolling(5).median("i"),
            "panes", f -> f.window(Frames.tumbling("1m").on("t")).groupBy("k").agg("count(), sum(v), var(v), first(i)"),
            "joined",
                    f -> f.join(f.groupBy("k").agg("count() as n, mean(v) as m"))
                            .on("k")
                            .left());

    private static Stream<Arguments> all() {
        return Stream.of(Format.values())
                .flatMap(format -> PLANS.keySet().stream().sorted().map(plan -> Arguments.of(format, plan)));
    }

    /** A source that gives as many batches as it may, and dies on demand. */
    private static final class Doled implements FrameSource {
        private final FrameSource rows;
        private volatile Runnable ready = () -> {};
        private volatile int left;
        private volatile boolean isDead;
        private volatile boolean isOver;

        Doled(FrameSource rows) {
            this.rows = rows;
        }

        void give(int batches) {
            left = batches;
            ready.run();
            while (left > 0 && !isOver) {
                Thread.onSpinWait();
            }
        }

        void die() {
            isDead = true;
            ready.run();
        }

        @Override
        public String name() {
            return rows.name();
        }

        @Override
        public Schema schema() {
            return rows.schema();
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            Source<RecordBatch> opened = rows.open(needed);
            return new Source<>() {
                @Override
                public Progress poll(Output<? super RecordBatch> out) throws Exception {
                    if (isDead) {
                        throw new IllegalStateException("killed");
                    }
                    if (left == 0) {
                        return Progress.idle();
                    }
                    int before = left;
                    Progress progress = opened.poll(out);
                    if (progress == Progress.EMITTED) {
                        left = before - 1;
                    }
                    isOver = progress == Progress.END;
                    return progress == Progress.END ? Progress.idle() : progress;
                }

                @Override
                public void onReady(Runnable signal) {
                    ready = signal;
                    opened.onReady(signal);
                }

                @Override
                public Position position() {
                    return opened.position();
                }

                @Override
                public void restore(Position position) throws Exception {
                    opened.restore(position);
                }

                @Override
                public void close() {
                    opened.close();
                }
            };
        }
    }

    private Path data(Format format, Random random) throws IOException {
        Path files = Files.createDirectory(folder.resolve("files"));
        for (int file = 0; file < FILES; file++) {
            StringBuilder text = new StringBuilder("k,v,i,t\n");
            for (int row = file * ROWS; row < (file + 1) * ROWS; row++) {
                text.append("k").append(random.nextInt(7)).append(',');
                text.append(random.nextInt(9) == 0 ? "" : String.valueOf(random.nextInt(1000) / 8.0));
                text.append(',').append(row).append(",2026-01-01T");
                text.append(String.format("%02d:%02d:%02dZ%n", row / 3600 % 24, row / 60 % 60, row % 60));
            }
            Path csv = Files.writeString(folder.resolve("file.csv"), text);
            try (Pipeline pipeline = Pipeline.create("data")) {
                pipeline.read(Csv.read(csv))
                        .sink(format.out(
                                files.resolve(file + "." + format.name().toLowerCase(Locale.ROOT))));
                pipeline.run();
            }
        }
        return files;
    }

    private void run(FrameSource source, String plan, Path state, Path out) {
        try (Pipeline pipeline = Pipeline.create("job")) {
            if (state != null) {
                pipeline.checkpoints(state);
            }
            PLANS.get(plan).apply(pipeline.read(source)).sink(CsvOut.to(out));
            pipeline.run();
        }
    }

    /** Runs so many batches to a checkpoint, and some more to the kill. */
    private void runAndKill(Doled source, String plan, Path state, Path out, int batches, int more) {
        try (Pipeline pipeline = Pipeline.create("job")) {
            pipeline.checkpoints(state);
            PLANS.get(plan).apply(pipeline.read(source)).sink(CsvOut.to(out));
            pipeline.start();
            source.give(batches);
            pipeline.checkpoint();
            source.give(more);
            source.die();
            assertThatThrownBy(() -> pipeline.done().toCompletableFuture().join())
                    .hasMessageContaining("killed");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void goesOnInTheMiddleOfFiles(Format format, String plan) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path files = data(format, random);
        Path whole = folder.resolve("whole.csv");
        run(format.in(files), plan, null, whole);
        List<String> expected = Files.readAllLines(whole);
        assertThat(expected).hasSizeGreaterThan(1000);
        Path state = folder.resolve("state");
        Path out = folder.resolve("out.csv");
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(new Doled(format.in(files)), plan, state, out, random.nextInt(4), random.nextInt(3));
        }
        run(format.in(files), plan, state, out);
        assertThat(Files.readAllLines(out)).as("seed %s", seed).isEqualTo(expected);
    }
}
