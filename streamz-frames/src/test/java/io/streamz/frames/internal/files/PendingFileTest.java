package io.streamz.frames.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear whole. */
final class PendingFileTest {
    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void aFileAppearsWithTheCommit() throws IOException {
        Path file = folder.resolve("out.csv");
        try (PendingFile pending = new PendingFile(file)) {
            pending.attempt(() -> pending.out().write(ANSWER));
            assertThat(file).doesNotExist();
            pending.commit();
        }
        assertThat(file).hasContent("answer");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void withoutCommitNothingIsLeftAndAnOldFileStays() throws IOException {
        Path file = Files.writeString(folder.resolve("out.csv"), "old");
        try (PendingFile pending = new PendingFile(file)) {
            pending.attempt(() -> pending.out().write(ANSWER));
        }
        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("real.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
        try (PendingFile pending = new PendingFile(link)) {
            pending.attempt(() -> pending.out().write(ANSWER));
            pending.commit();
        }
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("answer");
    }

    /** What a killed process has left goes; what a live one writes, or is named otherwise, stays. */
    @Test
    void leftoversOfTheSameFileAreDeleted() throws IOException {
        Path left = Files.writeString(folder.resolve(".out.csv." + UUID.randomUUID() + ".tmp"), "left");
        Path other = Files.writeString(folder.resolve(".other.csv." + UUID.randomUUID() + ".tmp"), "left");
        Path mine = Files.writeString(folder.resolve(".out.csv.mine.tmp"), "mine");
        Path file = folder.resolve("out.csv");
        try (PendingFile one = new PendingFile(file)) {
            assertThat(left).doesNotExist();
            assertThat(files()).hasSize(3).contains(mine, other);
            try (PendingFile two = new PendingFile(file)) {
                assertThat(files()).hasSize(4);
                two.attempt(() -> two.out().write(ANSWER));
                two.commit();
            }
            one.attempt(() -> one.out().write("later".getBytes(StandardCharsets.UTF_8)));
            one.commit();
        }
        assertThat(file).hasContent("later");
        assertThat(files()).containsExactlyInAnyOrder(file, mine, other);
    }

    @Test
    void saysWhatCannotBeWritten() {
        Path nowhere = folder.resolve("none/out.csv");
        assertThatThrownBy(() -> new PendingFile(nowhere))
                .isInstanceOf(DataException.class)
                .hasMessage("cannot write " + nowhere + ": there is no folder " + nowhere.getParent());
        assertThatThrownBy(() -> new PendingFile(folder)).hasMessage("cannot write " + folder + ": it is a folder");
    }
}
