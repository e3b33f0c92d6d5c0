package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job of two sources, one of which ends before the other: its parts and the checkpoints fit, wherever a kill comes. */
@Timeout(120)
final class PartsAtEndTest {
    private static final int ROWS = 30;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** Knows how many rows have come, and whether they have ended. */
    private static final class Seeing implements FrameSink {
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicInteger rows = new AtomicInteger();

        @Override
        public void open(Schema schema) {}

        @Override
        public void write(RecordBatch batch) {
            rows.addAndGet(batch.rows());
        }

        @Override
        public void end() {
            ended.countDown();
        }

        @Override
        public void close() {}

        void awaitEnd() {
            try {
                assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void awaitRows(int count) throws InterruptedException {
            while (rows.get() < count) {
                Thread.sleep(1);
            }
        }
    }

    /** The job, in a folder. */
    private static final class Job implements AutoCloseable {
        final SteadyRows early = new SteadyRows("early", ROWS, true, 1).upTo(0);
        final SteadyRows late = new SteadyRows("late", ROWS, true, 2).upTo(0);
        final Seeing seen = new Seeing();
        final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        final Pipeline pipeline = Pipeline.create("two");

        Job(Path dir, FaultyFiles files, long least) {
            pipeline.checkpoints(files.path(dir.resolve("state")))
                    .onWarning(warning -> warnings.add(warning.getMessage()));
            StreamFrame rows = pipeline.read(early);
            rows.sink(parts(dir.resolve("early"), least));
            rows.sink(seen);
            pipeline.read(late).sink(parts(dir.resolve("late"), least));
            pipeline.start();
        }

        private static Parts parts(Path dir, long least) {
            return least == 0 ? CsvOut.parts(dir) : CsvOut.parts(dir).rows(least);
        }

        void toItsEnd() {
            early.upTo(Integer.MAX_VALUE);
            late.upTo(Integer.MAX_VALUE);
            pipeline.run();
            assertThat(warnings).isEmpty();
        }

        @Override
        public void close() {
            pipeline.close();
        }
    }

    private static List<String> rows(Path dir) {
        List<String> rows = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("reading")) {
            pipeline.read(Csv.read(dir)).sink(row -> rows.add(row.toString()));
            pipeline.run();
        }
        return rows;
    }

    private static List<String> names(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 12, 100})
    void theEndAndAKillComeWhileACheckpointIsMade(long least) throws Exception {
        Path unbroken = folder.resolve("unbroken");
        try (Job job = new Job(unbroken, new FaultyFiles(0, false), least)) {
            job.toItsEnd();
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int between = 0;
        for (int end = 1; end <= 8; end++) {
            int kill = end + random.nextInt(5);
            String what = "end at operation " + end + ", kill at " + kill + ", seed " + seed;
            Path dir = folder.resolve("job-" + end);
            Path killed = folder.resolve("killed-" + end);
            long made = run(dir, killed, least, end, kill);
            between +=
                    Checkpoint.list(killed.resolve("state")).stream().anyMatch(each -> each.number() == made) ? 1 : 0;
            Path ended = Files.move(dir, folder.resolve("ended-" + end));
            Files.move(killed, dir); // the state of a file is kept by its name
            try (Job job = new Job(dir, new FaultyFiles(0, false), least)) {
                job.toItsEnd();
            }
            for (String name : List.of("early", "late")) {
                for (Path each : List.of(ended, dir)) {
                    assertThat(rows(each.resolve(name))).as(what).isEqualTo(rows(unbroken.resolve(name)));
                }
            }
        }
        assertThat(between).as("kills behind the checkpoint").isPositive();
    }

    /**
     * Runs the job to its end; gives the number of its second checkpoint.
     *
     * @param killed where it is copied to as a kill would leave it
     * @param end at which operation on the second checkpoint, from the first behind its standstill, a source ends
     * @param kill at which one the kill comes
     */
    private long run(Path dir, Path killed, long least, int end, int kill) throws Exception {
        AtomicReference<Job> running = new AtomicReference<>();
        AtomicInteger count = new AtomicInteger();
        FaultyFiles files = new FaultyFiles(0, false).telling(operation -> {
            Job job = running.get();
            if (job == null || count.get() == 0 && !operation.matches("force .*state.*")) {
                return;
            }
            if (count.incrementAndGet() == end) {
                job.early.upTo(Integer.MAX_VALUE);
                job.seen.awaitEnd();
            }
            if (count.get() == kill) {
                copy(dir, killed);
            }
        });
        try (Job job = new Job(dir, files, least)) {
            job.early.upTo(10);
            job.seen.awaitRows(10);
            job.pipeline.checkpoint();
            job.early.upTo(20);
            job.seen.awaitRows(20);
            running.set(job);
            long made = job.pipeline.checkpoint().number();
            running.set(null);
            assertThat(count.get()).isGreaterThanOrEqualTo(end);
            if (!Files.exists(killed)) {
                copy(dir, killed);
            }
            job.toItsEnd();
            return made;
        }
    }

    @Test
    void theEndComesWhileACheckpointFails() throws Exception {
        Path dir = folder.resolve("job");
        AtomicReference<Job> running = new AtomicReference<>();
        FaultyFiles files = FaultyFiles.failing("rename 0*2\\.json").telling(operation -> {
            if (operation.matches("rename 0*2\\.json")) {
                running.get().early.upTo(Integer.MAX_VALUE);
                running.get().seen.awaitEnd();
            }
        });
        try (Job job = new Job(dir, files, 100)) {
            running.set(job);
            job.early.upTo(10);
            job.seen.awaitRows(10);
            job.pipeline.checkpoint();
            job.early.upTo(20);
            job.seen.awaitRows(20);
            assertThatThrownBy(job.pipeline::checkpoint).hasMessageContaining("cannot be written");
            job.toItsEnd();
        }
        assertThat(names(dir.resolve("early")))
                .containsExactlyInAnyOrder(".parts", "part-000000000001.csv", "part-000000000003-end.csv");
        assertThat(rows(dir.resolve("early"))).hasSize(ROWS);
    }

    /** What the end brought is in the part of the end for good, where a later checkpoint says that the sink is over. */
    @Test
    void thePartOfTheEndStaysWhereTheSinkIsOver() throws Exception {
        Path dir = folder.resolve("job");
        for (int run = 0; run < 3; run++) {
            try (Job job = new Job(dir, new FaultyFiles(0, false), 100)) {
                if (run == 0) {
                    job.early.upTo(10);
                    job.seen.awaitRows(10);
                    job.pipeline.checkpoint();
                    job.early.upTo(Integer.MAX_VALUE);
                    job.seen.awaitEnd();
                }
                job.pipeline.checkpoint();
            }
            assertThat(names(dir.resolve("early")))
                    .containsExactlyInAnyOrder(".parts", "part-000000000001.csv", "part-000000000002-end.csv");
            assertThat(rows(dir.resolve("early"))).hasSize(ROWS);
        }
    }
}
