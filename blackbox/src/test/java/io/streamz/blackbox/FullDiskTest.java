package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamz.core.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is really full, and one that is really read-only: a small file system in memory, which only root can mount. The command
 * says so in one line and ends with 1; with room it gives the answer that it would have given.
 */
@Timeout(120)
final class FullDiskTest {
    private static final int DATA = 1;
    private static final int ROWS = 40_000;

    @TempDir
    Path folder;

    private Path disk;
    private Path input;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString()),
                "only root on Linux can mount a small disk");
        input = folder.resolve("app.csv");
        write(ROWS);
    }

    private void write(int rows) throws IOException {
        StringBuilder text = new StringBuilder("k,v\n");
        for (int row = 0; row < rows; row++) {
            text.append("user-").append(row % 20_000).append(',').append(row).append('\n');
        }
        Files.writeString(input, text);
    }

    @AfterEach
    void unmount() throws Exception {
        command("umount", disk.toString());
    }

    private void remount(String options) throws Exception {
        assertThat(command("mount", "-o", "remount," + options, disk.toString()))
                .isTrue();
    }

    private static boolean command(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(disk)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anAnswerThatDoesNotFitLeavesNothing() throws Exception {
        String[] copy = {"tail", input.toString(), "--where", "v >= 0", "--out", disk + "/out.csv"};
        Streamz.run(copy).refused(DATA, "out.csv", "No space left on device");
        assertThat(left()).isEmpty();
        remount("size=8m");
        Streamz.run(copy).done();
        assertThat(Files.readString(disk.resolve("out.csv"))).isEqualTo(Files.readString(input));
        assertThat(left()).containsExactly("out.csv");
    }

    @Test
    void anAnswerWithCheckpointsGoesOnWhereThereIsRoom() throws Exception {
        String[] copy = {
            "tail", input.toString(), "--where", "v >= 0", "--out", disk + "/out.csv", "--checkpoint", folder + "/state"
        };
        Streamz.run(copy).refused(DATA, "out.csv", "No space left on device");
        remount("size=8m");
        Streamz.run(copy).done();
        assertThat(Files.readString(disk.resolve("out.csv"))).isEqualTo(Files.readString(input));
        assertThat(left()).containsExactly("out.csv");
    }

    @Test
    void aCheckpointThatDoesNotFitIsSaid() throws Exception {
        String[] group = {
            "tail",
            input.toString(),
            "--group-by",
            "k",
            "--agg",
            "count(), sum(v)",
            "--output",
            "csv",
            "--checkpoint",
            disk + "/state",
            "--every",
            "1m"
        };
        Streamz.Ended full = Streamz.run(group);
        assertThat(full.err()).startsWith("streamz: ").contains("state", "No space left on device");
        assertThat(full.err().lines()).hasSize(1);
        assertThat(full.code()).isEqualTo(DATA);
        assertThat(disk.resolve("state").toFile().list()).containsExactly("lock");
        remount("size=8m");
        Streamz.Ended whole = Streamz.run(group).done();
        assertThat(whole.out())
                .isEqualTo(Streamz.run(List.of(group).subList(0, 8).toArray(String[]::new))
                        .out());
        Files.writeString(input, "user-0,1\n", StandardOpenOption.APPEND);
        assertThat(Streamz.run(group).done().out()).contains("user-0,3,20001\n");
    }

    /** Checkpoints stop, the work goes on; what comes after the last one that fitted is read again after a kill. */
    @Test
    void aJobThatFollowsOutlivesAFullDisk() throws Exception {
        Streamz.build();
        Path state = disk.resolve("state");
        write(100);
        Process job = follow(state);
        await(() -> !Checkpoint.list(state).isEmpty());
        try (var junk = Files.newOutputStream(disk.resolve("junk"))) {
            junk.write(new byte[1 << 20]);
        } catch (IOException e) {
            // That is what a full disk says.
        }
        append(100, 200);
        await(() -> err().contains("No space left on device"));
        assertThat(err().lines()).hasSize(1);
        job.destroyForcibly().waitFor();
        job = follow(state);
        append(200, 300);
        await(() -> err().lines().count() == 2);
        Files.delete(disk.resolve("junk"));
        String end = "offset=" + Files.size(input) + ",";
        await(() -> Checkpoint.list(state).get(0).sources().get(0).position().contains(end));
        job.destroy();
        assertThat(job.waitFor()).as(err()).isZero();
        assertThat(Files.readString(folder.resolve("out"))).isEqualTo("count,v_sum\n300,44850\n");
    }

    private void append(int from, int to) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int row = from; row < to; row++) {
            text.append("user-").append(row).append(',').append(row).append('\n');
        }
        Files.writeString(input, text, StandardOpenOption.APPEND);
    }

    private Process follow(Path state) throws IOException {
        return new ProcessBuilder(
                        Project.root().resolve("streamz").toString(),
                        "tail",
                        input.toString(),
                        "--follow",
                        "--every",
                        "50ms",
                        "--checkpoint",
                        state.toString(),
                        "--agg",
                        "count(), sum(v)",
                        "--output",
                        "csv")
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()))
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    /** What a checkpoint says may be gone while it is read. */
    private static void await(Callable<Boolean> condition) throws Exception {
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (RuntimeException e) {
                // It is read again.
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void deadLettersThatDoNotFitAreSaid() throws Exception {
        write(5_000);
        String[] types = {
            "tail",
            input.toString(),
            "--types",
            "k: int64, v: int64",
            "--agg",
            "count(), max(k)",
            "--output",
            "csv",
            "--on-bad-row",
            "dead-letter=" + disk + "/bad.csv"
        };
        Streamz.run(types).refused(DATA, "bad.csv", "No space left on device");
        remount("size=16m");
        Streamz.Ended whole = Streamz.run(types);
        assertThat(whole.code()).isZero();
        assertThat(whole.out()).isEqualTo("count,k_max\n0,\n");
        assertThat(Files.readAllLines(disk.resolve("bad.csv"))).hasSize(5_001);
    }

    @Test
    void aDiskThatCannotBeWrittenIsSaid() throws Exception {
        remount("ro");
        Streamz.run("tail", input.toString(), "--where", "v >= 0", "--out", disk + "/out.csv")
                .refused(DATA, "out.csv", "Read-only file system");
        Streamz.run("tail", input.toString(), "--agg", "count()", "--checkpoint", disk + "/state")
                .refused(DATA, "state", "Read-only file system");
        Streamz.run("tail", input.toString(), "--agg", "count()", "--on-bad-row", "dead-letter=" + disk + "/bad.csv")
                .refused(DATA, "bad.csv", "Read-only file system");
        remount("rw");
        assertThat(left()).isEmpty();
    }
}
