package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.streamz.core.Checkpoint;
import io.streamz.core.DataException;
import io.streamz.core.StreamzException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small job with checkpoints, a file, a folder of parts and a table, in which every operation on files fails in its turn: once,
 * and with all that follow, which is what a kill and a full disk do. Started again, it has each row once.
 */
@Timeout(600)
final class FaultsTest {
    private static final boolean NIGHTLY = Integer.getInteger("streamz.tries", 0) > 0;
    private static final int ROWS = 90;
    private static final int STEP = 25;

    @TempDir
    Path folder;

    private Map<String, List<String>> expected;

    @BeforeEach
    void unbroken() throws IOException {
        Path dir = Files.createDirectory(folder.resolve("unbroken"));
        assertThat(run(dir, new FaultyFiles(0, false), 7)).isEmpty();
        expected = outputs(dir);
        assertThat(expected.get("rows")).hasSize(ROWS);
        assertThat(expected.get("table")).isNotEmpty();
        assertThat(hidden(dir)).isEmpty();
    }

    /** Runs the job to its end, or to its failure; gives what was thrown and warned of. */
    private static List<StreamzException> run(Path dir, FaultyFiles files, long seed) {
        List<StreamzException> said = new ArrayList<>();
        SteadyRows source = new SteadyRows("rows", ROWS, true, seed).upTo(0);
        try (Pipeline pipeline = Pipeline.create("faults")) {
            pipeline.checkpoints(files.path(dir.resolve("state"))).keep(2).onWarning(warning -> {
                synchronized (said) {
                    said.add(warning);
                }
            });
            StreamFrame rows = pipeline.read(source);
            rows.sink(CsvOut.to(files.path(dir.resolve("rows.csv"))));
            rows.filter("i > 25").sink(CsvOut.parts(files.path(dir.resolve("parts"))));
            rows.groupBy("k").agg("count(), sum(v), var(v)").sink(CsvOut.to(files.path(dir.resolve("table.csv"))));
            pipeline.start();
            for (int row = STEP; row < ROWS; row += STEP) {
                source.upTo(row);
                checkpoint(pipeline, row, said);
            }
            source.upTo(Integer.MAX_VALUE);
            pipeline.run();
        } catch (StreamzException e) {
            said.add(e);
        }
        return said;
    }

    /** Waits until the rows are in, and saves; a failure is what this is about. */
    private static void checkpoint(Pipeline pipeline, int row, List<StreamzException> said) {
        while (!pipeline.done().toCompletableFuture().isDone()) {
            try {
                Checkpoint made = pipeline.checkpoint();
                int at = Integer.parseInt(made.sources().get(0).position().replaceAll("\\D", ""));
                if (at >= row) {
                    return;
                }
            } catch (StreamzException e) {
                if (!e.code().equals("no-checkpoint")) { // it may have ended meanwhile
                    said.add(e);
                }
                return;
            }
        }
    }

    private static Map<String, List<String>> outputs(Path dir) throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        all.put("rows", lines(dir.resolve("rows.csv")));
        all.put("table", lines(dir.resolve("table.csv")));
        List<String> parts = new ArrayList<>();
        try (Stream<Path> files = Files.list(dir.resolve("parts"))) {
            for (Path file : files.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    parts.addAll(lines(file));
                }
            }
        }
        all.put("parts", parts);
        return all;
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.subList(1, lines.size());
    }

    /** What is in work, and not an answer. */
    private static List<Path> hidden(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".")
                            || file.toString().endsWith(".tmp"))
                    .toList();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("faults"))
                .toList();
    }

    private void everyFault(boolean forEver) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int faults = 0;
        for (long failing = 1; ; failing += NIGHTLY ? 1 : 1 + random.nextInt(14)) {
            Path dir = Files.createDirectory(folder.resolve("fault-" + failing));
            FaultyFiles files = new FaultyFiles(failing, forEver);
            run(dir, files, random.nextLong());
            List<String> done = files.operations();
            String what = (done.size() < failing ? "no fault" : done.get((int) failing - 1)) + " (" + failing
                    + "), seed " + seed;
            assertThat(threads()).as(what).isEmpty();
            if (!forEver && done.size() < failing) {
                assertThat(faults).isGreaterThan(5);
                return;
            }
            assertThat(run(dir, new FaultyFiles(0, false), random.nextLong()))
                    .as(what)
                    .isEmpty();
            assertThat(outputs(dir)).as(what).isEqualTo(expected);
            assertThat(hidden(dir)).as(what).isEmpty();
            faults++;
            if (done.size() < failing) {
                assertThat(faults).isGreaterThan(5);
                return;
            }
        }
    }

    @Test
    void everyOperationFailsOnce() throws IOException {
        everyFault(false);
    }

    @Test
    void everyOperationAndAllAfterItFail() throws IOException {
        everyFault(true);
    }

    @Test
    void aRestartThatIsKilledIsStartedAgain() throws IOException {
        for (long failing = 1; failing < 40; failing += NIGHTLY ? 1 : 9) {
            Path dir = Files.createDirectory(folder.resolve("restart-" + failing));
            run(dir, new FaultyFiles(60, true), 1);
            run(dir, new FaultyFiles(failing, true), 2);
            assertThat(run(dir, new FaultyFiles(0, false), 3)).as("" + failing).isEmpty();
            assertThat(outputs(dir)).as("" + failing).isEqualTo(expected);
        }
    }

    @Test
    void aDamagedCheckpointIsNeverAWrongAnswer() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path dir = Files.createDirectory(folder.resolve("damaged")); // sinks are known by their paths
        run(dir, new FaultyFiles(90, true), random.nextLong());
        assertThat(Checkpoint.list(dir.resolve("state"))).hasSizeGreaterThan(1);
        Path killed = Files.move(dir, folder.resolve("killed"));
        for (int damage = 0; damage < (NIGHTLY ? 1000 : 100); damage++) {
            copy(killed, dir);
            List<Path> files;
            try (Stream<Path> all = Files.list(dir.resolve("state"))) {
                files = all.filter(file -> !file.endsWith("lock")).sorted().toList();
            }
            Path file = files.get(random.nextInt(4) == 0 ? random.nextInt(files.size()) : files.size() - 1);
            String what = "damage " + damage + " to " + file.getFileName() + ", seed " + seed;
            damage(file, random);
            List<StreamzException> said = run(dir, new FaultyFiles(0, false), random.nextLong());
            if (said.stream().noneMatch(e -> e.code().equals("damaged-checkpoints"))) {
                assertThat(said)
                        .as(what)
                        .allMatch(e -> e instanceof DataException && e.code().equals("damaged-checkpoint"));
                assertThat(outputs(dir)).as(what).isEqualTo(expected);
            }
            delete(dir);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void damage(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (bytes.length == 0 ? 3 : random.nextInt(4)) {
            case 0 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                int from = random.nextInt(bytes.length);
                java.util.Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(50)), (byte) 0);
            }
            default -> bytes = java.util.Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
        }
        Files.write(file, bytes);
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneError() throws IOException {
        Path dir = Files.createDirectory(folder.resolve("readonly"));
        assertThat(dir.toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(dir), "this user may write everywhere");
        try (Pipeline pipeline = Pipeline.create("faults")) {
            pipeline.checkpoints(dir.resolve("state"));
            pipeline.read(new SteadyRows("rows", 1, true, 1)).sink(row -> {});
            assertThatThrownBy(pipeline::run).isInstanceOf(DataException.class).hasMessageContaining("writable");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        assertThat(threads()).isEmpty();
    }
}
