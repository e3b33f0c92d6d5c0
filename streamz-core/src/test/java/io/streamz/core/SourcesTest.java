package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class SourcesTest {
    @TempDir
    private Path directory;

    private static <T> List<T> run(Source<T> source) {
        try (var pipeline = Pipeline.create("sources")) {
            List<T> list = pipeline.read(source).sinkToList();
            pipeline.run();
            return list;
        }
    }

    /** Polls as often as there is something, without any thread. */
    private static <T> List<T> poll(Source<T> source) throws Exception {
        var list = new ArrayList<T>();
        while (source.poll(list::add) == Progress.EMITTED) {}
        return list;
    }

    @Test
    void iterablesIteratorsAndStreamsEnd() {
        assertThat(run(Sources.of(List.of(0, 1, 2)))).containsExactly(0, 1, 2);
        assertThat(run(Sources.of(List.of(0, 1).iterator()))).containsExactly(0, 1);
        var closed = new ArrayList<String>();
        assertThat(run(Sources.of(Stream.of(0, 1).onClose(() -> closed.add("closed")))))
                .containsExactly(0, 1);
        assertThat(closed).containsExactly("closed");
    }

    @Test
    void aSlowSinkStopsAnIterator() throws Exception {
        var taken = IntStream.range(0, 100).boxed().iterator();
        var clock = VirtualClock.atEpoch();
        try (var pipeline = Pipeline.create("slow", clock)) {
            var list = pipeline.read(Sources.of(taken))
                    .rateLimit(Duration.ofMillis(100))
                    .sinkToList();
            pipeline.start();
            while (list.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(list).containsExactly(0);
        }
        assertThat(taken.next()).isLessThanOrEqualTo(2); // 1 may have been in the emission that waited
    }

    @Test
    void anIterableGoesOnFromItsPosition() throws Exception {
        Source<Integer> first = Sources.of(List.of(0, 1, 2, 3));
        first.poll(x -> {});
        first.poll(x -> {});
        Source<Integer> second = Sources.of(List.of(0, 1, 2, 3));
        second.restore(first.position());
        assertThat(poll(second)).containsExactly(2, 3);
    }

    @Test
    void aQueueIsEmptiedAndPolledAgain() throws Exception {
        var queue = new ArrayBlockingQueue<Integer>(10);
        queue.addAll(List.of(1, 2));
        Source<Integer> source = Sources.of(queue, Duration.ofMillis(1));
        assertThat(poll(source)).containsExactly(1, 2);
        queue.add(3);
        assertThat(poll(source)).containsExactly(3);
    }

    @Test
    void aPeriodicSourceIsAskedOnceInEachInterval() {
        var clock = VirtualClock.atEpoch();
        var calls = new ArrayBlockingQueue<Long>(100);
        try (var pipeline = Pipeline.create("periodic", clock)) {
            pipeline.read(Sources.periodic(() -> clock.instant().toEpochMilli(), Duration.ofMillis(100)))
                    .sink(calls::put);
            pipeline.start();
            var seen = new ArrayList<Long>();
            while (seen.size() < 4) {
                Long call = calls.poll();
                if (call != null) {
                    seen.add(call);
                } else if (clock.pending() > 0) {
                    clock.advance(Duration.ofMillis(100));
                }
            }
            assertThat(seen).containsExactly(0L, 100L, 200L, 300L);
        }
    }

    @Test
    void randomItemsAreTheSameForTheSameSeed() {
        List<Integer> one = run(Sources.random(7, 5, r -> r.nextInt(100)));
        List<Integer> two = run(Sources.random(7, 5, r -> r.nextInt(100)));
        assertThat(one)
                .hasSize(5)
                .isEqualTo(two)
                .isNotEqualTo(run(Sources.random(8, 5, (RandomGenerator r) -> r.nextInt(100))));
    }

    @Test
    void linesOfAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "grün\nb\n\nc");
        assertThat(run(Sources.lines(file))).containsExactly("grün", "b", "", "c");
        assertThatThrownBy(() -> run(Sources.lines(directory.resolve("none"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no file");
    }

    @Test
    void aFollowedFileGivesALineWhenItsEndHasArrived() throws Exception {
        Path file = directory.resolve("f.txt");
        Source<String> source = Sources.follow(file, "\r\n", false, Duration.ofMillis(1));
        assertThat(poll(source)).isEmpty();
        Files.writeString(file, "one\r\ntw");
        assertThat(poll(source)).containsExactly("one");
        Files.writeString(file, "o\r", StandardOpenOption.APPEND);
        assertThat(poll(source)).isEmpty();
        Files.writeString(file, "\nthree\r\n", StandardOpenOption.APPEND);
        assertThat(poll(source)).containsExactly("two", "three");
        Files.writeString(file, "new\r\n");
        assertThat(poll(source)).containsExactly("new");
        source.close();
    }

    @Test
    void aFollowedFileCanBeginAtItsEndOrAtAPosition() throws Exception {
        Path file = Files.writeString(directory.resolve("e.txt"), "old\n");
        Source<String> source = Sources.follow(file, "\n", true, Duration.ofMillis(1));
        assertThat(poll(source)).isEmpty();
        Files.writeString(file, "data2\nhalf", StandardOpenOption.APPEND);
        assertThat(poll(source)).containsExactly("data2");
        Source<String> other = Sources.follow(file, "\n", false, Duration.ofMillis(1));
        other.restore(source.position());
        Files.writeString(file, " line\n", StandardOpenOption.APPEND);
        assertThat(poll(other)).containsExactly("half line");
        source.close();
        other.close();
    }

    @Test
    void filesOfADirectoryComeOnce() throws Exception {
        Files.writeString(directory.resolve("b.csv"), "");
        Files.writeString(directory.resolve("a.csv"), "");
        Files.writeString(directory.resolve("a.txt"), "");
        Source<Path> source = Sources.files(directory, "*.csv", Duration.ofMillis(1));
        var seen = new ArrayList<String>();
        source.poll(path -> seen.add(path.getFileName().toString()));
        source.poll(path -> seen.add(path.getFileName().toString()));
        Files.writeString(directory.resolve("c.csv"), "");
        source.poll(path -> seen.add(path.getFileName().toString()));
        assertThat(seen).containsExactly("a.csv", "b.csv", "c.csv");
    }

    @Test
    void aProcessGivesItsLinesAndAnUnfinishedLast() {
        assertThat(run(Sources.process(List.of("printf", "0\\n1\\n23")))).containsExactly("0", "1", "23");
        assertThatThrownBy(() -> run(Sources.process(List.of("false")))).hasMessageContaining("exit code 1");
        assertThatThrownBy(() -> run(Sources.process(List.of("no-such-program-here"))))
                .isInstanceOf(DataException.class);
    }

    /** In Python the child goes on. */
    @Test
    void aProcessIsEndedWithItsSource() throws Exception {
        Source<String> source = Sources.process(List.of("sh", "-c", "echo $$; exec sleep 1000"));
        var lines = new ArrayList<String>();
        while (lines.isEmpty()) {
            source.poll(lines::add);
        }
        ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.get(0))).orElseThrow();
        assertThat(child.isAlive()).isTrue();
        source.close();
        child.onExit().get();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aPublisherIsReadToItsEndOrItsFailure() {
        try (var publisher = new SubmissionPublisher<Integer>();
                var pipeline = Pipeline.create("publisher")) {
            List<Integer> list =
                    pipeline.<Integer>read(Sources.of(publisher, 2)).sinkToList();
            pipeline.start();
            while (publisher.getNumberOfSubscribers() == 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 1000; i++) {
                publisher.submit(i);
            }
            publisher.getExecutor().execute(publisher::close);
            pipeline.run();
            assertThat(list).hasSize(1000).startsWith(0, 1, 2).endsWith(999);
        }
    }

    @Test
    void anEndedStreamCanBeWrittenToATextFile() throws IOException {
        Path file = directory.resolve("out.txt");
        for (int run = 0; run < 2; run++) {
            try (var pipeline = Pipeline.create("text")) {
                pipeline.read(Sources.of(List.of(0, 1))).sinkToTextFile(file);
                pipeline.run();
            }
        }
        assertThat(Files.readString(file)).isEqualTo("0\n1\n0\n1\n");
    }

    /** Numbers from 0 on, two for each poll; notes what it is told. */
    private static class Numbers implements CommittingSource<Integer> {
        private final List<Long> completed = Collections.synchronizedList(new ArrayList<>());
        private int next;

        @Override
        public Progress poll(Output<? super Integer> out) {
            if (next == 8) {
                return Progress.END;
            }
            out.emit(next++);
            out.emit(next++);
            return Progress.EMITTED;
        }

        @Override
        public Position position() {
            return Position.START.with("next", next);
        }

        @Override
        public void completed(Position upTo) {
            completed.add(upTo.number("next"));
        }
    }

    @Test
    void aSourceThatCommitsIsToldInOrderWhatAsynchronousWorkHasFinished() {
        var source = new Numbers();
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        try (var pipeline = Pipeline.create("commits")) {
            pipeline.read(source).filter(x -> x != 3).sinkAsync(8, x -> {
                futures.add(new CompletableFuture<>());
                if (futures.size() == 7) {
                    futures.subList(2, 7).forEach(future -> future.complete(0));
                    assertThat(source.completed).isEmpty(); // 0 and 1 are not finished
                    futures.get(1).complete(0);
                    futures.get(0).complete(0);
                }
                return futures.get(futures.size() - 1);
            });
            pipeline.run();
        }
        assertThat(source.completed).isSorted().doesNotHaveDuplicates().endsWith(8L);
    }

    @Test
    void aSourceThatCommitsIsToldNothingBehindAFailure() {
        var source = new Numbers();
        try (var pipeline = Pipeline.create("commits")) {
            pipeline.read(source).map(x -> 1 / (x - 5)).sink(x -> {});
            assertThatThrownBy(pipeline::run).isInstanceOf(StreamException.class);
        }
        assertThat(source.completed).containsExactly(2L, 4L);
    }

    @Test
    void aSourceThatNobodyHearsCommits() {
        var source = new Numbers();
        try (var pipeline = Pipeline.create("commits")) {
            pipeline.read(source).map(x -> x + 1);
            pipeline.run();
        }
        assertThat(source.completed).containsExactly(2L, 4L, 6L, 8L);
    }

    @Test
    void aCommitThatFailsStopsThePipelineAndSaysWhich() {
        var source = new Numbers() {
            @Override
            public void completed(Position upTo) {
                throw new IllegalStateException("the broker is gone");
            }
        };
        try (var pipeline = Pipeline.create("commits")) {
            pipeline.read(source).sink(x -> {});
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("could not commit")
                    .hasMessageContaining("the broker is gone");
        }
    }
}
