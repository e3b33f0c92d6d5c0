package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.Position;
import io.streamz.frames.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log that is rotated at random, by new names and by copies, whose old files are packed late, touched and copied, and a job that looks when
 * it likes and is killed at any moment: each row is there once. What the job gave out behind its last checkpoint is taken back, as sinks do.
 */
final class AnyRotationTest {
    private static final int SEEDS = Integer.getInteger("streamz.tries", 300);
    private static final int STEPS = 60;
    private static final int MOST_FILES = 32;

    @TempDir
    private Path folder;

    /** A writer, those who rotate and pack, and the job. */
    private static final class Scene implements AutoCloseable {
        private final Random random;
        private final Path folder;
        private final Path log;
        private final Followed job;
        private final StringBuilder script = new StringBuilder();
        private int row;
        /** In seconds. Each change of a file has a time of its own. */
        private long clock = 1_700_000_000;

        private boolean isRunning = true;
        private Position saved;
        private List<String> savedRows = new ArrayList<>();

        Scene(Path folder, long seed) throws IOException {
            this.random = new Random(seed);
            this.folder = folder;
            this.log = folder.resolve("app.csv");
            append();
            Csv csv = csv();
            csv.schema(); // where a job begins is checkpoint 0
            this.job = new Followed(csv);
            save();
        }

        private Csv csv() {
            return Csv.tail(log).types("id:utf8,v:utf8");
        }

        private void note(String step) {
            script.append(step).append(" | ");
        }

        private void timed(Path file) throws IOException {
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(clock++)));
        }

        private void append() throws IOException {
            boolean isNew = !Files.exists(log) || Files.size(log) == 0;
            StringBuilder text = new StringBuilder(isNew ? "id,v\n" : "");
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                text.append(++row).append(",x\n");
            }
            Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            timed(log);
            note("+ to " + row);
        }

        /** The rotated files, by number. */
        private NavigableMap<Integer, Path> rotated() throws IOException {
            NavigableMap<Integer, Path> found = new TreeMap<>();
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> !file.equals(log))
                        .forEach(file -> found.put(
                                Integer.parseInt(file.getFileName().toString().split("\\.", -1)[2]), file));
            }
            return found;
        }

        private void shift() throws IOException {
            for (var each : rotated().descendingMap().entrySet()) {
                String packed = each.getValue().toString().endsWith(".gz") ? ".gz" : "";
                Files.move(each.getValue(), folder.resolve("app.csv." + (each.getKey() + 1) + packed));
            }
        }

        private boolean hasRows() throws IOException {
            return Files.exists(log) && Files.size(log) > 0 && rotated().size() < MOST_FILES;
        }

        private void rename() throws IOException {
            if (hasRows()) {
                shift();
                Files.move(log, folder.resolve("app.csv.1"));
                note("rename");
                if (random.nextBoolean()) {
                    Files.createFile(log);
                    timed(log);
                    note("empty");
                }
            }
        }

        private void copyAndCut() throws IOException {
            if (hasRows()) {
                shift();
                Path copy = folder.resolve("app.csv.1");
                Files.copy(log, copy);
                timed(copy);
                if (isRunning && random.nextInt(3) == 0) {
                    poll();
                }
                Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
                timed(log);
                note("copy and cut");
            }
        }

        private Path old() throws IOException {
            List<Path> files = new ArrayList<>(rotated().values());
            return files.size() < 2 ? null : files.get(1 + random.nextInt(files.size() - 1));
        }

        private void pack() throws IOException {
            Path old = old();
            if (old == null || old.toString().endsWith(".gz")) {
                return;
            }
            Path packed = folder.resolve(old.getFileName() + ".gz");
            FileTime time = Files.getLastModifiedTime(old);
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                Files.copy(old, out);
            }
            if (random.nextBoolean()) {
                Files.setLastModifiedTime(packed, time);
                note("pack with its time " + old.getFileName());
            } else {
                timed(packed);
                note("pack " + old.getFileName());
            }
            Files.delete(old);
        }

        private void touch() throws IOException {
            Path old = old();
            if (old != null && random.nextBoolean()) {
                timed(old);
                note("touch " + old.getFileName());
            } else if (old != null) {
                Path copy = folder.resolve("copy.tmp.0");
                Files.copy(old, copy);
                Files.move(copy, old, StandardCopyOption.REPLACE_EXISTING);
                timed(old);
                note("copy in place " + old.getFileName());
            }
        }

        private void poll() {
            int times = 1 + random.nextInt(5);
            IntStream.range(0, times).forEach(i -> job.poll());
            note("poll " + times);
        }

        private void look() {
            job.look();
            note("look");
        }

        private void save() {
            saved = job.position();
            savedRows = new ArrayList<>(job.rows);
            note("save");
        }

        private void kill() throws Exception {
            job.stop();
            isRunning = false;
            note("kill");
            int steps = random.nextInt(4);
            for (int i = 0; i < steps; i++) {
                write();
            }
            job.rows.clear();
            job.rows.addAll(savedRows);
            job.resume(saved);
            isRunning = true;
            note("start");
        }

        private void write() throws IOException {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> append();
                case 3, 4 -> rename();
                case 5 -> copyAndCut();
                case 6 -> pack();
                default -> touch();
            }
        }

        private void step() throws Exception {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> write();
                case 4, 5 -> poll();
                case 6 -> look();
                case 7, 8 -> save();
                default -> kill();
            }
        }

        String play() throws Exception {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            append();
            IntStream.range(0, 5).forEach(i -> look());
            return script.toString();
        }

        List<Integer> rows() {
            return job.rows.stream()
                    .map(text -> Integer.parseInt(text.replace("|x", "")))
                    .sorted()
                    .toList();
        }

        List<Integer> written() {
            return IntStream.rangeClosed(1, row).boxed().toList();
        }

        @Override
        public void close() {
            job.close();
        }
    }

    @Test
    void eachRowOnce() throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (Scene scene = new Scene(Files.createDirectory(folder.resolve("s" + seed)), seed)) {
                String script = scene.play();
                assertThat(scene.rows()).as("seed %d: %s", seed, script).isEqualTo(scene.written());
            }
        }
    }

    /** More than a month of files that are rotated each day, and packed and touched all at once. */
    @Test
    void manyOldOnesAreKnown() throws Exception {
        try (Scene scene = new Scene(folder, 1)) {
            for (int day = 0; day < 32; day++) {
                scene.append();
                scene.look();
                scene.rename();
            }
            scene.append();
            scene.save();
            for (int i = 0; i < 100; i++) {
                scene.pack();
                scene.touch();
            }
            scene.kill();
            scene.append();
            scene.rename();
            scene.append();
            scene.look();
            assertThat(scene.rows()).isEqualTo(scene.written());
        }
    }
}
