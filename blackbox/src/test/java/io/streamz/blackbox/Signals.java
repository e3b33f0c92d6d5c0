package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes that are spoken to while they run. */
final class Signals {
    private static final int THREAD_NAME = 15;
    private static final int ENOUGH = 30;

    private Signals() {}

    /** A shell's background job inherits ignored interrupts, and so do the processes that it starts. */
    static void assumeHeard() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status));
        long ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .findFirst()
                .orElse(0);
        assumeTrue((ignored & 2) == 0, "interrupts are ignored here");
    }

    static void send(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Waits until the rows that are given as they come hold a line. */
    static String readUntil(InputStream out, String line) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().contains(line)) {
            int next = out.read();
            assertThat(next).as("the end came before " + line + " in " + text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    /** Waits until a process's thread of a name, of which the system knows the first letters, has nothing to do. */
    static void awaitRest(Process process, String name) throws Exception {
        String known = name.substring(0, Math.min(THREAD_NAME, name.length()));
        int rests = 0;
        while (rests < ENOUGH) {
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
                    .as("it ended")
                    .isFalse();
            rests = rests(process, known) ? rests + 1 : 0;
        }
    }

    private static boolean rests(Process process, String name) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return threads.anyMatch(thread -> {
                try {
                    return Files.readString(thread.resolve("stat")).contains("(" + name + ") S ");
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }
}
