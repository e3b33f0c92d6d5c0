package io.streamz.benchmarks.checkpoints;

import io.streamz.core.Checkpoint;
import io.streamz.frames.Pipeline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What one checkpoint a second costs a group-by that works as fast as it can, and how long one of a million keys takes.
 *
 * <p>One pipeline works through seconds with a checkpoint and seconds without, in turn: a pair of neighbours has the same state, the
 * same machine code and nearly the same other load on the machine. So that the cost stands out of the noise, a second with has
 * {@value #A_SECOND} checkpoints, and what it costs more is divided by that. The CPU time is that of the whole process, collector
 * and compiler included, for each row; a ratio is taken within a pair, and the median of all pairs is what counts. What the kernel
 * does later, when it writes pages to the disk, is no part of it.
 */
public final class CheckpointCost {
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    private static final com.sun.management.ThreadMXBean THREADS =
            ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
    private static final int KEYS = 100_000;
    private static final int MANY = 1_000_000;
    private static final int A_SECOND = 5;

    private CheckpointCost() {}

    /** Arguments: how many pairs of seconds, 30 unless given. */
    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        System.out.println(
                "| keys | bytes | CPU a row, with / without | rate, with / without | its own CPU | pause | in all |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|");
        for (boolean text : new boolean[] {false, true}) {
            paired(text, pairs);
        }
        System.out.println("\n| keys | bytes | first | median | worst | pause |\n|---|--:|--:|--:|--:|--:|");
        for (boolean text : new boolean[] {false, true}) {
            many(text);
        }
    }

    /** What a stretch of time did: nanoseconds and rows. */
    private record Stretch(double cpu, double wall, double rows) {
        static Stretch now(KeyedRows source) {
            return new Stretch(SYSTEM.getProcessCpuTime(), System.nanoTime(), source.rows());
        }

        Stretch until(Stretch end) {
            return new Stretch(end.cpu - cpu, end.wall - wall, end.rows - rows);
        }
    }

    /** One checkpoint, and what the thread that made it spent. */
    private record Made(Checkpoint checkpoint, long wall, long cpu) {
        static Made by(Pipeline pipeline) {
            long wall = System.nanoTime();
            long cpu = THREADS.getCurrentThreadCpuTime();
            Checkpoint made = pipeline.checkpoint();
            return new Made(made, System.nanoTime() - wall, THREADS.getCurrentThreadCpuTime() - cpu);
        }
    }

    private static void paired(boolean text, int pairs) throws Exception {
        run(text, KEYS, (pipeline, source) -> {
            for (int warm = 0; warm < 8; warm++) {
                second(pipeline, source, new ArrayList<>());
            }
            double[] cpu = new double[pairs];
            double[] rate = new double[pairs];
            List<Made> made = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                boolean first = pair % 2 == 0;
                Stretch one = second(pipeline, source, first ? made : null);
                Stretch two = second(pipeline, source, first ? null : made);
                Stretch with = first ? one : two;
                Stretch without = first ? two : one;
                cpu[pair] = 1 + (with.cpu / with.rows / (without.cpu / without.rows) - 1) / A_SECOND;
                rate[pair] = 1 + (with.rows / with.wall / (without.rows / without.wall) - 1) / A_SECOND;
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %,d %s | %,d | %s | %s | %.1f ms | %.1f ms | %.0f ms |%n",
                    KEYS,
                    text ? "utf8" : "int64",
                    made.get(0).checkpoint.bytes(),
                    spread(cpu),
                    spread(rate),
                    median(made.stream().mapToDouble(each -> each.cpu / 1e6)),
                    median(made.stream()
                            .mapToDouble(each -> each.checkpoint.pause().toNanos() / 1e6)),
                    median(made.stream().mapToDouble(each -> each.wall / 1e6)));
        });
    }

    /** A second of work, with checkpoints at equal distances where there is a list for them. */
    private static Stretch second(Pipeline pipeline, KeyedRows source, List<Made> made) throws InterruptedException {
        Stretch begin = Stretch.now(source);
        for (int part = 1; part <= A_SECOND; part++) {
            if (made != null) {
                made.add(Made.by(pipeline));
            }
            long until = (long) begin.wall + part * 1_000_000_000L / A_SECOND;
            Thread.sleep(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        }
        return begin.until(Stretch.now(source));
    }

    private static void many(boolean text) throws Exception {
        run(text, MANY, (pipeline, source) -> {
            while (source.rows() < 2L * MANY) {
                Thread.sleep(1);
            }
            List<Made> made = new ArrayList<>();
            for (int number = 0; number < 12; number++) {
                made.add(Made.by(pipeline));
                Thread.sleep(100);
            }
            double[] walls = made.stream().mapToDouble(each -> each.wall / 1e9).toArray();
            System.out.printf(
                    Locale.ROOT,
                    "| %,d %s | %,d | %.2f s | %.2f s | %.2f s | %.2f s |%n",
                    made.get(0).checkpoint.states().stream()
                            .mapToLong(Checkpoint.State::keys)
                            .max()
                            .orElse(0),
                    text ? "utf8" : "int64",
                    made.get(0).checkpoint.bytes(),
                    walls[0],
                    median(Arrays.stream(walls)),
                    Arrays.stream(walls).max().orElse(0),
                    median(made.stream()
                            .mapToDouble(each -> each.checkpoint.pause().toNanos() / 1e9)));
        });
    }

    /** What is measured of a pipeline that runs. */
    private interface Measured {
        void of(Pipeline pipeline, KeyedRows source) throws Exception;
    }

    private static void run(boolean text, int keys, Measured measured) throws Exception {
        Path folder =
                Files.createTempDirectory(Path.of("").toAbsolutePath().resolve("benchmarks/target"), "checkpoints");
        KeyedRows source = new KeyedRows(text, keys);
        try (Pipeline pipeline = Pipeline.create("cost")) {
            pipeline.checkpoints(folder);
            pipeline.read(source).groupBy("k").agg("count(), sum(v)").view();
            pipeline.start();
            measured.of(pipeline, source);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static double median(java.util.stream.DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** The median, and the quarters of the pairs below and above it. */
    private static String spread(double[] ratios) {
        double[] sorted = ratios.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f – %.3f)",
                sorted[sorted.length / 2],
                sorted[sorted.length / 4],
                sorted[3 * sorted.length / 4]);
    }
}
