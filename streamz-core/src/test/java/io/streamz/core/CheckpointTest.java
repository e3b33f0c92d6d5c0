package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class CheckpointTest {
    private static final int COUNT = 60;

    @TempDir
    Path folder;

    /** Gives numbers up to a bound and waits there; the position is how many it has given. */
    static final class Numbers implements Source<Integer> {
        private final int count;
        private final boolean ends;
        private int next;

        Numbers(int count, boolean ends) {
            this.count = count;
            this.ends = ends;
        }

        @Override
        public Progress poll(Output<? super Integer> out) {
            if (next >= count) {
                return ends ? Progress.END : Progress.idle();
            }
            out.emit(next * 7919 % 23);
            next++;
            return Progress.EMITTED;
        }

        @Override
        public Position position() {
            return Position.START.with("next", next);
        }

        @Override
        public void restore(Position position) {
            next = (int) position.number("next");
        }
    }

    private record Plan(String name, BiFunction<Pipeline, DataStream<Integer>, DataStream<?>> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Plan plan(String name, Function<DataStream<Integer>, DataStream<?>> steps) {
        return new Plan(name, (pipeline, source) -> steps.apply(source));
    }

    static Stream<Plan> plans() {
        Codec<Integer> number = Codec.INT;
        return Stream.of(
                plan("accumulate", s -> s.accumulate(0L, (sum, x) -> sum + x).saved("sum", 1, Codec.LONG)),
                plan("reduce", s -> s.accumulate(Integer::sum).saved("sum", 1, number)),
                plan(
                        "fold",
                        s -> s.accumulateWith(0L, (sum, x) -> new StateAnd<>(sum + x, "s" + sum))
                                .saved("sum", 1, Codec.LONG)),
                plan("slice", s -> s.slice(3, 40, 4)),
                plan("takeWhile", s -> s.takeWhile(x -> x != 14)),
                plan("partition", s -> s.partition(7).saved("lists", 1, number)),
                plan(
                        "partition by key",
                        s -> s.partition(Partition.<Integer>ofRows(3).by(x -> x % 3))
                                .saved("lists", 1, number)),
                plan(
                        "partitionUnique",
                        s -> s.partitionUnique(5, x -> x % 9, Keep.LAST).saved("lists", 1, number)),
                plan("slidingWindow", s -> s.slidingWindow(4, true).saved("windows", 1, number)),
                plan(
                        "unique",
                        s -> s.unique(Unique.<Integer>by(x -> x).among(9)).saved("seen", 1, number)),
                plan("frequencies", s -> s.frequencies().saved("counts", 1, Codec.map(number, Codec.LONG))),
                plan("zip", s -> s.zip(s.filter(x -> x % 2 == 0), List::of).saved("zip", 1, number)),
                plan(
                        "combineLatest",
                        s -> s.combineLatest(s.filter(x -> x % 2 == 0), List::of)
                                .saved("latest", 1, number, number)),
                plan(
                        "zipLatest",
                        s -> s.zipLatest(s.filter(x -> x > 20), List::of).saved("latest", 1, number)),
                plan(
                        "buffers",
                        s -> s.buffer(3)
                                .accumulate(0L, (sum, x) -> sum + x)
                                .saved("first", 1, Codec.LONG)
                                .buffer(1)
                                .accumulate(0L, (sum, x) -> sum * 31 + x)
                                .saved("second", 1, Codec.LONG)),
                plan(
                        "mapAsync",
                        s -> s.mapAsync(Async.parallel(3), x -> CompletableFuture.supplyAsync(() -> x + 1))
                                .accumulate(0L, (sum, x) -> sum * 31 + x)
                                .saved("sum", 1, Codec.LONG)));
    }

    private List<Object> run(Plan plan, Path dir, int count, boolean ends) {
        List<Object> out = Collections.synchronizedList(new ArrayList<>());
        try (var pipeline = Pipeline.create("test")) {
            if (dir != null) {
                pipeline.checkpoints(dir);
            }
            plan.steps.apply(pipeline, pipeline.read(new Numbers(count, ends))).sink(out::add);
            pipeline.run();
        }
        return out;
    }

    /** Runs to a number of items, and leaves a folder with the checkpoint made there, as a kill would. */
    private List<Object> runAndKill(Plan plan, Path dir, int count) throws IOException {
        List<Object> out = Collections.synchronizedList(new ArrayList<>());
        Path used = Files.createTempDirectory(folder, "used");
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(used);
            var source = new Numbers(count, false);
            DataStream<Integer> numbers = pipeline.read(source);
            numbers.sink(x -> {}); // so that it goes on when the steps want no more
            plan.steps.apply(pipeline, numbers).sink(out::add);
            pipeline.start();
            while (pipeline.checkpoint().sources().get(0).position().equals("{next=" + count + "}") == false) {
                Thread.onSpinWait();
            }
            copy(used, dir);
        }
        return out;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aRunThatIsCutAnywhereGivesTheSame(Plan plan) throws IOException {
        List<Object> whole = run(plan, null, COUNT, true);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int cut : IntStream.concat(IntStream.of(0, 1, COUNT), random.ints(3, 2, COUNT))
                .toArray()) {
            Path dir = folder.resolve("cut" + cut + "-" + random.nextInt());
            List<Object> out = new ArrayList<>(runAndKill(plan, dir, cut));
            out.addAll(run(plan, dir, COUNT, true));
            assertThat(out).as("cut after %s, seed %s", cut, seed).isEqualTo(whole);
        }
    }

    @Test
    void theLastCheckpointIsTakenBeforeWhatTheEndDoesSoMoreCanFollow() {
        Plan lists = plan("partition", s -> s.partition(7).saved("lists", 1, Codec.INT));
        List<Object> whole = run(lists, null, COUNT, true);
        List<Object> first = run(lists, folder, 10, true);
        List<Object> rest = run(lists, folder, COUNT, true);
        List<Object> both = new ArrayList<>(first.subList(0, 1)); // the second list of the first run is the end's
        both.addAll(rest);
        assertThat(both).isEqualTo(whole);
    }

    @Test
    void stateWithoutANameIsRefusedWithTheLineThatFixesIt() {
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder);
            pipeline.read(new Numbers(1, true)).accumulate(0L, (sum, x) -> sum + x);
            assertThatThrownBy(pipeline::start)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("test > accumulate")
                    .hasMessageContaining(".saved(\"accumulate\", 1, Codec.LONG)");
        }
    }

    @Test
    void aSourceThatCannotGoOnIsRefused() {
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder);
            pipeline.read((Source<Integer>) out -> Progress.END).sink(x -> {});
            assertThatThrownBy(pipeline::start)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("implement position()");
        }
    }

    /** Shows what is safe, but for one checkpoint; its state is what it was told to be. */
    private static final class Showing implements Operator<Integer, Integer> {
        private final List<Long> shown = new ArrayList<>();
        private final long failing;
        private long restored;

        Showing(long failing) {
            this.failing = failing;
        }

        @Override
        public void onNext(Integer item, Output<? super Integer> out) {}

        @Override
        public void write(StateWriter state) throws IOException {
            state.writeLong(7);
        }

        @Override
        public void read(StateReader state, int version) throws IOException {
            restored = state.readLong();
        }

        @Override
        public void committed(long checkpoint) throws IOException {
            if (checkpoint == failing) {
                throw new IOException("made up");
            }
            shown.add(checkpoint);
        }
    }

    /** What a sink could not show belongs to a checkpoint all the same: the next one tells it again, and so does a restart. */
    @Test
    void aCheckpointStaysOfWhichASinkCannotShowWhatItHolds() {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        for (long failing : List.of(2L, 6L)) { // each run ends with one more
            Showing first = new Showing(failing);
            Showing second = new Showing(0);
            try (var pipeline = Pipeline.create("test")) {
                pipeline.checkpoints(folder).keep(1).onWarning(warning -> warnings.add(warning.code()));
                DataStream<Integer> numbers = pipeline.read(new Numbers(1, false));
                numbers.pipe("first", () -> first).saved("first", 1).sink(x -> {});
                numbers.pipe("second", () -> second).saved("second", 1).sink(x -> {});
                pipeline.start();
                assertThat(first.restored).isEqualTo(failing == 2 ? 0 : 7);
                long number = pipeline.checkpoint().number();
                while (number <= failing) {
                    number = pipeline.checkpoint().number();
                }
                assertThat(Checkpoint.list(folder))
                        .extracting(Checkpoint::number)
                        .containsExactly(number);
                assertThat(first.shown).doesNotContain(failing).endsWith(number);
                assertThat(second.shown).contains(failing).endsWith(number);
            }
        }
        assertThat(warnings).containsExactly("commit-failed", "commit-failed");
    }

    @Test
    void anotherNameOfTheSourceIsRefused() {
        Plan sum = plan("sum", s -> s.accumulate(0L, (a, x) -> a + x).saved("sum", 1, Codec.LONG));
        run(sum, folder, 10, true);
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder);
            pipeline.read(new Numbers(1, false)).saved("other").sink(x -> {});
            assertThatThrownBy(pipeline::start)
                    .hasMessageContaining("that of source 'test', and the plan reads 'other'")
                    .hasMessageContaining("empty folder");
        }
    }

    @Test
    void stateOfANewerVersionIsRefusedAndAnOlderOneIsReadAsSuch() {
        run(plan("sum", s -> s.accumulate(0L, (a, x) -> a + x).saved("sum", 2, Codec.LONG)), folder, 10, true);
        Plan older = plan("sum", s -> s.accumulate(0L, (a, x) -> a + x).saved("sum", 1, Codec.LONG));
        assertThatThrownBy(() -> run(older, folder, 10, true)).hasMessageContaining("saved as version 2");
        List<Integer> versions = new ArrayList<>();
        Codec<Long> codec = Codec.of((value, out) -> out.writeLong(value), (in, version) -> {
            versions.add(version);
            return in.readLong();
        });
        run(plan("sum", s -> s.accumulate(0L, (a, x) -> a + x).saved("sum", 3, codec)), folder, 10, true);
        assertThat(versions).containsExactly(2);
    }

    @Test
    void whoLooksWhileOldOnesGoSeesSome() {
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder).keep(1);
            pipeline.read(new Numbers(5, false)).sink(x -> {});
            pipeline.start();
            pipeline.checkpoint();
            var saving = new Thread(
                    () -> {
                        for (int number = 0; number < 300; number++) {
                            pipeline.checkpoint();
                        }
                    },
                    "saving");
            saving.start();
            while (saving.isAlive()) {
                assertThat(Checkpoint.list(folder)).isNotEmpty();
            }
        }
    }

    @Test
    void checkpointsAreMadeByTimeAndByRowsAndOldOnesGo() {
        VirtualClock clock = VirtualClock.atEpoch();
        try (var pipeline = Pipeline.create("test", clock)) {
            pipeline.checkpoints(folder).every(Duration.ofSeconds(1)).keep(2);
            pipeline.read(new Numbers(5, false)).sink(x -> {});
            pipeline.start();
            for (int number = 1; number <= 4; number++) {
                clock.advance(Duration.ofSeconds(1));
                while (pipeline.epoch() <= number) {
                    Thread.onSpinWait();
                }
                clock.advance(Duration.ofMillis(1));
            }
            pipeline.checkpoint();
            assertThat(Checkpoint.list(folder)).hasSize(2);
        }
        Path rows = folder.resolve("rows");
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(rows).every(10).keep(100);
            pipeline.read(new Numbers(35, false)).sink(x -> {});
            pipeline.start();
            while (pipeline.epoch() == 1) {
                Thread.onSpinWait();
            }
        }
        assertThat(Checkpoint.list(rows)).isNotEmpty();
    }

    @Test
    void whatUsersPutInWaitsWhileACheckpointIsMadeAndIsNotLost() {
        Map<String, Object> seen = new LinkedHashMap<>();
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder);
            var input = pipeline.stream(Integer.class);
            input.buffer(2)
                    .accumulate(0L, (sum, x) -> sum + x)
                    .saved("sum", 1, Codec.LONG)
                    .sink(x -> seen.put("sum", x));
            pipeline.start();
            Thread emitter = new Thread(() -> IntStream.range(0, 20_000).forEach(input::emit));
            emitter.start();
            int made = 0;
            while (emitter.isAlive() || made == 0) {
                pipeline.checkpoint();
                made++;
            }
            input.end();
            pipeline.done().toCompletableFuture().join();
        }
        assertThat(seen).containsEntry("sum", 199_990_000L);
    }

    @Test
    void whatDoesNotComeToRestEndsTheAttemptAndNotTheWork() throws InterruptedException {
        var blocked = new java.util.concurrent.CountDownLatch(1);
        var inside = new java.util.concurrent.CountDownLatch(1);
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder).patience(Duration.ofMillis(20));
            pipeline.read(new Numbers(2, false)).buffer(5).sink(x -> {
                inside.countDown();
                blocked.await();
                seen.add(x);
            });
            pipeline.start();
            inside.await();
            assertThatThrownBy(pipeline::checkpoint)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("was given up after");
            blocked.countDown();
            while (seen.size() < 2) {
                Thread.onSpinWait();
            }
            assertThat(pipeline.checkpoint().number()).isPositive();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallbackCannotAskForOne() {
        List<Throwable> thrown = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder);
            pipeline.read(new Numbers(1, true)).sink(x -> {
                try {
                    pipeline.checkpoint();
                } catch (StreamException e) {
                    thrown.add(e);
                }
            });
            pipeline.run();
        }
        assertThat(thrown).singleElement().asString().contains("ask from another thread");
    }

    @Test
    void nothingIsSavedOfAPipelineThatHasFailed() {
        List<String> warnings = new ArrayList<>();
        Plan failing = plan(
                "sum",
                s -> s.map(x -> 100 / (x - 9)).accumulate(0L, (a, x) -> a + x).saved("sum", 1, Codec.LONG));
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(folder).onWarning(warning -> warnings.add(warning.code()));
            assertThat(failing.steps.apply(pipeline, pipeline.read(new Numbers(COUNT, true))))
                    .isNotNull();
            assertThatThrownBy(pipeline::run).hasMessageContaining("map failed on 9");
            assertThatThrownBy(pipeline::checkpoint).hasMessageContaining("does not run");
        }
        assertThat(Checkpoint.list(folder))
                .as("where it began alone")
                .singleElement()
                .satisfies(first -> {
                    assertThat(first.number()).isZero();
                    assertThat(first.states()).isEmpty();
                });
    }

    @Test
    void whereASourceBeginsIsSavedBeforeItIsPolled() throws IOException {
        VirtualClock clock = VirtualClock.atEpoch();
        List<Integer> out = Collections.synchronizedList(new ArrayList<>());
        Numbers late = new Numbers(COUNT, false);
        late.next = 50;
        Path killed = folder.resolve("killed");
        try (var pipeline = Pipeline.create("test", clock)) {
            pipeline.checkpoints(folder.resolve("used")).every(Duration.ofSeconds(1));
            pipeline.read(late).sink(out::add);
            pipeline.start();
            assertThat(pipeline.epoch()).isEqualTo(1);
            copy(folder.resolve("used"), killed);
        }
        assertThat(Checkpoint.list(killed)).singleElement().satisfies(first -> {
            assertThat(first.sources().get(0).position()).isEqualTo("{next=50}");
            assertThat(first.number()).isZero();
        });
        List<Integer> again = Collections.synchronizedList(new ArrayList<>());
        try (var pipeline = Pipeline.create("test")) {
            pipeline.checkpoints(killed).plan("another plan, which no state stands against");
            pipeline.read(new Numbers(COUNT, true)).map(x -> x).sink(again::add);
            pipeline.start();
            pipeline.run();
            assertThat(pipeline.epoch()).isEqualTo(2);
        }
        assertThat(again).hasSize(10).endsWith((COUNT - 1) * 7919 % 23);
    }

    @Test
    void manifestsAreStrict() {
        assertThat(Json.read(" {\"a\": [1, -2, \"x\\u0041\\\"\"], \"b\": {}}"))
                .isEqualTo(Map.of("a", List.of(1L, -2L, "xA\""), "b", Map.of()));
        for (String wrong : List.of(
                "", "{", "[1,]", "{\"a\":1,\"a\":2}", "1 2", "01x", "\"\\n\"", "\"\n\"", "true", "[".repeat(99))) {
            assertThatThrownBy(() -> Json.read(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
