package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.mean;
import static io.streamz.frames.Frames.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.blackbox.Snippets;
import io.streamz.core.DataException;
import io.streamz.core.Health;
import io.streamz.core.NodeMetrics;
import io.streamz.core.OverBudget;
import io.streamz.core.Restarts;
import io.streamz.core.StreamzException;
import io.streamz.core.VirtualClock;
import io.streamz.frames.BadRows;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.Pipeline;
import io.streamz.frames.RecordInput;
import io.streamz.frames.Reject;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide's page of services, and what it gives. */
@ExtendWith(EmptyAllocator.class)
class EmbeddingGuideTest {
    @TempDir
    Path folder;

    @Test
    void pageShowsWhatRuns() throws IOException {
        Snippets.check("embedding", EmbeddingGuideTest.class);
    }

    @Test
    void aFollowedFileIsEndedAndTheAnswerAppears() throws Exception {
        Path file = Files.writeString(folder.resolve("hits.csv"), "status,page\n200,a\n500,b\n");
        Path errors = folder.resolve("errors.csv");
        var untilToldToStop = new CompletableFuture<Void>();
        Csv hits = Csv.tail(file).onProgress(read -> {
            if (read.rows() == 2) {
                assertThat(errors).doesNotExist();
                untilToldToStop.complete(null);
            }
        });
        // snippet: end
        try (var pipeline = Pipeline.create("errors")) {
            pipeline.read(hits).filter("status >= 500").sink(CsvOut.to(errors));
            pipeline.start();
            untilToldToStop.join();
            pipeline.end(); // nothing more is read; what has come goes through
            pipeline.done().toCompletableFuture().join();
        }
        // end
        assertThat(errors).hasContent("status,page\n500,b\n");
    }

    // snippet: service
    record Trade(String symbol, double price, long qty) {}

    record Stats(String symbol, long count, long volume, double avgPrice) {}

    static final class TradeStats implements AutoCloseable {
        private final Pipeline pipeline = Pipeline.create("trades").memory("64m");
        private final RecordInput<Trade> input = pipeline.input(Trade.class);
        private final Map<String, Stats> latest = new ConcurrentHashMap<>();
        private final View all;

        TradeStats() {
            var bySymbol = input.frame()
                    .filter("qty > 0")
                    .groupBy("symbol")
                    .agg(count(), sum("qty").as("volume"), mean("price").as("avg_price"));
            bySymbol.changes(Stats.class).sink(stats -> latest.put(stats.symbol(), stats));
            all = bySymbol.view();
            pipeline.start();
        }

        /** From any thread; when it returns, the answers know of the trade. */
        void onTrade(Trade trade) {
            input.emit(trade);
        }

        Stats stats(String symbol) {
            return latest.get(symbol);
        }

        Table all() {
            return all.now();
        }

        boolean isHealthy() {
            return pipeline.health().state() == Health.State.RUNNING;
        }

        @Override
        public void close() {
            input.end(); // what is held goes through
            pipeline.close();
        }
    }
    // end

    @Test
    void manyThreadsFeedTheService() throws Exception {
        try (var service = new TradeStats()) {
            var threads = Executors.newFixedThreadPool(4);
            for (int i = 0; i < 1000; i++) {
                long qty = i;
                threads.execute(() -> service.onTrade(new Trade("ABC", 10, qty)));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
            assertThat(service.stats("ABC")).isEqualTo(new Stats("ABC", 999, 499_500, 10));
            assertThat(service.all().int64(0, "volume")).isEqualTo(499_500);
            assertThat(service.isHealthy()).isTrue();
        }
    }

    @Test
    void emitting() throws Exception {
        try (var pipeline = Pipeline.create("trades")) {
            // snippet: emitting
            RecordInput<Trade> input = pipeline.input(Trade.class).flushEvery(1000, Duration.ofMillis(10));
            var volume = input.frame().sum("qty").view();
            pipeline.start();
            input.emit(new Trade("ABC", 10.5, 100)); // waits where a queue is full
            boolean taken = input.tryEmit(new Trade("ABC", 10.6, 50)); // false where that would have to wait
            CompletableFuture<Void> done = input.emitAsync(new Trade("ABC", 10.4, 70)); // when all is done with it
            done.join();
            // end
            assertThat(volume.now().int64(0, "qty_sum")).isEqualTo(taken ? 220 : 170);
        }
    }

    @Test
    void failing() {
        List<String> told = new ArrayList<>();
        List<Long> lots = new ArrayList<>();
        try (var pipeline = Pipeline.create("trades")) {
            var input = pipeline.input(Trade.class);
            input.frame().assign("lots", "qty * 1000000000000").sink(row -> lots.add(row.int64("lots")));
            // snippet: failing
            pipeline.onFailure(failure -> told.add("stopped: " + failure.getMessage()));
            pipeline.start();
            try {
                input.emit(new Trade("ABC", 1, Long.MAX_VALUE));
            } catch (StreamzException e) {
                told.add(e.getMessage()); // overflow in qty * 1000000000000: ... at row 1 of the input
            }
            input.emit(new Trade("ABC", 1, 5)); // goes through
            // end
            assertThat(pipeline.health().state()).isEqualTo(Health.State.RUNNING);
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0))
                .startsWith("overflow in qty * 1000000000000: ")
                .contains("does not fit int64 at row 1 of the input");
        assertThat(lots).containsExactly(5_000_000_000_000L);
    }

    @Test
    void budget() {
        record Visit(String user, long bytes) {}
        var pipeline = Pipeline.create("visits");
        try (pipeline) {
            // snippet: budget
            pipeline.memory("8m", OverBudget.SLOW); // state of 8 MB; 512m and 2g are more usual
            // end
            var input = pipeline.input(Visit.class).flushEvery(1000, Duration.ofSeconds(1));
            input.frame().groupBy("user").agg("sum(bytes)").view();
            pipeline.start();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000_000; i++) {
                            input.emit(new Visit("user" + i, i));
                        }
                    })
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("groupBy(user)");
        }
    }

    @Test
    void metrics() {
        List<String> gauges = new ArrayList<>();
        try (var pipeline = Pipeline.create("trades")) {
            var input = pipeline.input(Trade.class);
            input.frame().groupBy("symbol").agg("sum(qty)").view();
            pipeline.start();
            input.emit(new Trade("ABC", 1, 1));
            // snippet: metrics
            for (NodeMetrics node : pipeline.metrics()) {
                gauges.add(node.name() + " in=" + node.in() + " out=" + node.out() + " failed=" + node.failed()
                        + " queued=" + node.queued() + " bytes=" + node.stateBytes());
            }
            long bytes = pipeline.health().stateBytes();
            // end
            assertThat(gauges).anyMatch(text -> text.contains("groupBy(symbol)") && text.contains("in=1"));
            assertThat(bytes).isNotNegative();
        }
    }

    @Test
    void checkpoints() {
        List<String> answers = new ArrayList<>();
        Path state = folder.resolve("state");
        for (int run = 1; run <= 2; run++) {
            // snippet: checkpoints
            try (var pipeline = Pipeline.create("trades")) {
                pipeline.checkpoints(state).every(Duration.ofSeconds(1));
                var input = pipeline.input(Trade.class);
                var volume = input.frame()
                        .groupBy("symbol")
                        .agg("sum(qty) as volume")
                        .view();
                pipeline.start(); // goes on from the newest checkpoint in the folder
                input.emit(new Trade("ABC", 10.5, 100));
                pipeline.checkpoint(); // safe on the disk when it returns
                answers.add(volume.now().row(0).toString());
            }
            // end
        }
        assertThat(answers).containsExactly("{symbol=ABC, volume=100}", "{symbol=ABC, volume=200}");
    }

    // snippet: following
    /** How often each page was asked for, out of a file that another program writes and rotates. */
    static final class Hits implements AutoCloseable {
        private final Pipeline pipeline = Pipeline.create("hits");
        private final View pages;

        Hits(Path file, Path state, Consumer<StreamzException> alarm, Consumer<Reject> leftOut) {
            pipeline.onFailure(alarm); // what stops it, told once
            pipeline.checkpoints(state).every(Duration.ofSeconds(1)).onWarning(alarm); // before read
            pages = pipeline.read(Csv.tail(file)
                            .types("page: utf8, ms: int64") // all of them: then the file may come later
                            .badRows(BadRows.SKIP)
                            .onReject(leftOut))
                    .groupBy("page")
                    .agg(count(), mean("ms").as("ms"))
                    .view();
            pipeline.start(); // returns at once; reads on a thread of its own
        }

        Table pages() {
            return pages.now();
        }

        /** RUNNING while it follows; FAILED, with the failure, when something has stopped it. */
        Health health() {
            return pipeline.health();
        }

        @Override
        public void close() {
            pipeline.close(); // makes the last checkpoint
        }
    }
    // end

    @Test
    void followingGoesOnAfterAStopAndTellsWhatFails() throws IOException {
        Path file = folder.resolve("hits.csv");
        Path state = folder.resolve("state");
        List<StreamzException> alarms = new CopyOnWriteArrayList<>();
        List<Reject> rejects = new CopyOnWriteArrayList<>();
        try (var hits = new Hits(file, state, alarms::add, rejects::add)) {
            Files.writeString(file, "page,ms\n/,10\n/a,no\n/,20\n");
            await(() -> hits.pages().toRows().toString().equals("[{page=/, count=2, ms=15.0}]"));
            assertThat(hits.health().state()).isEqualTo(Health.State.RUNNING);
        }
        assertThat(rejects).hasSize(1);
        Files.writeString(file, "/a,30\n", StandardOpenOption.APPEND);
        try (var hits = new Hits(file, state, alarms::add, rejects::add)) {
            await(() -> hits.pages()
                    .toRows()
                    .toString()
                    .equals("[{page=/, count=2, ms=15.0}, {page=/a, count=1, ms=30.0}]"));
            assertThat(alarms).isEmpty();
            Files.move(file, folder.resolve("hits.csv.1"));
            Files.writeString(file, "url,ms\n/,1\n");
            await(() -> hits.health().state() == Health.State.FAILED && !alarms.isEmpty());
            assertThat(hits.health().failure()).hasMessageContaining("no column 'page' in [url, ms]");
            assertThat(hits.pages().rows()).isEqualTo(2);
        }
        assertThat(alarms).singleElement().isInstanceOf(DataException.class);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void restarts() throws IOException {
        Path trades = folder.resolve("trades.csv");
        Path answer = folder.resolve("large.csv");
        Path state = folder.resolve("state");
        Files.writeString(trades, "symbol,qty\nABC,100\nXYZ,5\n");
        List<String> failures = new ArrayList<>();
        // snippet: restarts
        Restarts.atMost(3, Duration.ofMinutes(10))
                .onRestart(failure -> failures.add(failure.getMessage()))
                .run(() -> {
                    var pipeline = Pipeline.create("trades");
                    pipeline.checkpoints(state).every(Duration.ofSeconds(1));
                    pipeline.read(Csv.read(trades)).filter("qty > 10").sink(CsvOut.to(answer));
                    return pipeline;
                });
        // end
        assertThat(failures).isEmpty();
        assertThat(answer).hasContent("symbol,qty\nABC,100\n");
    }

    @Test
    void testing() {
        // snippet: testing
        var clock = VirtualClock.atEpoch();
        try (var pipeline = Pipeline.create("trades", clock)) {
            var input = pipeline.input(Trade.class).flushEvery(1000, Duration.ofSeconds(1));
            var volume = input.frame().sum("qty").view();
            pipeline.start();
            input.emit(new Trade("ABC", 10.5, 100));
            clock.advance(Duration.ofSeconds(1)); // runs all timers up to then, on this thread
            assertThat(volume.now().int64(0, "qty_sum")).isEqualTo(100);
        }
        // end
    }
}
