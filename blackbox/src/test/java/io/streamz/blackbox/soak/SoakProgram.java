package io.streamz.blackbox.soak;

import static io.streamz.frames.Frames.tumbling;

import com.sun.management.UnixOperatingSystemMXBean;
import io.streamz.frames.Csv;
import io.streamz.frames.Pipeline;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.View;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tail job with a group-by, windows, callbacks, Arrow vectors and checkpoints over a file that grows and is rotated: a moment as fast as it
 * can, then at 70 % of that. Prints what it holds after a collection, again and again, and how that went.
 */
public final class SoakProgram {
    private static final double SHARE = 0.7;

    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong vectors = new AtomicLong();
    private final List<Sample> samples = new ArrayList<>();

    private SoakProgram() {}

    /** What is held at one moment; times in seconds, sizes in bytes. */
    private record Sample(double time, long heap, long vectors, int threads, long files) {}

    /** Arguments: a folder, and the seconds of the part at 70 %. */
    public static void main(String[] arguments) throws Exception {
        new SoakProgram().run(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    private void run(Path folder, int seconds) throws Exception {
        try (GrowingLog log = new GrowingLog(folder.resolve("app.csv"), seen::get);
                Pipeline pipeline = Pipeline.create("soak")) {
            View all = plan(pipeline, folder);
            pipeline.start();
            log.start();
            double most = most(seconds);
            log.pace(SHARE * most);
            long before = seen.get();
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < seconds * 1e9) {
                Thread.sleep(Math.max(500, seconds * 1000 / 60));
                sample((System.nanoTime() - begin) / 1e9);
            }
            double kept = (seen.get() - before) / ((System.nanoTime() - begin) / 1e9);
            log.stop();
            while (seen.get() < log.written()) {
                Thread.sleep(10);
                if (pipeline.done().toCompletableFuture().isDone()) {
                    pipeline.run(); // throws what has stopped it
                }
            }
            pipeline.checkpoint(); // everything that was read is in the table now
            long counted = all.now().toRows().get(0).int64("count");
            report(most, kept, log, counted);
        }
        System.out.println("left: " + RecordBatch.arrowBytes() + " bytes, "
                + Thread.getAllStackTraces().keySet().stream()
                        .filter(each -> each.getName().startsWith("soak"))
                        .count()
                + " threads");
    }

    private View plan(Pipeline pipeline, Path folder) {
        pipeline.checkpoints(folder.resolve("state").toString(), "1s");
        StreamFrame rows = pipeline.read(
                Csv.tail(folder.resolve("app.csv")).types(GrowingLog.TYPES).every("20ms"));
        rows.groupBy("k").agg("count(), sum(v), mean(v)").changes().sink(row -> told.incrementAndGet());
        rows.eventTime("t")
                .window(tumbling("1m"))
                .groupBy("k")
                .agg("count(), max(v)")
                .sink(row -> told.incrementAndGet());
        View all = rows.agg("count()").view();
        rows.sinkBatches(batch -> {
            batch.root();
            vectors.accumulateAndGet(RecordBatch.arrowBytes(), Math::max);
            seen.addAndGet(batch.rows());
        });
        return all;
    }

    /** Rows a second as fast as it goes, once the JVM is warm. */
    private double most(int seconds) throws InterruptedException {
        int part = Math.max(2, Math.min(10, seconds / 4));
        Thread.sleep(part * 1000L);
        long rows = seen.get();
        long begin = System.nanoTime();
        Thread.sleep(part * 1000L);
        return (seen.get() - rows) / ((System.nanoTime() - begin) / 1e9);
    }

    private void sample(double time) {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
        Sample sample = new Sample(time, heap, vectors.getAndSet(0), Thread.activeCount(), files);
        samples.add(sample);
        System.out.printf(
                Locale.ROOT,
                "%.0f s: heap %d, vectors %d, threads %d, files %d%n",
                sample.time,
                sample.heap,
                sample.vectors,
                sample.threads,
                sample.files);
    }

    private void report(double most, double kept, GrowingLog log, long counted) throws IOException {
        List<Sample> settled = samples.subList(samples.size() / 3, samples.size());
        List<Sample> early = settled.subList(0, settled.size() / 2);
        List<Sample> late = settled.subList(settled.size() / 2, settled.size());
        System.out.printf(Locale.ROOT, "most: %.0f rows/s%n", most);
        System.out.printf(Locale.ROOT, "kept: %.0f rows/s%n", kept);
        System.out.printf("waits: %d%n", log.waits());
        System.out.printf("rows: %d of %d%n", counted, log.written());
        System.out.printf("told: %d%n", told.get());
        System.out.printf("heap: %d then %d%n", heap(early), heap(late));
        System.out.printf(Locale.ROOT, "slope: %.3f MB/min%n", slope(settled));
        System.out.printf("vectors: %d then %d%n", vectors(early), vectors(late));
        System.out.printf("threads: %d then %d%n", settled.get(0).threads, samples.get(samples.size() - 1).threads);
        System.out.printf("files: %d then %d%n", files(early), files(late));
    }

    private static long heap(List<Sample> some) {
        return some.stream()
                .mapToLong(Sample::heap)
                .sorted()
                .skip(some.size() / 2)
                .findFirst()
                .orElse(0);
    }

    private static long vectors(List<Sample> some) {
        return some.stream().mapToLong(Sample::vectors).max().orElse(0);
    }

    private static long files(List<Sample> some) {
        return some.stream().mapToLong(Sample::files).max().orElse(0);
    }

    /** Of the line of least squares through the heap. */
    private static double slope(List<Sample> some) {
        double time = some.stream().mapToDouble(Sample::time).average().orElse(0);
        double heap = some.stream().mapToDouble(Sample::heap).average().orElse(0);
        double above = some.stream()
                .mapToDouble(s -> (s.time - time) * (s.heap - heap))
                .sum();
        double below = some.stream()
                .mapToDouble(s -> (s.time - time) * (s.time - time))
                .sum();
        return above / below * 60 / (1 << 20);
    }
}
