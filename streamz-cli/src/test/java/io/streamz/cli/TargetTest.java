package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TargetTest {
    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void aFileAppearsWithTheCommit() throws IOException {
        Path file = folder.resolve("out.csv");
        try (Target target = Target.file(file)) {
            target.write(ANSWER);
            target.flush();
            assertThat(file).doesNotExist();
            target.commit();
            assertThat(file).hasContent("answer");
        }
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(file).hasContent("answer");
    }

    @Test
    void withoutCommitNothingIsLeftAndAnOldFileStays() throws IOException {
        Path file = Files.writeString(folder.resolve("out.csv"), "old");
        try (Target target = Target.file(file)) {
            target.write(ANSWER);
        }
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("real.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
        try (Target target = Target.file(link)) {
            target.write(ANSWER);
            target.commit();
        }
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("answer");
    }

    @Test
    void saysWhatCannotBeWritten() {
        Path nowhere = folder.resolve("none/out.csv");
        assertThatThrownBy(() -> Target.file(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write " + nowhere + ": there is no folder " + nowhere.getParent());
        assertThatThrownBy(() -> Target.file(folder)).hasMessage("cannot write " + folder + ": it is a folder");
    }

    @Test
    void aStreamStaysOpen() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };
        try (Target target = Target.stream(out)) {
            target.write(ANSWER);
            target.commit();
        }
        assertThat(out).hasToString("answer");
    }
}
