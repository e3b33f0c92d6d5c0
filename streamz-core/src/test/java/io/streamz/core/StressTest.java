package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many items, many rounds. */
@Timeout(300)
final class StressTest {

    /** Run in a JVM of its own with 64 MB: so many items through a buffer of 1,000 into a sink that is slower. */
    static final class TenMillion {
        private static final int ITEMS = 10_000_000;
        private static final int BOUND = 1_000;

        public static void main(String[] args) {
            var sum = new AtomicLong();
            var largest = new AtomicLong();
            try (var pipeline = Pipeline.create("ten-million")) {
                var source = pipeline.stream(byte[].class);
                var buffer = source.buffer(BOUND);
                buffer.sink(item -> {
                    long before = sum.get();
                    sum.set(before + item[0]);
                    if (before % 4096 == 0) {
                        largest.accumulateAndGet(buffer.metrics().queued(), Math::max);
                        Thread.sleep(0, 1000);
                    }
                });
                pipeline.start();
                for (int i = 0; i < ITEMS; i++) {
                    var item = new byte[200];
                    item[0] = 1;
                    source.emit(item);
                }
                source.end();
                pipeline.run();
            }
            System.out.println(sum.get() + " items, at most " + largest.get() + " at a time");
            System.exit(sum.get() == ITEMS && largest.get() <= BOUND && largest.get() > BOUND / 2 ? 0 : 1);
        }
    }

    @Test
    void tenMillionItemsPassABufferInSixtyFourMegabytesWithoutLoss() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TenMillion.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(printed).isZero();
    }

    private static long descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("round"))
                .count();
    }

    private static void round(int number, AtomicInteger items) {
        try (var pipeline = Pipeline.create("round-" + number)) {
            var source = pipeline.read(Sources.of(List.of(1, 2, 3)));
            source.buffer(10)
                    .mapAsync(Async.parallel(2), CompletableFuture::completedFuture)
                    .sink(x -> items.incrementAndGet());
            pipeline.stream(Integer.class)
                    .timedWindow(Duration.ofMillis(1))
                    .latest()
                    .sink(x -> {});
            pipeline.start();
            if (number % 2 == 0) {
                while (items.get() < 3) {
                    Thread.onSpinWait();
                }
                items.set(0);
            }
        }
    }

    @Test
    void aThousandRoundsOfStartAndCloseLeaveNothingBehind() {
        var items = new AtomicInteger();
        round(0, items);
        long before = descriptors();
        for (int i = 1; i <= 1_000; i++) {
            items.set(0);
            round(i, items);
        }
        while (threads() > 0) {
            Thread.onSpinWait(); // a timer thread may take a moment to end
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before + 2);
    }

    @Test
    void aDestroyedNodeIsNotKeptByItsStream() {
        var source = DataStream.of(Integer.class);
        var seen = new AtomicInteger();
        for (int i = 0; i < 10_000; i++) {
            Sink sink = source.map(x -> x + 1).sink(x -> seen.incrementAndGet());
            source.node.down().forEach(edge -> edge.to().destroy());
            sink.close();
        }
        source.emit(1);
        assertThat(seen).hasValue(0);
        assertThat(source.node.down()).isEmpty();
    }
}
