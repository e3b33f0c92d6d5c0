package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.Csv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Following against everything at random: cuts at any byte, restarts at any poll, rotation by another thread. */
@Timeout(120)
final class FollowingTest {
    private static final long SEED = 20261124;
    private static final int SPLITS = 10_000;

    @SuppressWarnings("StringConcatToTextBlock") // every line end matters
    private static final String TEXT =
            "\ufeffid,v\r\n1,x\n2,\"a\"\"b\"\r\n\n3,\"two\nlines\"\n4,\n5,\"\"\n6,lone\rreturn\n7,\u00e9\ud83d\ude00\n"
                    + "8,\"\u20ac,\"\n\r\n9,quo\"te\n";

    @TempDir
    private Path directory;

    @Test
    void cutsAtAnyByteGiveTheSameRows() throws Exception {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve("t.csv");
        Csv csv = Csv.tail(file).types("id:int64,v:utf8");
        Files.write(file, bytes);
        List<String> expected;
        try (Followed whole = new Followed(csv)) {
            expected = List.copyOf(whole.look());
        }
        assertThat(expected).hasSize(9);
        Random random = new Random(SEED);
        for (int split = 0; split < SPLITS; split++) {
            Files.write(file, new byte[0]);
            boolean restarts = random.nextInt(4) == 0;
            try (Followed followed = new Followed(csv)) {
                for (int at = 0; at < bytes.length; ) {
                    int length = Math.min(bytes.length - at, 1 + random.nextInt(60));
                    Files.write(file, java.util.Arrays.copyOfRange(bytes, at, at + length), StandardOpenOption.APPEND);
                    at += length;
                    for (int poll = random.nextInt(4); poll > 0; poll--) {
                        followed.poll();
                    }
                    if (restarts && random.nextInt(3) == 0) {
                        followed.restart();
                    }
                }
                assertThat(followed.look())
                        .as("split %d of seed %d", split, SEED)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void everyRowOnceWhileAnotherThreadAppendsAndRenames() throws Exception {
        Path file = directory.resolve("t.csv");
        int rows = 10_000;
        Csv csv = Csv.tail(file).types("id:int64,v:utf8");
        Random random = new Random(SEED);
        Files.writeString(file, "id,v\n");
        List<String> seen;
        try (Followed followed = new Followed(csv)) {
            followed.look(); // a file that is renamed before the first look belongs to the past
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(file, rows, new Random(SEED + 1)));
            while (!writer.isDone() || followed.rows.size() < rows) {
                followed.poll();
                if (random.nextInt(200) == 0) {
                    followed.restart();
                }
                if (writer.isDone()) {
                    writer.join();
                    followed.lookTwice();
                    break;
                }
            }
            seen = followed.look();
        }
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            expected.add(row + "|x" + row);
        }
        assertThat(seen).as("seed %d", SEED).isEqualTo(expected);
    }

    private static void write(Path file, int rows, Random random) {
        try {
            int rotations = 0;
            for (int row = 0; row < rows; row++) {
                String text = row + ",x" + row + "\n";
                int cut = random.nextInt(text.length());
                Files.writeString(file, text.substring(0, cut), StandardOpenOption.APPEND);
                Files.writeString(file, text.substring(cut), StandardOpenOption.APPEND);
                if (random.nextInt(300) == 0) {
                    Files.move(file, file.resolveSibling("t.csv." + String.format("2026%06d", rotations++)));
                    Files.writeString(file, "id,v\n");
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void nothingStaysOpen() throws Exception {
        Path open = Path.of("/proc/self/fd");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(open));
        Path file = directory.resolve("t.csv");
        Files.writeString(file, "id\n1\n");
        try (Followed followed = new Followed(Csv.tail(file))) {
            for (int rotation = 0; rotation < 50; rotation++) {
                followed.look();
                Files.move(file, directory.resolve("t.csv." + rotation));
                Files.writeString(file, "id\n1\n");
                followed.look();
                assertThat(openFiles(open)).hasSize(1);
            }
        }
        assertThat(openFiles(open)).isEmpty();
    }

    private List<Path> openFiles(Path open) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(open)) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.exists(descriptor, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    Path target = Files.readSymbolicLink(descriptor);
                    if (target.startsWith(directory.toRealPath()) && !Files.isDirectory(target)) {
                        found.add(target);
                    }
                }
            }
        }
        return found;
    }
}
