package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.internal.text.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts of several checkpoints: each row once, however checkpoints fail, processes are killed, and go back to older checkpoints. */
final class PartsTest {
    private static final int SCRIPTS = Integer.getInteger("streamz.tries", 100);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private enum Form {
        CSV,
        NDJSON,
        ARROW;

        Parts out(Path dir) {
            return switch (this) {
                case CSV -> CsvOut.parts(dir);
                case NDJSON -> Ndjson.parts(dir);
                case ARROW -> ArrowIpc.parts(dir);
            };
        }

        FrameSource in(Path dir) {
            return switch (this) {
                case CSV -> Csv.read(dir);
                case NDJSON -> Ndjson.read(dir);
                case ARROW -> ArrowIpc.read(dir);
            };
        }
    }

    /** The rows of a source from one to another. */
    private static void write(FrameSink sink, int from, int to) throws Exception {
        Source<RecordBatch> rows = new SteadyRows("rows", to, true, 1).evenly(3).open(column -> true);
        rows.restore(Position.START.with("row", from));
        while (rows.poll(batch -> {
                    try {
                        sink.write(batch);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                != Progress.END) {
            // until all are written
        }
    }

    private static List<String> read(Form form, Path dir) {
        List<String> rows = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("reading")) {
            pipeline.read(form.in(dir)).sink(row -> rows.add(row.toString()));
            pipeline.run();
        }
        return rows;
    }

    private static List<String> names(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Parts begun(Parts parts, Position saved, Instant[] now) throws IOException {
        parts.clock(() -> now[0]);
        parts.resume(SteadyRows.SCHEMA, saved);
        return parts;
    }

    @ParameterizedTest
    @EnumSource
    void eachRowOnce(Form form) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path whole = folder.resolve("whole");
        Parts all = begun(form.out(whole), Position.START, new Instant[] {Instant.EPOCH});
        write(all, 0, 200);
        all.end();
        all.close();
        List<String> expected = read(form, whole);
        assertThat(expected).hasSize(200);
        for (int script = 0; script < SCRIPTS; script++) {
            Path dir = folder.resolve("script-" + script);
            int files = run(form, dir, random);
            assertThat(read(form, dir)).as("script %s, seed %s", script, seed).isEqualTo(expected);
            assertThat(names(dir))
                    .as("script %s, seed %s", script, seed)
                    .hasSize(files)
                    .noneMatch(name -> name.startsWith("."));
        }
    }

    /** Runs 200 rows into a folder; gives how many parts it has. */
    private int run(Form form, Path dir, Random random) throws Exception {
        Instant[] now = {Instant.EPOCH};
        int least = 1 + random.nextInt(60);
        Function<Path, Parts> made = random.nextBoolean()
                ? form::out
                : path -> form.out(path).rows(least).every("20s");
        Map<Long, Position> kept = new TreeMap<>();
        Map<Long, Integer> rows = new TreeMap<>();
        Parts parts = begun(made.apply(dir), Position.START, now);
        int row = 0;
        long number = 1;
        while (row < 200) {
            now[0] = now[0].plusSeconds(random.nextInt(10));
            int next = Math.min(200, row + random.nextInt(30));
            write(parts, row, next);
            row = next;
            Position saved = parts.save(number);
            int fate = random.nextInt(10);
            if (fate > 1) { // else the checkpoint fails
                kept.put(number, saved);
                rows.put(number, row);
            }
            if (fate > 2) { // else nobody was told, as by a kill right behind it
                parts.committed(number);
            }
            number++;
            if (random.nextInt(5) == 0 && !kept.isEmpty()) {
                write(parts, row, Math.min(200, row + random.nextInt(5)));
                if (random.nextInt(4) == 0) {
                    parts.end();
                }
                parts.close();
                // The newest, or an older one where those are damaged.
                for (int damaged = random.nextInt(3); damaged > 0 && kept.size() > 1; damaged--) {
                    kept.remove(((TreeMap<Long, Position>) kept).lastKey());
                }
                long from = ((TreeMap<Long, Position>) kept).lastKey();
                rows.keySet().removeIf(other -> other > from);
                parts = begun(made.apply(dir), kept.get(from), now);
                row = rows.get(from);
            }
        }
        parts.end();
        parts.close();
        return names(dir).size();
    }

    @Test
    void byTheirRows() throws Exception {
        Instant[] now = {Instant.EPOCH};
        Parts parts = begun(CsvOut.parts(folder.resolve("parts")).rows(50), Position.START, now);
        for (int checkpoint = 1; checkpoint <= 7; checkpoint++) {
            write(parts, 20 * checkpoint - 20, 20 * checkpoint);
            parts.save(checkpoint);
            parts.committed(checkpoint);
        }
        assertThat(names(folder.resolve("parts")))
                .containsExactly(".part-000000000007.csv.pending", "part-000000000003.csv", "part-000000000006.csv");
        parts.end();
        assertThat(names(folder.resolve("parts")))
                .containsExactly("part-000000000003.csv", "part-000000000006.csv", "part-000000000008.csv");
        assertThat(Files.readAllLines(folder.resolve("parts/part-000000000006.csv")))
                .hasSize(61);
        parts.close();
    }

    @Test
    void byTheirAgeOverARestartToo() throws Exception {
        Instant[] now = {Instant.EPOCH};
        Path dir = folder.resolve("parts");
        Parts parts = begun(Ndjson.parts(dir).every(Duration.ofMinutes(10)), Position.START, now);
        write(parts, 0, 5);
        Position saved = parts.save(1);
        parts.committed(1);
        now[0] = now[0].plus(Duration.ofMinutes(9));
        parts.close();
        parts = begun(Ndjson.parts(dir).every("10m"), saved, now);
        write(parts, 5, 7);
        parts.save(2);
        parts.committed(2);
        assertThat(names(dir)).allMatch(name -> name.startsWith("."));
        now[0] = now[0].plus(Duration.ofMinutes(1));
        parts.save(3);
        parts.committed(3);
        assertThat(names(dir)).containsExactly("part-000000000003.ndjson");
        assertThat(read(Form.NDJSON, dir)).hasSize(7);
        parts.close();
    }

    @Test
    void aPieceThatIsGoneIsAnError() throws Exception {
        Instant[] now = {Instant.EPOCH};
        Path dir = folder.resolve("parts");
        Parts parts = begun(ArrowIpc.parts(dir).rows(15), Position.START, now);
        for (int checkpoint = 1; checkpoint <= 2; checkpoint++) {
            write(parts, 5 * checkpoint - 5, 5 * checkpoint);
            parts.save(checkpoint);
            parts.committed(checkpoint);
        }
        Files.delete(dir.resolve(".part-000000000001.arrow.pending"));
        write(parts, 10, 15);
        parts.save(3);
        assertThatThrownBy(() -> parts.committed(3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("part-000000000003.arrow")
                .hasMessageContaining("not all is there");
        parts.close();
    }

    @Test
    void largerPartsOfAFormatThatNobodyReadsAreRefused() {
        RowsWriter closed = new RowsWriter() {
            @Override
            public void begin(Schema schema, OutputStream out) {}

            @Override
            public void write(RecordBatch rows) {}

            @Override
            public void end() {}
        };
        assertThatThrownBy(() -> FileOut.parts(folder, "own", () -> closed).rows(10))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("nobody said how '.own' is read");
        assertThatThrownBy(() -> FileOut.parts(folder, "csv", CsvWriter::new).rows(0))
                .isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> CsvOut.parts(folder).every("0s")).isInstanceOf(PlanException.class);
    }
}
