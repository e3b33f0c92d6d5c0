package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command writes never takes the place of what it reads, and is never read as rows. */
final class TerritoryTest {
    private static final int OPTIONS = 2;
    private static final String ROWS = "k,v\na,1\nb\n";

    @TempDir
    private Path folder;

    private Path file;

    private Streamz.Ended tail(Object read, String... options) {
        return Streamz.run(Stream.concat(Stream.of("tail", read.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private void refuses(String part, Object read, String... options) throws IOException {
        tail(read, options).refused(OPTIONS, part);
        assertThat(file).hasContent(ROWS);
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theInputIsNeverWritten() throws IOException {
        file = Files.createDirectory(folder.resolve("in")).resolve("a.csv");
        Files.writeString(file, ROWS);
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
        String lost = "is the file that is read, which would be lost; give another place";
        refuses("--on-bad-row dead-letter " + lost, file, "--on-bad-row", "dead-letter=" + file);
        refuses(lost, file, "--on-bad-row", "dead-letter=" + link);
        refuses(lost, link, "--on-bad-row", "dead-letter=" + file);
        refuses(lost, folder.resolve("in/../in/a.csv"), "--follow", "--on-bad-row", "dead-letter=" + file);
        refuses("--out " + lost, file, "--on-bad-row", "skip", "--out", file.toString());
        refuses("--out is the file of --join", link, "--join", file.toString(), "--on", "k", "--out", file.toString());
    }

    @Test
    void whatIsWrittenIsNotAmongTheFilesThatAreRead() throws IOException {
        file = Files.createDirectory(folder.resolve("in")).resolve("a.csv");
        Files.writeString(file, ROWS);
        Path in = file.getParent();
        Path pattern = in.resolve("*.csv");
        String state = folder.resolve("state").toString();
        refuses(
                "lies in the folder that is read",
                in,
                "--out",
                in.resolve("out.csv").toString());
        refuses(
                "matched by the pattern",
                pattern,
                "--out",
                in.resolve("out.csv").toString());
        refuses("matched by the pattern", pattern, "--out", in + "/", "--checkpoint", state);
        refuses("matched by the pattern", pattern, "--on-bad-row", "dead-letter=" + in.resolve("bad.csv"));
        Path beside = in.resolve("out.txt");
        assertThat(tail(pattern, "--on-bad-row", "skip", "--out", beside.toString())
                        .code())
                .isZero();
        assertThat(beside).hasContent("k,v\na,1\n");
    }

    @Test
    void answersAndRejectedRowsArePlacedApart() throws IOException {
        file = Files.createDirectory(folder.resolve("in")).resolve("a.csv");
        Files.writeString(file, ROWS);
        String out = folder.resolve("out.csv").toString();
        String state = folder.resolve("state").toString();
        refuses("writes to the place of --out", file, "--out", out, "--on-bad-row", "dead-letter=" + out);
        refuses(
                "the folder of --checkpoint",
                file,
                "--checkpoint",
                state,
                "--on-bad-row",
                "dead-letter=" + state + "/r.csv");
        refuses("the folder of --checkpoint", file, "--checkpoint", state, "--out", state + "/o.csv");
    }

    @Test
    void aFolderOfCheckpointsIsItsOwnersAlone() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        file = Files.writeString(folder.resolve("a.csv"), "k\n1\n");
        Path made = folder.resolve("state/of/job");
        tail(file, "--agg", "sum(k)", "--output", "csv", "--checkpoint", made.toString())
                .done();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        Path there = Files.createDirectory(folder.resolve("shared"));
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(there);
        tail(file, "--agg", "sum(k)", "--output", "csv", "--checkpoint", there.toString())
                .done();
        assertThat(Files.getPosixFilePermissions(there)).isEqualTo(before);
    }
}
