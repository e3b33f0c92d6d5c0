package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Segments, boundaries, back pressure and acks with real threads; no test sleeps, each waits for what it needs. */
@Timeout(60)
final class ThreadsTest {
    private final Pipeline pipeline = Pipeline.create("threads");
    private final DataStream<Integer> source = pipeline.stream(Integer.class);
    private final Semaphore permits = new Semaphore(0);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        permits.release(1_000_000);
        pipeline.close();
    }

    private void slowly(Integer item) throws InterruptedException {
        entered.countDown();
        permits.acquire();
        seen.add(item);
    }

    private static Thread run(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void fourThreadsLoseNoUpdate() throws InterruptedException {
        var bare = DataStream.of(Integer.class);
        var last = new AtomicLong();
        bare.accumulate(0L, (sum, x) -> sum + x).sink(last::set);
        var threads = IntStream.range(0, 4)
                .mapToObj(i -> run(() -> {
                    for (int n = 0; n < 200_000; n++) {
                        bare.emit(1);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(last).hasValue(800_000);
    }

    @Test
    void aBufferTakesWhatItHoldsAndThenMakesEmittersWait() throws Exception {
        var queue = source.buffer(10);
        queue.sink(this::slowly);
        pipeline.start();
        source.emit(-1);
        entered.await(); // the sink has it in its hand, the queue is empty
        for (int i = 0; i < 10; i++) {
            source.emit(i);
        }
        assertThat(queue.node.queued()).isEqualTo(10);
        assertThat(source.tryEmit(10)).isFalse();
        Thread emitter = run(() -> source.emit(10));
        awaitWaiting(emitter);
        assertThat(seen).isEmpty();
        permits.release(1);
        emitter.join();
        permits.release(100);
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(seen).containsExactly(-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void aBufferIsBoundedByBytesToo() throws Exception {
        source.buffer(Buffer.<Integer>ofRows(1000).andBytes(100, x -> x)).sink(this::slowly);
        pipeline.start();
        source.emit(1);
        entered.await();
        source.emit(60);
        source.emit(60);
        assertThat(source.tryEmit(1)).isFalse();
        permits.release(1);
        source.emit(1); // waits until the sink has taken one
    }

    @Test
    void droppingBuffersCountWhatTheyDrop() throws Exception {
        var oldest = source.buffer(Buffer.<Integer>ofRows(2).whenFull(Overflow.DROP_OLDEST));
        oldest.sink(this::slowly);
        pipeline.start();
        source.emit(0);
        entered.await();
        for (int i = 1; i <= 5; i++) {
            source.emit(i);
        }
        permits.release(100);
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(seen).containsExactly(0, 4, 5);
        assertThat(oldest.node.dropped).isEqualTo(3);
    }

    @Test
    void dropNewestKeepsTheOldOnes() throws Exception {
        var newest = source.buffer(Buffer.<Integer>ofRows(2).whenFull(Overflow.DROP_NEWEST));
        newest.sink(this::slowly);
        pipeline.start();
        source.emit(0);
        entered.await();
        source.emitAll(List.of(1, 2, 3, 4));
        permits.release(100);
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(seen).containsExactly(0, 1, 2);
        assertThat(newest.node.dropped).isEqualTo(2);
    }

    @Test
    void anErrorBufferRefuses() throws Exception {
        source.buffer(Buffer.<Integer>ofRows(1).whenFull(Overflow.ERROR)).sink(this::slowly);
        pipeline.start();
        source.emit(0);
        entered.await();
        source.emit(1);
        assertThatThrownBy(() -> source.emit(2))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("full");
    }

    /** In Python the last of 1, 2, 3 is not seen before a further item comes. */
    @Test
    void latestLosesNoWakeUp() throws Exception {
        source.latest().sink(this::slowly);
        pipeline.start();
        source.emit(1);
        entered.await();
        source.emit(2);
        source.emit(3);
        permits.release(2);
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(seen).containsExactly(1, 3);
    }

    @Test
    void mapAsyncKeepsTheOrderOfTheItems() throws Exception {
        var futures = new ArrayList<CompletableFuture<Integer>>();
        var results = source.<Integer>mapAsync(Async.parallel(3), x -> {
                    var future = new CompletableFuture<Integer>();
                    futures.add(future);
                    return future;
                })
                .sinkToList();
        pipeline.start();
        source.emitAll(List.of(0, 1, 2));
        assertThat(source.tryEmit(3)).isFalse();
        futures.get(2).complete(12);
        futures.get(1).complete(11);
        assertThat(results).isEmpty();
        futures.get(0).complete(10);
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(results).containsExactly(10, 11, 12);
    }

    @Test
    void mapAsyncWithoutOrderEmitsWhatIsThere() throws Exception {
        var futures = new ArrayList<CompletableFuture<Integer>>();
        var results = new ArrayList<Integer>();
        var two = new CountDownLatch(1);
        source.<Integer>mapAsync(Async.parallel(3).unordered(), x -> {
                    var future = new CompletableFuture<Integer>();
                    futures.add(future);
                    return future;
                })
                .sink(x -> {
                    results.add(x);
                    two.countDown();
                });
        pipeline.start();
        source.emitAll(List.of(0, 1));
        futures.get(1).complete(11);
        two.await();
        futures.get(0).complete(10);
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(results).containsExactly(11, 10);
    }

    @Test
    void mapBlockingWaitsOnThreadsOfItsOwnVirtualOnesWhereTheJdkHasThem() throws Exception {
        var threads = new ConcurrentHashMap<Integer, Thread>();
        var both = new CyclicBarrier(2);
        var results = source.mapBlocking(Async.parallel(2), x -> {
                    threads.put(x, Thread.currentThread());
                    both.await(); // one thread would wait for ever
                    return x + 10;
                })
                .sinkToList();
        pipeline.start();
        source.emitAll(List.of(0, 1));
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(results).containsExactly(10, 11);
        boolean hasVirtual = Runtime.version().feature() >= 21;
        assertThat(threads.values())
                .allMatch(thread -> thread.getName().startsWith("threads-mapBlocking"))
                .allMatch(thread -> thread.getClass().getSimpleName().contains("Virtual") == hasVirtual);
    }

    @Test
    void whatMapBlockingThrowsIsTheCauseOfTheFailure() {
        source.mapBlocking(Async.parallel(2), x -> {
                    throw new IOException("no " + x);
                })
                .sinkToList();
        pipeline.start();
        source.emit(1);
        assertThatThrownBy(() -> pipeline.done().toCompletableFuture().get())
                .hasCauseInstanceOf(StreamException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("no 1")
                .hasMessageContaining("mapBlocking");
    }

    @Test
    void mapAsyncTriesAgainAndThenGoesByItsPolicy() throws Exception {
        var calls = new AtomicInteger();
        var results = source.<Integer>mapAsync(Async.parallel(1).retry(2, Duration.ofMillis(1)), x -> {
                    calls.incrementAndGet();
                    return x == 1
                            ? CompletableFuture.failedFuture(new IllegalStateException("no"))
                            : CompletableFuture.completedFuture(x);
                })
                .onError(OnError.SKIP)
                .sinkToList();
        pipeline.start();
        source.emitAll(List.of(0, 1, 2));
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(results).containsExactly(0, 2);
        assertThat(calls).hasValue(5);
    }

    @Test
    void mapAsyncGivesUpOnACallThatTakesTooLong() {
        source.mapAsync(Async.parallel(1).within(Duration.ofMillis(5)), x -> new CompletableFuture<Integer>())
                .sinkToList();
        pipeline.start();
        source.emit(0);
        assertThatThrownBy(pipeline::run)
                .isInstanceOf(StreamException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void theAckIsDoneWhenTheOtherSideOfABufferIsDone() throws Exception {
        source.buffer(10).sink(this::slowly);
        source.sink(x -> {});
        pipeline.start();
        CompletableFuture<Void> done = source.emitAsync(1);
        entered.await();
        assertThat(done).isNotDone();
        permits.release();
        done.get();
        assertThat(seen).containsExactly(1);
    }

    /** In Python the counter is released when update returns, not when the asynchronous sink has finished. */
    @Test
    void theAckWaitsForAnAsynchronousSink() throws Exception {
        var answer = new CompletableFuture<Void>();
        source.sinkAsync(2, x -> answer);
        pipeline.start();
        CompletableFuture<Void> done = source.emitAsync(1);
        assertThat(done).isNotDone();
        answer.complete(null);
        done.get();
    }

    @Test
    void anAckBehindABufferFailsWithTheItem() {
        source.buffer(10).map(x -> 1 / x).sink(x -> {});
        pipeline.start();
        assertThatThrownBy(() -> source.emitAsync(0).get()).hasRootCauseInstanceOf(ArithmeticException.class);
    }

    /** In Python the pump dies and the next emits block for ever. */
    @Test
    void aFailureBehindABufferStopsThePipelineLoudly() {
        source.buffer(1).map(x -> 1 / x).sink(x -> {});
        pipeline.start();
        source.emit(0);
        assertThatThrownBy(pipeline::run)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("threads > buffer > map failed on 0");
        assertThatThrownBy(() -> {
                    source.emit(1);
                    source.emit(1);
                    source.emit(1);
                })
                .isInstanceOf(StreamException.class);
    }

    @Test
    void whoListensToFailuresKeepsThePipelineGoing() throws Exception {
        var failures = source.failures().sinkToList();
        var results = source.buffer(1).map(x -> 1 / x).sinkToList();
        pipeline.start();
        source.emitAll(List.of(1, 0, 1));
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(results).containsExactly(1, 1);
        assertThat(failures).extracting(Failure::item).containsExactly(0);
    }

    @Test
    void aBranchThatRejoinsBehindABufferDoesNotDeadlock() throws Exception {
        var sums = source.zip(source.buffer(1), Integer::sum).sinkToList();
        pipeline.start();
        for (int i = 0; i < 10_000; i++) {
            source.emit(i);
        }
        source.end();
        pipeline.done().toCompletableFuture().get();
        assertThat(sums).hasSize(10_000).startsWith(0, 2, 4).endsWith(19_998);
    }

    @Test
    void twoGraphsThatEmitIntoEachOtherDoNotDeadlock() throws InterruptedException {
        var left = DataStream.of(Integer.class);
        var right = DataStream.of(Integer.class);
        var count = new AtomicInteger();
        left.sink(x -> {
            count.incrementAndGet();
            if (x > 0) {
                right.emit(x - 1);
            }
        });
        right.sink(x -> {
            count.incrementAndGet();
            if (x > 0) {
                left.emit(x - 1);
            }
        });
        Thread one = run(() -> IntStream.range(0, 2_000).forEach(i -> left.emit(5)));
        Thread two = run(() -> IntStream.range(0, 2_000).forEach(i -> right.emit(5)));
        one.join();
        two.join();
        assertThat(count).hasValue(4_000 * 6);
    }

    @Test
    void aZipMakesTheSideThatIsAheadWait() throws InterruptedException {
        var other = pipeline.stream(Integer.class);
        var pairs = Combine.<Integer>zip(2, source, other).stream().sinkToList();
        pipeline.start();
        source.emit(1);
        source.emit(2);
        assertThat(source.tryEmit(3)).isFalse();
        Thread emitter = run(() -> source.emit(3));
        awaitWaiting(emitter);
        other.emit(10);
        emitter.join();
        assertThat(pairs).containsExactly(List.of(1, 10));
    }

    @Test
    void aSinkCanBeAttachedWhileAnotherOneIsStuck() throws InterruptedException {
        var late = Collections.synchronizedList(new ArrayList<Integer>());
        source.sink(this::slowly);
        pipeline.start();
        Thread emitter = run(() -> source.emit(1));
        entered.await();
        source.sink(late::add); // returns although the lock is taken
        permits.release(2);
        emitter.join();
        source.emit(2);
        assertThat(seen).containsExactly(1, 2);
        assertThat(late).containsExactly(2);
    }

    @Test
    void anInterruptedEmitterStopsWaitingAndKeepsItsInterrupt() throws Exception {
        source.buffer(1).sink(this::slowly);
        pipeline.start();
        source.emit(0);
        entered.await();
        source.emit(1);
        var caught = new CompletableFuture<Boolean>();
        Thread emitter = run(() -> {
            try {
                source.emit(2);
            } catch (StreamException e) {
                caught.complete(Thread.currentThread().isInterrupted());
            }
        });
        awaitWaiting(emitter);
        emitter.interrupt();
        assertThat(caught.get()).isTrue();
    }

    @Test
    void anInterruptedRunClosesThePipelineAndKeepsTheInterrupt() throws Exception {
        source.buffer(1).sink(x -> {});
        var caught = new CompletableFuture<StreamException>();
        var interrupted = new CompletableFuture<Boolean>();
        Thread runner = run(() -> {
            try {
                pipeline.run();
            } catch (StreamException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
                caught.complete(e);
            }
        });
        awaitWaiting(runner);
        runner.interrupt();
        assertThat(caught.get().code()).isEqualTo("interrupted");
        assertThat(interrupted.get()).isTrue();
        assertThat(pipeline.health().state()).isEqualTo(Health.State.CLOSED);
        pipeline.done().toCompletableFuture().get();
    }

    @Test
    void closeIsPromptAndNamesAStuckSink() throws Exception {
        var stuck = new CountDownLatch(1);
        try (var other = Pipeline.create("stuck")) {
            var input = other.stream(Integer.class);
            input.buffer(1).named("queue").sink(x -> {
                entered.countDown();
                while (stuck.getCount() > 0) {
                    Thread.onSpinWait(); // deaf to interrupts
                }
            });
            other.start();
            input.emit(1);
            entered.await();
            long begin = System.nanoTime();
            assertThatThrownBy(other::close)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("stuck-queue")
                    .hasMessageContaining(" in stuck > queue > sink");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            stuck.countDown();
        }
    }

    @Test
    void closingAnIdlePipelineTakesNoTime() {
        pipeline.read(out -> Progress.idle()).buffer(10).sink(x -> {});
        source.buffer(10)
                .mapAsync(Async.parallel(2), CompletableFuture::completedFuture)
                .sink(x -> {});
        pipeline.start();
        long begin = System.nanoTime();
        pipeline.close();
        pipeline.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void aSourceStopsWhenNobodyWantsMore() {
        var polls = new AtomicInteger();
        List<Integer> three;
        try (var other = Pipeline.create("take")) {
            three = other.<Integer>read(out -> {
                        out.emit(polls.incrementAndGet());
                        return Progress.EMITTED;
                    })
                    .take(3)
                    .sinkToList();
            other.run();
        }
        assertThat(three).containsExactly(1, 2, 3);
        assertThat(polls.get()).isBetween(3, 4);
    }
}
