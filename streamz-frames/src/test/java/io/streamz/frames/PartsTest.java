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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".parts")) // it stays
                    .sorted()
                    .toList();
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
            boolean told = fate != 2; // else a kill comes right behind it
            if (told && fate > 2) {
                parts.committed(number);
            }
            number++;
            if ((random.nextInt(5) == 0 || !told) && !kept.isEmpty()) {
                write(parts, row, Math.min(200, row + random.nextInt(5)));
                if (told && random.nextInt(4) == 0) {
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
                .containsExactly("part-000000000003.csv", "part-000000000006.csv", "part-000000000007.csv");
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
                .hasMessageContaining("the hidden file .part-000000000001.arrow.pending is not there");
        assertThatThrownBy(parts::end).hasMessageContaining(".part-000000000001.arrow.pending is not there");
        parts.close();
    }

    /** The only one of its part, or one of those that wait: while the job runs, and when it goes on. */
    @ParameterizedTest
    @EnumSource
    void aSinglePieceThatIsGoneIsAnErrorToo(Form form) throws Exception {
        Instant[] now = {Instant.EPOCH};
        for (long least : new long[] {1, 9}) {
            Path dir = folder.resolve("parts-" + least);
            Parts parts = begun(form.out(dir).rows(least), Position.START, now);
            write(parts, 0, 5);
            Position saved = parts.save(1);
            Path piece;
            try (Stream<Path> files = Files.list(dir)) {
                piece = files.filter(each -> each.toString().contains(".part-000000000001."))
                        .findFirst()
                        .orElseThrow();
            }
            Files.delete(piece);
            if (least == 1) {
                assertThatThrownBy(() -> parts.committed(1))
                        .hasMessageContaining(piece.getFileName() + " is not there");
            }
            parts.close();
            assertThatThrownBy(() -> begun(form.out(dir).rows(least), saved, now))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(dir.toString())
                    .hasMessageContaining(piece.getFileName() + " is not there")
                    .hasMessageContaining("put the hidden files back");
            // What comes from a later checkpoint, and is not known, is not taken for it.
            Files.writeString(dir.resolve(piece.getFileName().toString().replace("001.", "002.")), "other rows");
            assertThatThrownBy(() -> begun(form.out(dir).rows(least), saved, now))
                    .hasMessageContaining(piece.getFileName() + " is not there");
        }
    }

    /** A reader moves parts away whenever it likes; what it has got and what is there are all rows, and what was seen stays. */
    @ParameterizedTest
    @EnumSource
    void partsAreTheReaders(Form form) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int script = 0; script < SCRIPTS; script++) {
            String what = "script " + script + ", seed " + seed;
            Path dir = folder.resolve("parts-" + script);
            Path taken = Files.createDirectory(folder.resolve("taken-" + script));
            Instant[] now = {Instant.EPOCH};
            int least = 1 + random.nextInt(40);
            Map<String, byte[]> seen = new TreeMap<>();
            Parts parts = begun(form.out(dir).rows(least), Position.START, now);
            Position saved = null;
            int row = 0;
            for (long number = 1; row < 200; number++) {
                int from = row;
                row = Math.min(200, row + random.nextInt(30));
                write(parts, from, row);
                Position tried = parts.save(number);
                boolean made = random.nextInt(5) > 0 || saved == null;
                boolean isKilled = random.nextInt(5) == 0;
                saved = made ? tried : saved;
                if (made && !isKilled) {
                    parts.committed(number);
                }
                read(dir, taken, seen, random, what);
                if (isKilled || random.nextInt(5) == 0) {
                    if (!isKilled) {
                        parts.end();
                    }
                    parts.close();
                    read(dir, taken, seen, random, what);
                    parts = begun(form.out(dir).rows(least), saved, now);
                    row = made ? row : from;
                    read(dir, taken, seen, random, what);
                } else if (!made) {
                    saved = parts.save(++number);
                    parts.committed(number);
                }
            }
            parts.save(1000);
            parts.committed(1000);
            parts.end();
            parts.close();
            read(dir, taken, seen, random, what);
            for (String name : names(dir)) {
                assertThat(name).as(what).startsWith("part-").doesNotContain("end");
                Files.move(dir.resolve(name), taken.resolve(name));
            }
            Path whole = folder.resolve("whole-" + script);
            Parts all = begun(form.out(whole), Position.START, now);
            write(all, 0, 200);
            all.end();
            all.close();
            assertThat(read(form, taken)).as(what).isEqualTo(read(form, whole));
        }
    }

    /** Sees that what was seen is there as it was, and takes some of it. */
    private static void read(Path dir, Path taken, Map<String, byte[]> seen, Random random, String what)
            throws IOException {
        List<String> names = names(dir).stream()
                .filter(name -> name.matches("part-\\d+\\..*"))
                .toList();
        assertThat(names).as(what).containsAll(seen.keySet());
        for (String name : names) {
            byte[] bytes = Files.readAllBytes(dir.resolve(name));
            assertThat(bytes).as("%s, %s", name, what).isEqualTo(seen.getOrDefault(name, bytes));
            seen.put(name, bytes);
            if (random.nextInt(3) == 0) {
                Files.move(dir.resolve(name), taken.resolve(name));
                seen.remove(name);
            }
        }
    }

    @Test
    void whatOnlyTheEndBroughtGoesWhenMoreComes() throws Exception {
        Instant[] now = {Instant.EPOCH};
        Path dir = folder.resolve("parts");
        Parts parts = begun(CsvOut.parts(dir).rows(50), Position.START, now);
        write(parts, 0, 20);
        Position saved = parts.save(1);
        parts.committed(1);
        write(parts, 20, 30);
        parts.end();
        parts.close();
        assertThat(names(dir)).containsExactly("part-000000000001.csv", "part-000000000002-end.csv");
        assertThat(read(Form.CSV, dir)).hasSize(30);
        parts = begun(CsvOut.parts(dir).rows(50), saved, now);
        assertThat(names(dir)).containsExactly("part-000000000001.csv");
        write(parts, 20, 35);
        parts.save(2);
        parts.committed(2);
        parts.end();
        parts.close();
        assertThat(names(dir)).containsExactly("part-000000000001.csv", "part-000000000002.csv");
        assertThat(read(Form.CSV, dir)).hasSize(35);
    }

    /** Where the newest checkpoint is damaged, rows of a part that was taken come again from the older one on, and no others. */
    @ParameterizedTest
    @EnumSource
    void goingBackBehindAPartThatWasTaken(Form form) throws Exception {
        Instant[] now = {Instant.EPOCH};
        Path dir = folder.resolve("parts");
        Parts parts = begun(form.out(dir).rows(15), Position.START, now);
        Position older = null;
        for (int checkpoint = 1; checkpoint <= 7; checkpoint++) {
            write(parts, 5 * checkpoint - 5, 5 * checkpoint);
            Position saved = parts.save(checkpoint);
            older = checkpoint == 2 ? saved : older;
            parts.committed(checkpoint);
        }
        parts.close();
        String ending = form.name().toLowerCase(java.util.Locale.ROOT);
        Files.delete(dir.resolve("part-000000000003." + ending));
        for (int restart = 0; restart < 2; restart++) {
            parts = begun(form.out(dir).rows(15), older, now);
            assertThat(names(dir))
                    .as("the second part goes: its rows come again")
                    .isEmpty();
            parts.close();
        }
        parts = begun(form.out(dir).rows(15), older, now);
        write(parts, 10, 40);
        parts.save(8);
        parts.committed(8);
        parts.close();
        assertThat(names(dir)).containsExactly("part-000000000008." + ending);
        assertThat(read(form, dir)).hasSize(30);
    }

    // Others.

    @Test
    void aFolderIsOneJobsAtATime() throws Exception {
        Instant[] now = {Instant.EPOCH};
        Path dir = folder.resolve("parts");
        Parts first = begun(CsvOut.parts(dir).rows(50), Position.START, now);
        write(first, 0, 5);
        Position saved = first.save(1);
        first.committed(1);
        Path lock = dir.resolve(".parts/owner");
        assertThat(OtherProcess.isKeptOut(lock)).isTrue();
        for (Path same : List.of(dir, folder.resolve("parts/../parts"))) {
            assertThatThrownBy(() -> begun(CsvOut.parts(same), Position.START, now))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("another job that runs writes there");
        }
        assertThat(OtherProcess.isKeptOut(lock)).as("after others were refused").isTrue();
        first.close();
        assertThat(OtherProcess.isKeptOut(lock)).isFalse();
        first = begun(CsvOut.parts(dir).rows(50), saved, now);
        first.end();
        first.close();
        assertThat(read(Form.CSV, dir)).hasSize(5);
    }

    /** Tries for a lock from a process of its own. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) throws IOException {
            try (var lock = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                System.exit(lock.tryLock() == null ? 0 : 1);
            }
        }

        static boolean isKeptOut(Path lock) throws Exception {
            String classes = Path.of(OtherProcess.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return new ProcessBuilder(java, "-cp", classes, OtherProcess.class.getName(), lock.toString())
                            .start()
                            .waitFor()
                    == 0;
        }
    }

    @Test
    void hiddenRowsOfOtherCheckpointsAreNotTouched() throws Exception {
        Instant[] now = {Instant.EPOCH};
        Path dir = folder.resolve("parts");
        Parts first = begun(CsvOut.parts(dir).rows(50), Position.START, now);
        write(first, 0, 5);
        Position saved = first.save(1);
        first.close();
        // Without its checkpoint that was no more than a try.
        first = begun(CsvOut.parts(dir).rows(50), Position.START, now);
        assertThat(names(dir)).isEmpty();
        write(first, 0, 7);
        Position mine = first.save(1);
        first.committed(1);
        first.close();
        assertThatThrownBy(() -> begun(CsvOut.parts(dir), Position.START, now))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("parts of another run, hidden until they are due")
                .hasMessageContaining("or the checkpoints of that run");
        assertThatThrownBy(() -> begun(CsvOut.parts(dir), saved, now))
                .hasMessageContaining("it has parts of another run");
        first = begun(CsvOut.parts(dir).rows(50), mine, now);
        first.end();
        first.close();
        assertThat(read(Form.CSV, dir)).hasSize(7);
        assertThatThrownBy(() -> begun(CsvOut.parts(dir), Position.START, now))
                .hasMessageContaining("it has parts of another run,");
        Files.delete(dir.resolve("part-000000000001.csv"));
        first = begun(CsvOut.parts(dir), Position.START, now); // nothing of the other run is left there
        first.close();
    }

    /** Positions of versions that kept no record of what had appeared: such a folder cannot be gone on with, and is left as it is. */
    @Test
    void aPositionThatNamesNoOwnerIsRefused() throws Exception {
        Path dir = Files.createDirectories(folder.resolve("parts"));
        Path piece = Files.writeString(dir.resolve(".part-000000000003.csv.pending"), "1,2\n");
        Position old = Position.START
                .with("checkpoint", 3)
                .with("closed", 2)
                .with("size", 17)
                .with("rows", 1)
                .with("held", 4)
                .with("since", 0);
        assertThatThrownBy(() -> begun(CsvOut.parts(dir).rows(50), old, new Instant[] {Instant.EPOCH}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot go on with the parts in " + dir)
                .hasMessageContaining("an older version")
                .hasMessageContaining("let that version end the job once");
        assertThat(piece).hasContent("1,2\n");
    }

    @Test
    void anotherFormTakesOverWhereNothingWaits() throws Exception {
        Instant[] now = {Instant.EPOCH};
        Path dir = folder.resolve("parts");
        Parts parts = begun(CsvOut.parts(dir).rows(50), Position.START, now);
        write(parts, 0, 5);
        Position waiting = parts.save(1);
        parts.committed(1);
        parts.close();
        assertThatThrownBy(() -> begun(Ndjson.parts(dir).rows(50), waiting, now))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rows wait there in hidden files that end in '.csv'");
        parts = begun(CsvOut.parts(dir), waiting, now);
        write(parts, 5, 9);
        parts.save(2);
        parts.committed(2);
        Position none = parts.save(3);
        parts.committed(3);
        parts.close();
        parts = begun(Ndjson.parts(dir), none, now);
        write(parts, 9, 12);
        parts.save(4);
        parts.committed(4);
        parts.close();
        assertThat(names(dir)).containsExactly("part-000000000002.csv", "part-000000000004.ndjson");
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
