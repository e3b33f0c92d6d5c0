package io.streamz.blackbox.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.Pipeline;
import io.streamz.frames.Plot;
import io.streamz.frames.Row;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The newest rows of a frame, against a list that keeps all of them. */
@ExtendWith(EmptyAllocator.class)
class TailTest {
    record Tick(String symbol, Double price, long qty) {}

    @Test
    void keepsTheNewestRowsHoweverTheyWereCut() {
        Random random = new Random(7);
        for (int attempt = 0; attempt < 100; attempt++) {
            int kept = 1 + random.nextInt(30);
            int cut = 1 + random.nextInt(40);
            List<Tick> all = ticks(random, random.nextInt(200));
            List<Row> newest;
            try (var pipeline = Pipeline.create("test")) {
                var input = pipeline.input(Tick.class).flushEvery(cut, Duration.ofHours(1));
                View view = input.frame().tail(kept);
                pipeline.start();
                input.emitAll(all);
                input.end();
                newest = view.now().toRows();
            }
            List<Tick> wanted = all.subList(Math.max(0, all.size() - kept), all.size());
            assertThat(newest.stream()
                            .map(row -> new Tick(row.text("symbol"), (Double) row.value("price"), row.int64("qty"))))
                    .as("attempt %d: %d of %d rows, cut at %d", attempt, kept, all.size(), cut)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void aTableThatWasReadStaysAsItIs() {
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Tick.class);
            View view = input.frame().tail(2);
            var changes = new AtomicInteger();
            view.onChange(changes::incrementAndGet);
            List<Integer> ended = new ArrayList<>();
            view.onEnd(() -> ended.add(view.now().rows()));
            Plot plot = view.plot().line("qty", "price").by("symbol").title("prices");
            pipeline.start();
            input.emit(new Tick("A", 1.0, 1));
            Table first = view.now();
            input.emit(new Tick("B", 2.0, 2));
            input.emit(new Tick(null, null, 3));
            assertThat(first.rows()).isEqualTo(1);
            assertThat(first.shown(0, 0)).isEqualTo("A");
            assertThat(view.now().shown(1, 0)).isEqualTo("null");
            assertThat(plot.view().now().int64(0, "qty")).isEqualTo(2);
            assertThat(plot).hasToString("line plot of price over qty by symbol");
            assertThat(changes).hasValue(3);
            assertThat(ended).isEmpty();
            input.end();
            assertThat(ended).containsExactly(2);
            pipeline.run();
            view.onEnd(() -> ended.add(-1));
            assertThat(ended).as("told at once after the end").containsExactly(2, -1);
        }
    }

    @Test
    void theEndIsToldBeforeThePipelineIsDoneAndWhenItIsClosed() {
        List<String> heard = new ArrayList<>();
        var pipeline = Pipeline.create("test");
        var input = pipeline.input(Tick.class);
        var frame = input.frame();
        frame.tail(5)
                .onEnd(() -> heard.add(
                        "tail " + pipeline.done().toCompletableFuture().isDone()));
        View sums = frame.agg("sum(qty)").view();
        sums.onEnd(() -> heard.add("sums " + sums.now().rows()));
        pipeline.start();
        input.emit(new Tick("A", 1.0, 1));
        pipeline.close();
        assertThat(heard).containsExactlyInAnyOrder("tail false", "sums 1");
    }

    private static List<Tick> ticks(Random random, int count) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String symbol = random.nextInt(5) == 0 ? null : "s".repeat(random.nextInt(4));
            ticks.add(new Tick(symbol, random.nextInt(4) == 0 ? null : random.nextDouble(), i));
        }
        return ticks;
    }
}
