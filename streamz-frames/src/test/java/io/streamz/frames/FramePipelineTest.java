package io.streamz.frames;

import static io.streamz.frames.Frames.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramePipelineTest {
    record Trade(String symbol, double price, long qty) {}

    record Total(String symbol, double notionalSum, long count) {}

    private static final List<Trade> TRADES = List.of(
            new Trade("b", 10, 1),
            new Trade("a", 2, 5),
            new Trade("b", 1, 1),
            new Trade("b", 4, 2),
            new Trade("c", 1, 1));

    @Test
    void recordsInTableOut() {
        try (var pipeline = Pipeline.create("trades")) {
            var input = pipeline.input(Trade.class);
            var view = input.frame()
                    .filter("price > 1")
                    .assign("notional", col("price").mul(col("qty")))
                    .groupBy("symbol")
                    .agg("sum(notional), count()")
                    .view();
            assertThat(view.now().rows()).isZero();
            pipeline.start();
            TRADES.forEach(input::emit);
            assertThat(view.now()).hasToString("""
                    shape: (2, 3)
                    ┌────────┬──────────────┬───────┐
                    │ symbol ┆ notional_sum ┆ count │
                    │ utf8   ┆      float64 ┆ int64 │
                    ╞════════╪══════════════╪═══════╡
                    │ b      ┆         18.0 ┆     2 │
                    │ a      ┆         10.0 ┆     1 │
                    └────────┴──────────────┴───────┘""");
            assertThat(view.now().epoch()).isEqualTo(5);
        }
    }

    @Test
    void recordsWaitForAFullBatchOrForTime() {
        List<Integer> batches = new ArrayList<>();
        try (var clock = VirtualClock.atEpoch();
                var pipeline = Pipeline.create("trades", clock)) {
            var input = pipeline.input(Trade.class).flushEvery(2, Duration.ofSeconds(1));
            input.frame().sinkBatches(batch -> batches.add(batch.rows()));
            pipeline.start();
            var first = input.emitAsync(TRADES.get(0));
            assertThat(first).isNotDone();
            var second = input.emitAsync(TRADES.get(1));
            assertThat(first).isCompleted();
            assertThat(second).isCompleted();
            var third = input.emitAsync(TRADES.get(2));
            clock.advance(Duration.ofMillis(999));
            assertThat(third).isNotDone();
            clock.advance(Duration.ofMillis(1));
            assertThat(third).isCompleted();
            var last = input.emitAsync(TRADES.get(3));
            input.end();
            assertThat(last).isCompleted();
            assertThat(clock.pending()).isZero();
        }
        assertThat(batches).containsExactly(2, 1, 1);
    }

    @Test
    void rowsAsAStreamOfObjects() {
        List<String> symbols = new ArrayList<>();
        try (var pipeline = Pipeline.create("trades")) {
            var input = pipeline.input(Trade.class);
            input.frame().filter("qty = 1").stream()
                    .map(row -> row.text("symbol"))
                    .sink(symbols::add);
            pipeline.start();
            TRADES.forEach(input::emit);
        }
        assertThat(symbols).containsExactly("b", "b", "c");
    }

    @Test
    void recordsInRecordsOut() {
        List<Total> totals = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        try (var pipeline = Pipeline.create("trades")) {
            var input = pipeline.input(Trade.class);
            var table = input.frame()
                    .assign("notional", "price * qty")
                    .groupBy("symbol")
                    .agg("sum(notional), count()");
            table.changes(Total.class).sink(totals::add);
            input.frame().filter("price = 4").sink(rows::add);
            pipeline.start();
            TRADES.forEach(input::emit);
        }
        assertThat(totals)
                .containsExactly(
                        new Total("b", 10, 1),
                        new Total("a", 10, 1),
                        new Total("b", 11, 2),
                        new Total("b", 19, 3),
                        new Total("c", 1, 1));
        assertThat(rows).hasToString("[{symbol=b, price=4.0, qty=2}]");
    }
}
