package io.streamz.examples;

import static io.streamz.frames.Frames.tumbling;

import io.streamz.frames.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trades go in as records, the bars of each minute come out as records; prices and how far they are below their high can be asked. */
public final class FinancialTicks {
    /** One trade. */
    public record Tick(Instant time, String symbol, double price, long qty) {}

    /** The trades of a minute: their prices, what was traded, and the average price of a piece. */
    public record Bar(
            Instant windowStart,
            String symbol,
            double open,
            double high,
            double low,
            double close,
            long qty,
            double vwap) {}

    private FinancialTicks() {}

    public static void main(String[] args) {
        try (var pipeline = Pipeline.create("ticks")) {
            var input = pipeline.input(Tick.class);
            var ticks = input.frame().eventTime("time");
            ticks.window(tumbling("1m"))
                    .groupBy("symbol")
                    .agg("first(price) as open, max(price) as high, min(price) as low, last(price) as close,"
                            + " sum(qty) as qty, weightedMean(price, qty) as vwap")
                    .records(Bar.class)
                    .sink(System.out::println);
            var prices = ticks.groupBy("symbol")
                    .agg("last(price) as price, max(price) as high")
                    .assign("below", "round(100 * (1 - price / high), 2)")
                    .view();
            pipeline.start();
            input.emitAll(trades(300));
            System.out.println(prices.now());
            input.end();
        }
    }

    /** A trade a second, of two prices that wander. */
    private static List<Tick> trades(int count) {
        var random = new Random(1);
        var time = Instant.parse("2024-05-02T13:30:00Z");
        double[] prices = {100, 20};
        List<Tick> trades = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int which = random.nextInt(2);
            prices[which] += Math.round(10 * random.nextGaussian()) / 100.0;
            double price = Math.round(100 * prices[which]) / 100.0;
            trades.add(new Tick(time.plusSeconds(i), which == 0 ? "ACME" : "BOLT", price, 1 + random.nextInt(500)));
        }
        return trades;
    }
}
