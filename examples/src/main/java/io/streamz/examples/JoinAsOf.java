package io.streamz.examples;

import io.streamz.frames.Csv;
import io.streamz.frames.Pipeline;

/** Trades with the quote that held when they were made. */
public final class JoinAsOf {
    private JoinAsOf() {}

    public static void main(String[] args) {
        // README
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(Csv.read("examples/data/trades.csv")).eventTime("time");
            var quotes = pipeline.read(Csv.read("examples/data/quotes.csv")).eventTime("time");
            var joined = trades.joinAsOf(quotes)
                    .by("symbol")
                    .backward()
                    .tolerance("5s")
                    .left()
                    .tail(10);
            pipeline.run();
            System.out.println(joined.now());
        }
        // end
    }
}
