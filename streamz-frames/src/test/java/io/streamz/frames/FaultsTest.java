package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.streamz.core.Checkpoint;
import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.core.StreamzException;
import io.streamz.frames.internal.Memory;
import io.streamz.frames.internal.files.GrowingFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A small job in which every operation on files, every poll, every call of a sink and every allocation fails in its turn: once, and
 * with all that follow, which is what a kill and a full disk do. Nothing is held then; started again, it has each row once.
 */
@Timeout(600)
final class FaultsTest {
    private static final boolean NIGHTLY = Integer.getInteger("streamz.tries", 0) > 0;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private final long seed = System.nanoTime();
    private final Random tries = new Random(seed);
    private Map<String, List<String>> expected;

    @BeforeEach
    void unbroken() throws IOException {
        FaultsJob job = new FaultsJob(folder.resolve("unbroken"));
        assertThat(job.run(7)).isEmpty();
        expected = job.outputs();
        assertThat(expected.get("rows")).hasSize(FaultsJob.ROWS);
        assertThat(expected.get("ndjson")).hasSize(FaultsJob.ROWS);
        assertThat(expected.get("arrow")).hasSameSizeAs(expected.get("parts"));
        assertThat(expected.get("rolled")).isEqualTo(expected.get("rows"));
        assertThat(expected.get("rolled-arrow")).hasSize(FaultsJob.ROWS);
        assertThat(job.files("rolled")).as("after 50 rows, and at the end").isEqualTo(2);
        assertThat(job.files("rolled-arrow")).isEqualTo(2);
        assertThat(expected.get("kept")).hasSize(FaultsJob.ROWS);
        assertThat(expected.get("table")).isNotEmpty();
        assertThat(job.hidden()).isEmpty();
    }

    /** Runs it once more, whole: the answer of the unbroken run, and nothing left behind. */
    private void goesOn(FaultsJob job, String what) throws IOException {
        assertThat(FaultsJob.threads()).as(what).isEmpty();
        assertThat(RecordBatch.arrowBytes()).as(what).isZero();
        Map<String, List<Byte>> shown = job.shown();
        assertThat(job.whole().run(tries.nextLong())).as(what).isEmpty();
        assertThat(job.shown()).as("parts that have appeared, %s", what).containsAllEntriesOf(shown);
        if (tries.nextInt(4) == 0) {
            shown = job.shown();
            assertThat(job.run(tries.nextLong())).as(what).isEmpty();
            assertThat(job.shown()).as("nothing new, %s", what).isEqualTo(shown);
        }
        assertThat(job.outputs()).as(what).isEqualTo(expected);
        assertThat(job.hidden()).as(what).isEmpty();
        assertThat(FaultsJob.threads()).as(what).isEmpty();
        assertThat(RecordBatch.arrowBytes()).as(what).isZero();
    }

    /** Fails each operation on files in its turn, until a run does not come so far any more. */
    private void everyFault(boolean forEver) throws IOException {
        for (long failing = 1; ; failing += NIGHTLY ? 1 : 1 + tries.nextInt(3)) {
            FaultsJob job = new FaultsJob(folder.resolve("fault-" + failing));
            FaultyFiles files = new FaultyFiles(failing, forEver);
            job.files(files).run(tries.nextLong());
            List<String> done = files.operations();
            boolean reached = done.size() >= failing;
            goesOn(job, (reached ? done.get((int) failing - 1) : "no fault") + " (" + failing + "), seed " + seed);
            if (!reached) {
                assertThat(failing).isGreaterThan(forEver ? 50 : 100);
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

    /** The same for what is no operation on files. */
    private void everyStep(boolean forEver, BiFunction<FaultsJob, Faults, FaultsJob> which, int steps, String reason)
            throws IOException {
        for (int failing = 1; ; failing += NIGHTLY || failing < 20 ? 1 : 1 + tries.nextInt(9)) {
            FaultsJob job = new FaultsJob(folder.resolve("step-" + failing));
            Faults faults = new Faults(failing, forEver);
            List<StreamzException> said = which.apply(job, faults).run(tries.nextLong());
            String what = faults.what() + ", seed " + seed;
            if (!faults.reached()) {
                assertThat(said).as(what).isEmpty();
                assertThat(job.outputs()).as(what).isEqualTo(expected);
                assertThat(failing).isGreaterThan(steps);
                return;
            }
            assertThat(said).as(what).isNotEmpty();
            assertThat(String.join(" ", said.stream().map(String::valueOf).toList()))
                    .as(what)
                    .contains(reason);
            if (forEver) {
                which.apply(job, new Faults(1, true)).run(tries.nextLong());
            }
            // What belongs to a checkpoint waits for the restart; all else is gone.
            assertThat(job.hidden()).as(what).allMatch(name -> name.matches("\\..*\\.(csv|ndjson|arrow)\\.pending"));
            goesOn(job, what);
        }
    }

    /** A kill may have come behind the making of a file and before its name was safe: what is found there is not safe for that. */
    @Test
    void theNameOfAFileThatWasFoundIsForcedToo() throws IOException {
        FaultyFiles files = new FaultyFiles(0, false);
        Path place = Files.createDirectory(folder.resolve("place"));
        GrowingFile first = new GrowingFile(place.resolve("grown"));
        first.resume(Position.START);
        first.out().write(new byte[9]);
        Position saved = first.save();
        first.close();
        GrowingFile again = new GrowingFile(files.path(place.resolve("grown")));
        assertThat(again.resume(saved)).isTrue();
        again.save();
        again.save();
        again.close();
        assertThat(files.operations().stream().filter("force place"::equals)).hasSize(1);
    }

    @Test
    void namesOfAllFoldersThatAreMadeForCheckpointsAreForced() throws IOException {
        FaultyFiles files = new FaultyFiles(0, false);
        Path place = Files.createDirectory(folder.resolve("place"));
        Path input = Files.writeString(folder.resolve("in.csv"), "a\n1\n");
        try (Pipeline pipeline = Pipeline.create("made")) {
            pipeline.checkpoints(files.path(place.resolve("one").resolve("two").resolve("three")));
            pipeline.read(Csv.read(input)).sink(row -> {});
            pipeline.run();
        }
        assertThat(files.operations()).contains("force two", "force one", "force place", "force three");
    }

    /** Else an owner whose parts are all gone could come back, and keep the one that has followed it out. */
    @Test
    void thatAFolderOfPartsIsNobodysIsForced() throws IOException {
        FaultyFiles files = new FaultyFiles(0, false);
        Path dir = Files.createDirectories(folder.resolve("place").resolve(".parts"))
                .getParent();
        Files.writeString(dir.resolve(".parts").resolve("owner"), "00000000000000ff");
        Parts parts = CsvOut.parts(files.path(dir));
        parts.resume(SteadyRows.SCHEMA, Position.START);
        parts.close();
        assertThat(files.operations()).containsSubsequence("cut owner", "force owner");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyPollFails(boolean forEver) throws IOException {
        everyStep(forEver, FaultsJob::polls, 10, "made up");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCallOfACallbackFails(boolean forEver) throws IOException {
        everyStep(forEver, FaultsJob::calls, FaultsJob.ROWS, "made up");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCallOfASinkFails(boolean forEver) throws IOException {
        everyStep(forEver, FaultsJob::writes, 15, "made up");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyReservationOfMemoryFails(boolean forEver) throws IOException {
        everyStep(forEver, FaultsJob::reservations, 15, "more than its budget of 1g");
    }

    /** An allocator that gives ever more bytes fails each allocation in its turn. */
    @Test
    void everyAllocationFails() throws IOException {
        int failed = 0;
        for (long limit = 0; ; limit += 64) {
            FaultsJob job = new FaultsJob(folder.resolve("allocation-" + limit));
            Memory.shared().setLimit(limit);
            List<StreamzException> said;
            try {
                said = job.run(tries.nextLong());
            } finally {
                Memory.shared().setLimit(Long.MAX_VALUE);
            }
            String what = "limit " + limit + ", seed " + seed;
            assertThat(RecordBatch.arrowBytes()).as(what).isZero();
            if (said.isEmpty()) {
                assertThat(job.outputs()).as(what).isEqualTo(expected);
                assertThat(failed).isGreaterThan(5);
                return;
            }
            failed++;
            goesOn(job, what);
        }
    }

    /** A checkpoint that could not be made is no loss: what it would have held is in the next one, or the job has stopped. */
    @Test
    void checkpointNFailsAndNPlus1Succeeds() throws IOException {
        FaultyFiles counted = new FaultyFiles(0, false);
        new FaultsJob(folder.resolve("counted")).files(counted).run(seed);
        List<String> done = counted.operations();
        int checked = 0;
        for (int step = 0; step < done.size(); step++) {
            if (done.get(step).matches("(open|write|force|rename) (0+2\\..*|\\..*)") && step + 10 < done.size()) {
                FaultsJob job = new FaultsJob(folder.resolve("one-" + step));
                FaultyFiles files = new FaultyFiles(step + 1L, false);
                List<StreamzException> said = job.files(files).run(seed);
                String what = done.get(step) + " (" + (step + 1) + ") or near, seed " + seed;
                if (said.stream().allMatch(e -> e.code().equals("checkpoint-failed"))) {
                    checked += said.size();
                    assertThat(job.outputs()).as(what).isEqualTo(expected);
                }
                goesOn(job, what);
            }
        }
        assertThat(checked).isPositive();
    }

    /** Where a kill is told apart by what it leaves, as operations on files. */
    private static final Map<String, String> KILL_POINTS = new TreeMap<>(Map.ofEntries(
            Map.entry("state opened", "open 0+\\d+\\.state\\.tmp"),
            Map.entry("state written", "write 0+\\d+\\.state\\.tmp"),
            Map.entry("state forced", "force 0+\\d+\\.state\\.tmp"),
            Map.entry("state renamed", "rename 0+\\d+\\.state"),
            Map.entry("manifest written", "write 0+\\d+\\.json\\.tmp"),
            Map.entry("manifest forced", "force 0+\\d+\\.json\\.tmp"),
            Map.entry("manifest renamed, which stores the offsets", "rename 0+\\d+\\.json"),
            Map.entry("folder forced", "force state"),
            Map.entry("old checkpoint deleted", "delete 0+\\d+\\.(json|state)"),
            Map.entry("sink written", "write \\.rows\\.csv\\.pending"),
            Map.entry("sink forced", "force \\.rows\\.csv\\.pending"),
            Map.entry("sink's part forced", "force \\.part-open\\.csv\\.pending"),
            Map.entry("sink's part complete", "rename \\.part-\\d+\\.csv\\.pending"),
            Map.entry("sink's part named", "force (parts|rolled)"),
            Map.entry("sink's part put together", "rename \\.part-\\d+\\.csv\\.whole"),
            Map.entry("sink's pieces deleted", "delete \\.part-\\d+\\.csv\\.pending"),
            Map.entry("sink's part marked", "open \\d+-\\d+\\.csv\\.shown"),
            Map.entry("sink's part committed", "rename part-\\d+\\.csv"),
            Map.entry("sink committed", "rename rows\\.csv")));

    private static Stream<Arguments> killPoints() {
        return KILL_POINTS.keySet().stream()
                .flatMap(point -> Stream.of(Arguments.of("before", point), Arguments.of("after", point)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("killPoints")
    void killedAtANamedPoint(String side, String point) throws IOException {
        int hits = 0;
        for (int kill = 0; kill < 5; kill++) {
            FaultsJob job = new FaultsJob(folder.resolve("kill-" + kill));
            int times = 1 + (point.equals("sink committed") ? 0 : tries.nextInt(3));
            FaultyFiles files = FaultyFiles.killed(KILL_POINTS.get(point), times, side.equals("after"));
            job.files(files).run(tries.nextLong());
            hits += files.isKilled() ? 1 : 0;
            goesOn(job, "killed " + side + " " + point + " for the " + times + ". time, seed " + seed);
        }
        assertThat(hits).isPositive();
    }

    /** Where the file took its place after the last checkpoint, a restart begins with a copy of it; a kill leaves half of that. */
    @ParameterizedTest
    @ValueSource(strings = {"open", "write", "cut", "force"})
    void aRestartThatIsKilledOverItsCopyIsStartedAgain(String operation) throws IOException {
        FaultsJob job = new FaultsJob(folder.resolve("copy"));
        assertThat(job.run(1)).isEmpty();
        for (boolean after : List.of(false, true)) {
            FaultyFiles files = FaultyFiles.killed(operation + " \\.rows\\.csv\\.pending", 1, after);
            job.files(files).run(2);
            assertThat(files.isKilled()).isTrue();
            goesOn(job, "killed " + (after ? "after " : "before ") + operation);
        }
    }

    /** A checkpoint may lie on another disk than what it knows: the name of that is safe before the checkpoint is. */
    @Test
    void namesAreSafeBeforeTheCheckpointThatKnowsThem() throws IOException {
        FaultyFiles files = new FaultyFiles(0, false);
        new FaultsJob(folder.resolve("names")).files(files).run(1);
        Set<String> unsafe = new TreeSet<>();
        boolean isMade = false;
        int checked = 0;
        for (String done : files.operations()) {
            if (done.matches("mkdir (parts|arrow|rolled|rolled-arrow)")) {
                isMade = true;
            } else if (isMade && done.startsWith("force ")) {
                assertThat(done)
                        .as("at once, whatever else is forced there later")
                        .isEqualTo("force names");
                isMade = false;
            }
            if (done.equals("open .rows.csv.pending")) {
                unsafe.add("names");
            } else if (done.matches("rename \\.part-\\d+\\.(csv|arrow)\\.pending")) {
                unsafe.add("parts|arrow|rolled|rolled-arrow");
            } else if (done.startsWith("force ")) {
                unsafe.removeIf(done.substring(6)::matches);
            } else if (done.matches("rename 0+\\d+\\.json")) {
                assertThat(unsafe).as(done).isEmpty();
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(2);
    }

    /** A part that cannot appear with its checkpoint appears with the next one, without a restart. */
    @Test
    void whatASinkCannotShowItShowsWithTheNextCheckpoint() throws IOException {
        FaultsJob job = new FaultsJob(folder.resolve("once"));
        FaultyFiles files = FaultyFiles.failing("rename part-\\d+\\.csv");
        List<StreamzException> said = job.files(files).run(tries.nextLong());
        assertThat(files.isKilled()).isTrue();
        assertThat(said)
                .as("seed " + seed)
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessageContaining("made up"));
        assertThat(job.outputs()).as("seed " + seed).isEqualTo(expected);
        assertThat(job.hidden()).as("seed " + seed).isEmpty();
        goesOn(job, "seed " + seed);
    }

    @Test
    void aRestartThatIsKilledIsStartedAgain() throws IOException {
        for (long failing = 1; failing < 40; failing += NIGHTLY ? 1 : 3) {
            FaultsJob job = new FaultsJob(folder.resolve("restart-" + failing));
            job.files(new FaultyFiles(140, true)).run(1);
            job.files(new FaultyFiles(failing, true)).run(2);
            goesOn(job, "killed again at " + failing);
        }
    }

    @Test
    void aDamagedCheckpointIsNeverAWrongAnswer() throws IOException {
        Path dir = folder.resolve("damaged"); // sinks are known by their paths
        FaultsJob job = new FaultsJob(dir);
        job.files(new FaultyFiles(165, true)).run(tries.nextLong());
        // How far that comes depends on how often it saves while rows are on their way.
        for (int failing = 185; Checkpoint.list(dir.resolve("state")).size() < 2; failing += 20) {
            delete(dir);
            job = new FaultsJob(dir);
            job.files(new FaultyFiles(failing, true)).run(tries.nextLong());
        }
        List<String> kept = job.kept();
        Path killed = Files.move(dir, folder.resolve("killed"));
        int refused = 0;
        int damages = NIGHTLY ? 1000 : 100;
        for (int damage = 0; damage < damages; damage++) {
            copy(killed, dir);
            List<Path> files;
            try (Stream<Path> all = Files.list(dir.resolve("state"))) {
                files = all.filter(file -> !file.endsWith("lock")).sorted().toList();
            }
            Path file = files.get(tries.nextInt(4) == 0 ? tries.nextInt(files.size()) : files.size() - 1);
            String what = "damage " + damage + " to " + file.getFileName() + ", seed " + seed;
            damage(file, tries);
            List<StreamzException> said = job.whole().keeping(kept).run(tries.nextLong());
            if (said.stream().noneMatch(e -> e.code().equals("damaged-checkpoints"))) {
                assertThat(said)
                        .as(what)
                        .allMatch(e -> e instanceof DataException && e.code().equals("damaged-checkpoint"));
                assertThat(job.outputs()).as(what).isEqualTo(expected);
            } else {
                refused++;
            }
            delete(dir);
        }
        assertThat(refused).isLessThan(damages / 2);
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
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                int from = random.nextInt(bytes.length);
                Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(50)), (byte) 0);
            }
            default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
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
        assertThat(FaultsJob.threads()).isEmpty();
    }
}
