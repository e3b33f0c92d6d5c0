package io.streamz.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a process at the first poll and emits its lines. Reads only what is there, so that a poll does not wait. */
final class ProcessSource implements Source<String> {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final List<String> command;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Process process;

    ProcessSource(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public Progress poll(Output<? super String> out) throws IOException {
        if (process == null) {
            process = start();
        }
        boolean wasAlive = process.isAlive(); // asked first: what it printed before its end stands in the pipe
        InputStream printed = process.getInputStream();
        int count = printed.available();
        if (count == 0 && wasAlive) {
            return Progress.idle(LOOK_AGAIN);
        }
        byte[] bytes = count > 0 ? printed.readNBytes(count) : printed.readAllBytes();
        for (byte b : bytes) {
            if (b == '\n') {
                emitLine(out);
            } else {
                line.write(b);
            }
        }
        if (bytes.length > 0 || wasAlive) {
            return Progress.EMITTED;
        }
        if (line.size() > 0) {
            emitLine(out);
        }
        if (process.exitValue() != 0) {
            throw new DataException(
                    "process-failed", command.get(0), command + " ended with exit code " + process.exitValue(), "");
        }
        return Progress.END;
    }

    private void emitLine(Output<? super String> out) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        out.emit(text);
    }

    private Process start() {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            started.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new DataException(
                    "no-process", command.get(0), "cannot start " + command + ": " + e.getMessage(), "", e);
        }
    }

    /** Ends the child, softly first, and does not leave before it is gone. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(500, TimeUnit.MILLISECONDS);
            }
            process.getInputStream().close();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new DataException("process-close", command.get(0), "cannot close " + command + ": " + e, "", e);
        }
    }
}
