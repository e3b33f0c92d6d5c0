package io.streamz.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A contestant in a process of its own, which it gets lines from and answers with lines: first the job, then {@code answer
 * PATH} and {@code run TIMES}. The process measures its own CPU time, all of its threads.
 */
final class External implements Contestant {
    /** Reads the file that the process wrote its answer to. */
    interface AnswerFile {
        Answer read(Path file) throws Exception;
    }

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;
    private final Path file;
    private final AnswerFile reader;

    /**
     * Starts the process and hands it the job.
     *
     * @param file where it is to write its answer
     */
    External(List<String> command, Map<String, String> environment, String job, Path file, AnswerFile reader)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        process = builder.start();
        in = process.outputWriter();
        out = process.inputReader();
        this.file = file;
        this.reader = reader;
        expect("ready", ask(job));
    }

    private String ask(String line) throws IOException {
        in.write(line);
        in.newLine();
        in.flush();
        String reply = out.readLine();
        if (reply == null || reply.startsWith("error")) {
            throw new IOException("asked for '" + line + "', the process said "
                    + (reply == null ? "nothing and ended" : "'" + reply + "'"));
        }
        return reply;
    }

    private static void expect(String wanted, String reply) throws IOException {
        if (!reply.equals(wanted)) {
            throw new IOException("the process said '" + reply + "' instead of '" + wanted + "'");
        }
    }

    @Override
    public Answer answer() throws Exception {
        expect("done", ask("answer " + file));
        return reader.read(file);
    }

    @Override
    public Timing run(int times) throws Exception {
        return new Timing(1000 * Long.parseLong(ask("run " + times)), 0, -1);
    }

    @Override
    public void close() throws Exception {
        in.close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
