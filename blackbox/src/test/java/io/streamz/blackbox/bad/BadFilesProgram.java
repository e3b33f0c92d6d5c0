package io.streamz.blackbox.bad;

import io.streamz.core.StreamzException;
import io.streamz.frames.ArrowIpc;
import io.streamz.frames.Csv;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Pipeline;
import io.streamz.frames.RecordBatch;
import io.streamz.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Reads every file below a folder through a pipeline, and prints a line for each that does not end as it should; then how many. */
public final class BadFilesProgram {
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(20);
    private static final int HUNG = 3;

    private static volatile Path file;
    private static volatile long begun;

    private BadFilesProgram() {}

    /** Argument: the folder. */
    public static void main(String[] arguments) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        begun = System.nanoTime();
        Thread watchdog = new Thread(BadFilesProgram::watch, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        int refused = 0;
        for (Path each : files) {
            file = each;
            begun = System.nanoTime();
            refused += read(each) ? 0 : 1;
            if (RecordBatch.arrowBytes() != 0) {
                System.out.println(each + " leaves " + RecordBatch.arrowBytes() + " bytes");
            }
        }
        System.out.println(files.size() + " files, " + refused + " refused");
    }

    private static void watch() {
        while (System.nanoTime() - begun < DEADLINE) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
        System.out.println(file + " hangs");
        System.out.flush();
        Runtime.getRuntime().halt(HUNG);
    }

    /** Whether it could be read. */
    private static boolean read(Path each) {
        try (Pipeline pipeline = Pipeline.create("bad")) {
            pipeline.read(source(each)).sinkBatches(batch -> batch.root().getRowCount());
            pipeline.run();
            return true;
        } catch (StreamzException e) {
            if (!e.getMessage().contains(each.toString())) {
                System.out.println(each + " is not named: " + e);
            }
        } catch (RuntimeException | Error e) {
            System.out.println(each + " ends in " + e);
        }
        return false;
    }

    private static FrameSource source(Path each) {
        return switch (each.getParent().getFileName().toString()) {
            case "parquet" -> Parquet.read(each);
            case "arrow-ipc" -> ArrowIpc.read(each);
            default -> Csv.read(each);
        };
    }
}
