package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that follow a file, one that groups, one that writes rows into a file, one into parts and one into larger parts, while another appends to it and
 * rotates it; each is killed with SIGKILL again and again at random moments and started again. At the end all have what an unbroken
 * run has.
 */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KillTest {
    private static final int KILLS = Integer.getInteger("streamz.tries", 0) > 0 ? 50 : 10; // of each process
    private static final int ROWS_A_FILE = 10_000;

    @TempDir
    Path folder;

    private final List<String> rows = new ArrayList<>();
    private final List<Process> started = new ArrayList<>();
    private final AtomicReference<Throwable> writing = new AtomicReference<>();
    private volatile boolean enough;
    /** A file that is gone before it was looked at for the first time is none of the job's. */
    private volatile boolean rotates;

    @BeforeAll
    static void build() {
        Streamz.build();
    }

    private Path file() {
        return folder.resolve("app.csv");
    }

    /** Appends rows in pieces that end anywhere, also in the middle of a row, and rotates by renaming. */
    private void write(long seed) {
        Random random = new Random(seed);
        try {
            int number = 0;
            for (int file = 0; !enough; file++) {
                Files.writeString(file(), "k,v,n\n", StandardOpenOption.CREATE_NEW);
                StringBuilder text = new StringBuilder();
                for (int row = 0; (row < ROWS_A_FILE || !rotates) && !enough; row++) {
                    String line = "k" + random.nextInt(500) + "," + random.nextInt(1_000_000) / 64.0 + "," + number++;
                    rows.add(line);
                    text.append(line).append('\n');
                    if (text.length() > 3000) {
                        int cut = random.nextInt(text.length());
                        Files.writeString(file(), text.substring(0, cut), StandardOpenOption.APPEND);
                        text.delete(0, cut);
                        LockSupport.parkNanos(8_000_000);
                    }
                }
                Files.writeString(file(), text, StandardOpenOption.APPEND);
                if (!enough) {
                    for (int old = file; old > 0; old--) {
                        Files.move(rotated(old), rotated(old + 1), StandardCopyOption.ATOMIC_MOVE);
                    }
                    Files.move(file(), rotated(1), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException | RuntimeException e) {
            writing.set(e);
        }
    }

    private Path rotated(int number) {
        return folder.resolve("app.csv." + number);
    }

    private Process start(Path checkpoints, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Project.root().resolve("streamz").toString(),
                "tail",
                file().toString(),
                "--follow",
                "--every",
                "20ms"));
        command.addAll(List.of("--checkpoint", checkpoints.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()))
                .redirectOutput(
                        folder.resolve("out-" + checkpoints.getFileName()).toFile())
                .start();
        started.add(process);
        return process;
    }

    /** A test that fails leaves no job behind that follows for ever, and no writer. */
    @AfterEach
    void end() {
        enough = true;
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void afterManyKillsEveryRowIsThereOnce() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Thread writer = new Thread(() -> write(seed), "writer");
        writer.start();
        while (!Files.exists(file()) || Files.size(file()) < 10_000) {
            LockSupport.parkNanos(1_000_000);
        }
        String[] grouping = {"--group-by", "k", "--agg", "count(), sum(v), max(n), var(v)", "--output", "csv"};
        String[] copying = {
            "--where", "v > 5000", "--out", folder.resolve("big.csv").toString()
        };
        Path parts = folder.resolve("big.parquet");
        String[] inParts = {"--where", "v > 5000", "--out", parts.toString()};
        Path large = folder.resolve("large.parquet");
        String[] inLargeParts = {"--where", "v > 5000", "--out", large.toString(), "--part-rows", "3000"};
        Path tableState = folder.resolve("table");
        Path rowsState = folder.resolve("rows");
        Path partsState = folder.resolve("parts");
        Path largeState = folder.resolve("large");
        for (int kill = 0; kill < KILLS; kill++) {
            long tableBefore = newest(tableState);
            long rowsBefore = newest(rowsState);
            long partsBefore = newest(partsState);
            long largeBefore = newest(largeState);
            Process table = start(tableState, grouping);
            Process copy = start(rowsState, copying);
            Process part = start(partsState, inParts);
            Process larger = start(largeState, inLargeParts);
            // Most kills hit a process that works, some one that starts.
            boolean works = kill == 0 || random.nextInt(5) > 0;
            while (works
                    && (newest(tableState) == tableBefore
                            || newest(rowsState) == rowsBefore
                            || newest(partsState) == partsBefore
                            || newest(largeState) == largeBefore)) {
                LockSupport.parkNanos(5_000_000);
            }
            rotates = true;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
            table.destroyForcibly();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100)));
            copy.destroyForcibly();
            part.destroyForcibly();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100)));
            larger.destroyForcibly();
            table.waitFor();
            copy.waitFor();
            part.waitFor();
            larger.waitFor();
        }
        enough = true;
        writer.join();
        assertThat(writing.get()).as("seed %s", seed).isNull();

        Process table = start(tableState, grouping);
        Process copy = start(rowsState, copying);
        Process part = start(partsState, inParts);
        Process larger = start(largeState, inLargeParts);
        awaitEnd(table, tableState);
        awaitEnd(copy, rowsState);
        awaitEnd(part, partsState);
        awaitEnd(larger, largeState);
        Streamz.Ended told = Streamz.process("state", tableState.toString()).done();
        assertThat(told.out()).contains("of tail, ", "app  ", "groupBy(k).agg(").containsPattern("\\) +500 +[\\d,]+\n");
        table.destroy();
        copy.destroy();
        part.destroy();
        larger.destroy();
        assertThat(table.waitFor()).as("seed %s: %s", seed, said()).isZero();
        assertThat(copy.waitFor()).as("seed %s: %s", seed, said()).isZero();
        assertThat(part.waitFor()).as("seed %s: %s", seed, said()).isZero();
        assertThat(larger.waitFor()).as("seed %s: %s", seed, said()).isZero();
        assertThat(said()).isEmpty();

        assertThat(Files.readAllLines(folder.resolve("big.csv")).stream().skip(1))
                .as("rows, seed %s", seed)
                .containsExactlyElementsOf(rows.stream()
                        .filter(row -> Double.parseDouble(row.split(",", -1)[1]) > 5000)
                        .toList());
        for (Path each : List.of(parts, large)) {
            assertThat(Streamz.run("tail", each.toString(), "--output", "csv")
                            .done()
                            .out()
                            .lines())
                    .as("%s, seed %s", each.getFileName(), seed)
                    .containsExactlyElementsOf(Files.readAllLines(folder.resolve("big.csv")));
        }
        long most = Files.readAllLines(folder.resolve("big.csv")).size() / 3000L + 1;
        try (Stream<Path> files = Files.list(large)) {
            assertThat(files.filter(each -> !each.endsWith(".parts")).count())
                    .as("seed %s", seed)
                    .isBetween(1L, most);
        }
        Path all = folder.resolve("all.csv");
        Files.writeString(all, "k,v,n\n" + String.join("\n", rows) + "\n");
        Streamz.Ended unbroken =
                Streamz.run("tail", all.toString(), "--group-by", "k", "--agg", grouping[3], "--output", "csv");
        assertThat(Files.readString(folder.resolve("out-table")))
                .as("table, seed %s", seed)
                .isEqualTo(unbroken.out());
        try (Stream<Path> files = Files.walk(folder, 2)) {
            assertThat(files.map(each -> each.getFileName().toString()).filter(name -> name.startsWith(".")))
                    .as("what stays in folders of parts")
                    .containsOnly(".parts");
        }
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    /** Waits until a checkpoint stands at the end of the file. */
    private void awaitEnd(Process process, Path state) throws IOException {
        String end = "offset=" + Files.size(file()) + ",";
        long before = newest(state);
        while (process.isAlive()) {
            LockSupport.parkNanos(20_000_000);
            List<Checkpoint> kept = kept(state);
            if (!kept.isEmpty() && kept.get(0).number() > before + 1) {
                String positions = kept.get(0).sources().stream()
                        .map(each -> each.position())
                        .collect(Collectors.joining());
                if (positions.contains(end)) {
                    return;
                }
            }
        }
    }

    private static long newest(Path state) {
        return kept(state).stream().mapToLong(Checkpoint::number).max().orElse(0);
    }

    /** What is read while it is being replaced may be gone; then it is read again. */
    private static List<Checkpoint> kept(Path state) {
        try {
            return Files.isDirectory(state) ? Checkpoint.list(state) : List.of();
        } catch (RuntimeException e) {
            return List.of();
        }
    }
}
