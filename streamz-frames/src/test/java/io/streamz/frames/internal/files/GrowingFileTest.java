package io.streamz.frames.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.Position;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two that would write one file: the second is refused, and what the first has written stays. Copies and what is left behind. */
@Timeout(60)
final class GrowingFileTest {
    @TempDir
    Path folder;

    private Path path;
    private Path growing;

    @BeforeEach
    void names() {
        path = folder.resolve("out.csv");
        growing = folder.resolve(".out.csv.pending");
    }

    private static void write(GrowingFile file, String text) throws IOException {
        file.out().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void isRefused(Path file, Position saved) {
        try (GrowingFile second = new GrowingFile(file)) {
            assertThatThrownBy(() -> second.resume(saved))
                    .isInstanceOf(DataException.class)
                    .hasMessage("cannot write " + file
                            + ": another job that runs is writing it; let each job write a file of its own");
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aSecondOneInThisProcessIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        try (GrowingFile first = new GrowingFile(path)) {
            assertThat(first.resume(Position.START)).isFalse();
            write(first, "a\n");
            Position saved = first.save();
            for (Path same :
                    List.of(path, link.resolve("out.csv"), folder.resolve("../" + folder.getFileName() + "/out.csv"))) {
                isRefused(same, Position.START);
                isRefused(same, saved);
            }
            try (OtherProcess other = OtherProcess.hold(growing)) {
                assertThat(other.isIn()).as("the system's lock is still there").isFalse();
            }
            write(first, "b\n");
            first.commit();
        }
        assertThat(path).hasContent("a\nb\n");
        assertThat(files()).containsExactly("link", "out.csv");
        Path other = Files.createSymbolicLink(folder.resolve("other.csv"), path);
        try (GrowingFile first = new GrowingFile(path)) {
            first.resume(Position.START);
            isRefused(other, Position.START);
        }
        assertThat(files()).containsExactly("link", "other.csv", "out.csv");
        assertThat(path).hasContent("a\nb\n");
    }

    @Test
    void aSecondOneInAnotherProcessIsRefusedUntilThatIsKilled() throws Exception {
        Position saved = saved("a\n");
        try (OtherProcess other = OtherProcess.hold(growing)) {
            assertThat(other.isIn()).isTrue();
            isRefused(path, Position.START);
            isRefused(path, saved);
            assertThat(growing).hasContent("a\n");
        }
        try (GrowingFile next = new GrowingFile(path)) {
            assertThat(next.resume(saved)).isTrue();
            write(next, "b\n");
            next.commit();
        }
        assertThat(path).hasContent("a\nb\n");
        assertThat(files()).containsExactly("out.csv");
    }

    private Position saved(String text) throws IOException {
        try (GrowingFile before = new GrowingFile(path)) {
            before.resume(Position.START);
            write(before, text);
            return before.save();
        }
    }

    /** Each of many that begin at the same moment either has the file for itself, or is refused. */
    @Test
    void ofManyAtOnceOneHasIt() throws Exception {
        int many = 4;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        CyclicBarrier together = new CyclicBarrier(many);
        try {
            for (int round = 0; round < 50; round++) {
                List<Callable<String>> tries = new ArrayList<>();
                for (int number = 0; number < many; number++) {
                    String text = round + " " + number + "\n";
                    tries.add(() -> {
                        together.await();
                        try (GrowingFile file = new GrowingFile(path)) {
                            file.resume(Position.START);
                            write(file, text);
                            file.commit();
                            return text;
                        } catch (DataException e) {
                            assertThat(e.code()).isEqualTo("output-in-use");
                            return "";
                        }
                    });
                }
                List<String> written = new ArrayList<>();
                for (Future<String> one : threads.invokeAll(tries)) {
                    written.add(one.get());
                }
                assertThat(written).contains(Files.readString(path));
                assertThat(files()).containsExactly("out.csv");
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aCopyThatIsHalfThereIsMadeAnew() throws IOException {
        Position saved = saved("a\nb\n");
        Files.move(growing, path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        for (String half : List.of("", "a", "a\nb", "x\ny\nz\n")) {
            Files.writeString(growing, half);
            try (GrowingFile next = new GrowingFile(path)) {
                assertThat(next.resume(saved)).as(half).isTrue();
                write(next, "c\n");
                assertThat(growing).hasContent("a\nb\nc\n");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(growing)))
                        .isEqualTo("rw-r-----");
            }
        }
        assertThat(path).hasContent("a\nb\n");
    }

    @Test
    void whatIsNotThereAnyMoreIsSaidWithWhatCanBeDone() throws IOException {
        Position saved = saved("a\n");
        Files.delete(growing);
        assertThatThrownBy(() -> resumed(saved))
                .hasMessage(
                        "cannot go on with " + path + ": the 2 bytes that the checkpoint knows are not there any more; "
                                + "put back out.csv, or .out.csv.pending if it was not whole yet, write to another file, "
                                + "or start anew in an empty folder of checkpoints");
        assertThat(files()).as("nothing is left behind").isEmpty();
        Files.writeString(path, "somebody's\n");
        assertThatThrownBy(() -> resumed(saved)).isInstanceOf(DataException.class);
        assertThat(files()).containsExactly("out.csv");
        Files.writeString(growing, "b\n");
        assertThatThrownBy(() -> resumed(saved)).isInstanceOf(DataException.class);
        assertThat(growing).as("perhaps another's").hasContent("b\n");
        assertThat(path).hasContent("somebody's\n");
    }

    private void resumed(Position saved) throws IOException {
        try (GrowingFile file = new GrowingFile(path)) {
            file.resume(saved);
        }
    }

    /** What one process has hidden is not deleted by another that begins, although this one looked at it. */
    @Test
    void whoeverLooksForWhatWasLeftLetsGoOfNoLock() throws Exception {
        try (PendingFile first = new PendingFile(path)) {
            Path hidden = folder.resolve(files().get(0));
            try (PendingFile second = new PendingFile(folder.resolve("../" + folder.getFileName() + "/out.csv"))) {
                assertThat(files()).hasSize(2);
                second.out().write('2');
                try (OtherProcess other = OtherProcess.hold(hidden)) {
                    assertThat(other.isIn()).isFalse();
                }
                second.commit();
            }
            first.out().write('1');
            first.commit();
        }
        assertThat(path).hasContent("1");
        assertThat(files()).containsExactly("out.csv");
    }

    /** Holds the lock of a file until it is killed, if it gets it. */
    static final class OtherProcess implements AutoCloseable {
        private final Process process;

        private OtherProcess(Process process) {
            this.process = process;
        }

        public static void main(String[] args) throws IOException {
            try (var file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                boolean isIn = file.tryLock() != null;
                System.out.write(isIn ? '+' : '-');
                System.out.flush();
                if (isIn) {
                    System.in.read();
                }
            }
        }

        static OtherProcess hold(Path file) throws Exception {
            Path classes = Path.of(OtherProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return new OtherProcess(
                    new ProcessBuilder(java, "-cp", classes.toString(), OtherProcess.class.getName(), file.toString())
                            .start());
        }

        boolean isIn() throws IOException {
            int said = process.getInputStream().read();
            assertThat(said).isIn((int) '+', (int) '-');
            return said == '+';
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
