package io.streamz.examples;

import io.streamz.frames.Csv;
import io.streamz.frames.Pipeline;

/** Trades with every quote of the three seconds before them. */
public final class JoinInterval {
    private JoinInterval() {}

    public static void main(String[] args) {
        // README
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(Csv.read("examples/data/trades.csv")).eventTime("time");
            var quotes = pipeline.read(Csv.read("examples/data/quotes.csv"))
                    .rename("time", "quoted")
                    .eventTime("quoted");
            var joined = trades.joinInterval(quotes)
                    .by("symbol")
                    .between("-3s", "0s")
                    .inner()
                    .select("time", "symbol", "price", "quoted", "bid")
                    .tail(10);
            pipeline.run();
            System.out.println(joined.now());
        }
        // end
    }
}
