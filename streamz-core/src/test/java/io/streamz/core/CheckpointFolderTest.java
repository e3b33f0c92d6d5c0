package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.CheckpointTest.Numbers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder that checkpoints are kept in: whose it is, and what may stand in it. */
@Timeout(60)
final class CheckpointFolderTest {
    @TempDir
    Path folder;

    @Test
    void aFolderServesOnePipelineAtATime() {
        try (var first = Pipeline.create("first");
                var second = Pipeline.create("second")) {
            first.checkpoints(folder);
            second.checkpoints(folder);
            first.read(new Numbers(1, false)).sink(x -> {});
            second.read(new Numbers(1, false)).sink(x -> {});
            first.start();
            assertThatThrownBy(second::start).hasMessageContaining("in use by another pipeline");
        }
    }

    /** Tries for the lock of a folder from a process of its own. */
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
    void whoIsRefusedDoesNotLetOtherProcessesIn() throws Exception {
        Path used = Files.createDirectory(folder.resolve("used"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), used);
        try (var first = Pipeline.create("first")) {
            first.checkpoints(used);
            first.read(new Numbers(1, false)).sink(x -> {});
            first.start();
            assertThat(OtherProcess.isKeptOut(used.resolve("lock"))).isTrue();
            for (Path same : List.of(used, link, folder.resolve("link/../used"))) {
                try (var second = Pipeline.create("second")) {
                    second.checkpoints(same);
                    second.read(new Numbers(1, false)).sink(x -> {});
                    assertThatThrownBy(second::start).hasMessageContaining("in use by another pipeline");
                }
            }
            assertThat(OtherProcess.isKeptOut(used.resolve("lock"))).isTrue();
        }
        assertThat(OtherProcess.isKeptOut(used.resolve("lock"))).isFalse();
    }

    @Test
    void aFileIsNoFolderOfCheckpoints() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "somebody's");
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(file);
            pipeline.read(new Numbers(1, false)).sink(x -> {});
            assertThatThrownBy(pipeline::start)
                    .isInstanceOf(DataException.class)
                    .hasMessage("checkpoints cannot be kept in " + file
                            + ": it is a file; give a folder, or a name where nothing is yet");
        }
        assertThat(file).hasContent("somebody's");
    }

    @Test
    void anOldCheckpointThatStaysDoesNotGiveTheNewOneUp() throws IOException {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder).keep(1).onWarning(warning -> warnings.add(warning.code()));
            pipeline.read(new Numbers(1, false)).sink(x -> {});
            pipeline.start();
            pipeline.checkpoint();
            Path old = folder.resolve("000000000001.state");
            Files.delete(old);
            Path inside = Files.createDirectories(old.resolve("what cannot be deleted"));
            assertThat(pipeline.checkpoint().number()).isEqualTo(2);
            assertThat(Checkpoint.list(folder)).extracting(Checkpoint::number).containsExactly(2L);
            assertThat(pipeline.checkpoint().number()).isEqualTo(3);
            assertThat(Checkpoint.list(folder)).extracting(Checkpoint::number).containsExactly(3L);
            assertThat(warnings).as("each tries it").containsExactly("old-checkpoint-stays", "old-checkpoint-stays");
            Files.delete(inside);
            pipeline.checkpoint();
            assertThat(old).doesNotExist();
            assertThat(warnings).hasSize(2);
        }
    }

    private void saveThrice() {
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder);
            pipeline.read(new Numbers(1, false)).sink(x -> {});
            pipeline.start();
            for (int number = 0; number < 2; number++) {
                pipeline.checkpoint();
            }
        }
    }

    private void damage(int number) throws IOException {
        Path file = folder.resolve("00000000000" + number + ".json");
        Files.writeString(file, Files.readString(file).replace("test", "\n"));
    }

    @Test
    void damagedOnesAreTold() throws IOException {
        saveThrice();
        damage(3);
        List<DataException> damages = new ArrayList<>();
        assertThat(Checkpoint.list(folder, damages::add))
                .extracting(Checkpoint::number)
                .containsExactly(2L, 1L);
        assertThat(damages)
                .singleElement()
                .satisfies(damage -> assertThat(damage)
                        .hasMessageStartingWith(
                                "the checkpoint in " + folder.resolve("000000000003.json") + " is damaged: "));
        assertThatThrownBy(() -> Checkpoint.list(folder)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Checkpoint.list(folder.resolve("nothing"), damages::add))
                .hasMessageContaining("no checkpoints can be read in");
        List<String> warnings = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder).onWarning(warning -> warnings.add(warning.getMessage()));
            pipeline.read(new Numbers(1, false)).sink(x -> {});
            pipeline.start();
        }
        assertThat(warnings).singleElement().asString().endsWith("; the one before it is used");
    }

    @Test
    void whereAllAreDamagedNoneIsSaidToBeUsed() throws IOException {
        saveThrice();
        for (int number = 1; number <= 3; number++) {
            damage(number);
        }
        List<DataException> damages = new ArrayList<>();
        assertThat(Checkpoint.list(folder, damages::add)).isEmpty();
        assertThat(damages).hasSize(3);
        String newest = "the checkpoint in " + folder.resolve("000000000003.json") + " is damaged: ";
        assertThatThrownBy(this::saveThrice)
                .hasMessageStartingWith("none of the 3 checkpoints in " + folder + " can be used: " + newest)
                .hasMessageEndingWith("; start anew in an empty folder")
                .hasMessageNotContaining("the one before it");
        Files.delete(folder.resolve("000000000001.json"));
        Files.delete(folder.resolve("000000000002.json"));
        assertThatThrownBy(this::saveThrice)
                .hasMessageStartingWith(newest)
                .hasMessageEndingWith("; start anew in an empty folder");
    }
}
