package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command, run in this JVM or as a process. */
final class Streamz {
    private static final long PATIENCE_SECONDS = 300;

    private Streamz() {}

    /** How a run ended and what it said. */
    record Ended(int code, String out, String err) {
        /** The run did what it was asked, without a word beside the answer. */
        Ended done() {
            assertThat(err).isEmpty();
            assertThat(code).isZero();
            return this;
        }

        /** The run was refused with one line and this exit code. */
        void refused(int exitCode, String... parts) {
            assertThat(err).startsWith("streamz: ").endsWith("\n").contains(parts);
            assertThat(err.lines()).hasSize(1);
            assertThat(err).doesNotContain("Exception", "\tat ");
            assertThat(out).isEmpty();
            assertThat(code).isEqualTo(exitCode);
        }
    }

    /** Runs {@code streamz} in this JVM with nothing on standard input. */
    static Ended run(String... args) {
        return run(InputStream.nullInputStream(), args);
    }

    static Ended runOn(String input, String... args) {
        return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
    }

    static Ended run(InputStream in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(args, in, out, new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Has the launcher build the command where its jar is not there yet, or older than a source. */
    static void build() {
        assertThat(process("--version").code()).isZero();
    }

    /** Runs {@code ./streamz} as a process. */
    static Ended process(String... args) {
        return new Launch().run(args);
    }

    /** A run of any command as a process: its folder, its environment, what it reads, where its answer goes. */
    static final class Launch {
        private final List<String> command = new ArrayList<>();
        private Path folder = Project.root();
        private Map<String, String> environment = Map.of();
        private Input input = out -> {};
        private Path output;

        /** What writes standard input. */
        interface Input {
            void write(OutputStream to) throws IOException;
        }

        Launch() {
            this(List.of(Project.root().resolve("streamz").toString()));
        }

        Launch(List<String> command) {
            this.command.addAll(command);
        }

        Launch in(Path path) {
            folder = path;
            return this;
        }

        Launch with(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        Launch reading(Input source) {
            input = source;
            return this;
        }

        Launch into(Path path) {
            output = path;
            return this;
        }

        Ended run(String... args) {
            command.addAll(List.of(args));
            try {
                return runToItsEnd();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private Ended runToItsEnd() throws IOException, InterruptedException {
            Path out = output == null ? Files.createTempFile("streamz", ".out") : output;
            Path err = Files.createTempFile("streamz", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            builder.environment().values().removeIf(String::isEmpty);
            Process process = builder.start();
            try (OutputStream to = process.getOutputStream()) {
                input.write(to);
            } catch (IOException e) {
                // The process may end before it has read everything; its exit code tells.
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end; it said: " + Files.readString(err));
            }
            String said = Files.readString(err);
            Files.delete(err);
            if (output != null) {
                return new Ended(process.exitValue(), "", said);
            }
            String answer = Files.readString(out);
            Files.delete(out);
            return new Ended(process.exitValue(), answer, said);
        }
    }
}
