package io.streamz.examples;

import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.mean;
import static io.streamz.frames.Frames.sum;

import io.streamz.frames.Pipeline;
import java.util.Map;
import java.util.TreeMap;

/** Inside a service: records go in, and after each of them the changed row of the answer comes out as a record. */
public final class RecordsInRecordsOut {
    /** What goes in. */
    public record Trade(String symbol, double price, long qty) {}

    /** What comes out: a component for each column. */
    public record Stats(String symbol, long count, long volume, double avgPrice) {}

    private RecordsInRecordsOut() {}

    public static void main(String[] args) {
        Map<String, Stats> cache = new TreeMap<>();
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.input(Trade.class);
            trades.frame()
                    .filter("qty > 0")
                    .groupBy("symbol")
                    .agg(count(), sum("qty").as("volume"), mean("price").as("avg_price"))
                    .changes(Stats.class)
                    .sink(stats -> cache.put(stats.symbol(), stats));
            pipeline.start();
            trades.emit(new Trade("ABC", 10.5, 100));
            trades.emit(new Trade("XYZ", 99.0, 5));
            trades.emit(new Trade("ABC", 11.5, 300));
            trades.emit(new Trade("XYZ", 0, 0));
            System.out.println(cache.get("ABC"));
            System.out.println(cache.get("XYZ"));
        }
    }
}
