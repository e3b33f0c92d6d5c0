package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the counters of nodes that call a function say: at rest, after failures of every policy, and while a call hangs. */
@Timeout(60)
final class MetricsTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 200);

    private final VirtualClock clock = VirtualClock.atEpoch();
    private final Pipeline pipeline = Pipeline.create("metrics", clock);
    private final DataStream<Integer> source = pipeline.stream(Integer.class);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        pipeline.close();
    }

    /** A node that calls a function for each item; a filter lets nothing through where {@code x % 4 == 1}. */
    enum Kind {
        MAP,
        FILTER,
        ACCUMULATE,
        SINK;

        /** Adds it below a stream; items reach {@code code} first, which may throw. */
        Node<?, ?> below(DataStream<Integer> stream, Receiver<Integer> code) {
            switch (this) {
                case MAP -> stream.map(x -> called(code, x)).sink(x -> {});
                case FILTER -> stream.filter(x -> called(code, x) % 4 != 1).sink(x -> {});
                case ACCUMULATE ->
                    stream.accumulate(0, (sum, x) -> sum + called(code, x)).sink(x -> {});
                case SINK -> stream.sink(code);
            }
            return stream.node.down().get(stream.node.down().size() - 1).to();
        }

        boolean rejects(int item) {
            return this == FILTER && item % 4 == 1;
        }

        private static int called(Receiver<Integer> code, int item) {
            try {
                code.accept(item);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return item;
        }
    }

    /** What is expected, counted as the items are made. */
    private static final class Counts {
        long in;
        long out;
        long dropped;
        long failed;

        List<Long> list() {
            return List.of(in, out, dropped, failed);
        }
    }

    private static List<Long> counts(Node<?, ?> node) {
        NodeMetrics metrics = node.metrics();
        return List.of(metrics.in(), metrics.out(), metrics.dropped(), metrics.failed());
    }

    /** An item of 200 or more fails for good, one of 20 or more at its first attempt. */
    private static Receiver<Integer> failing(boolean retries) {
        var attempts = new AtomicInteger();
        return x -> {
            if (x >= 200 || x >= 20 && (!retries || attempts.getAndIncrement() % 2 == 0)) {
                throw new IllegalStateException("not " + x);
            }
        };
    }

    static Stream<OnError> policies() {
        return Stream.of(OnError.FAIL, OnError.SKIP, OnError.DEAD_LETTER, OnError.value(2))
                .flatMap(last -> Stream.of(last, OnError.retry(1, Duration.ZERO, last)));
    }

    private static void count(Kind kind, OnError policy, int item, Counts counts) {
        boolean retries = policy.kind == OnError.Kind.RETRY;
        OnError.Kind last = retries ? policy.last.kind : policy.kind;
        boolean fails = item >= 200 || item >= 20 && !retries;
        counts.in++;
        counts.failed += fails ? 1 : 0;
        counts.dropped += fails ? last == OnError.Kind.SKIP ? 1 : 0 : kind.rejects(item) ? 1 : 0;
        counts.out += fails ? last == OnError.Kind.VALUE ? 1 : 0 : kind.rejects(item) ? 0 : 1;
    }

    /** Items that end differently, in random order, in emissions of one and of many. */
    @ParameterizedTest
    @MethodSource("policies")
    void countersAreThoseOfWhatHappened(OnError policy) {
        for (Kind kind : Kind.values()) {
            for (int seed = 0; seed < TRIES / 10; seed++) {
                assertThatCountsAreRight(kind, policy, seed);
            }
        }
    }

    private static void assertThatCountsAreRight(Kind kind, OnError policy, int seed) {
        var random = new Random(seed);
        var bare = DataStream.of(Integer.class);
        Node<?, ?> node = kind.below(bare, failing(policy.kind == OnError.Kind.RETRY));
        node.onError = policy;
        if (random.nextBoolean()) {
            new DataStream<>(node).deadLetters().sink(letter -> {});
        }
        if (random.nextBoolean()) {
            bare.failures().sink(failure -> {});
        }
        var expected = new Counts();
        for (int left = random.nextInt(30); left > 0; left--) {
            List<Integer> items = new ArrayList<>();
            for (int more = random.nextInt(40); more > 0; more--) {
                items.add(random.nextInt(10) + (random.nextInt(8) == 0 ? 200 : random.nextInt(8) == 0 ? 20 : 0));
            }
            emit(bare, items);
            // What comes after the first failure that is thrown is not emitted.
            long came = node.metrics().in() - expected.in;
            items.stream().limit(came).forEach(item -> count(kind, policy, item, expected));
            assertThat(counts(node)).as("%s, %s, seed %s", kind, policy, seed).isEqualTo(expected.list());
            assertThat(node.isRunning()).isFalse();
        }
    }

    private static void emit(DataStream<Integer> stream, List<Integer> items) {
        try {
            if (items.size() == 1) {
                stream.emit(items.get(0));
            } else {
                stream.emitAll(items);
            }
        } catch (StreamException e) {
            assertThat(e).hasMessageContaining("failed on");
        }
    }

    @Test
    void whatIsEmittedBelowAFunctionCountsAsComeOut() {
        var doubled = source.map(x -> 2 * x);
        pipeline.start();
        source.emit(1);
        doubled.emit(7);
        doubled.emitAll(List.of(8, 9));
        assertThat(counts(doubled.node)).containsExactly(1L, 4L, 0L, 0L);
        assertThat(doubled.node.isRunning()).isFalse();
    }

    private Thread emit(int item) {
        var thread = new Thread(() -> source.emit(item));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void hang() throws InterruptedException {
        entered.countDown();
        released.await();
    }

    private List<String> atWork() {
        var busy = new ArrayList<String>();
        for (NodeMetrics each : pipeline.metrics()) {
            if (each.busyNanos() > 0) {
                busy.add(each.path());
            }
        }
        return busy;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aCallThatHangsHasComeInAndNotGoneOut(Kind kind) throws InterruptedException {
        Node<?, ?> node = kind.below(source, x -> {
            if (x == 8) {
                hang();
            }
        });
        pipeline.sampleBusyTime(Duration.ofMillis(1)).start();
        source.emit(4);
        Thread emitter = emit(8);
        entered.await();
        clock.advance(Duration.ofMillis(2));
        assertThat(counts(node)).containsExactly(2L, 1L, 0L, 0L);
        assertThat(atWork()).containsExactly(node.wiring.path());
        released.countDown();
        emitter.join();
        assertThat(counts(node)).containsExactly(2L, 2L, 0L, 0L);
    }

    static Kind[] kinds() {
        return Kind.values();
    }

    @Test
    void aCallThatWaitsForItsNextAttemptHangsToo() throws InterruptedException {
        var fails = source.map(x -> x / (x - 1)).onError(OnError.retry(1, Duration.ofMillis(5), OnError.SKIP));
        pipeline.start();
        Thread emitter = emit(1);
        while (clock.pending() == 0) {
            Thread.onSpinWait();
        }
        assertThat(counts(fails.node)).containsExactly(1L, 0L, 0L, 0L);
        assertThat(fails.node.isRunning()).isTrue();
        clock.advance(Duration.ofMillis(5));
        emitter.join();
        assertThat(counts(fails.node)).containsExactly(1L, 0L, 1L, 1L);
    }

    @Test
    void whatHangsBelowAnOperatorIsTheFunctionAndNotTheOperator() throws InterruptedException {
        source.flatMap(x -> List.of(x, x)).map(x -> {
            Kind.called(y -> hang(), x);
            return x;
        });
        pipeline.sampleBusyTime(Duration.ofMillis(1)).start();
        emit(1);
        entered.await();
        clock.advance(Duration.ofMillis(2));
        assertThat(atWork()).containsExactly("metrics > flatMap > map");
    }

    @Test
    void anOperatorThatHangsAfterItsEmissionIsNotTakenForWhatItHasEmittedTo() throws InterruptedException {
        source.<Integer>pipe("slow", () -> (x, out) -> {
                    out.emit(x);
                    Kind.called(y -> hang(), x);
                })
                .sink(x -> {});
        pipeline.sampleBusyTime(Duration.ofMillis(1)).start();
        emit(1);
        entered.await();
        clock.advance(Duration.ofMillis(2));
        assertThat(atWork()).containsExactly("metrics > slow");
    }
}
