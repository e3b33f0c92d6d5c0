package io.streamz.examples;

import io.streamz.frames.Csv;
import io.streamz.frames.Pipeline;

/** Trades with the names of what was traded, from a file that is read whole. */
public final class JoinWithTable {
    private JoinWithTable() {}

    public static void main(String[] args) {
        // README
        try (var pipeline = Pipeline.create("trades")) {
            var symbols = pipeline.read(Csv.read("examples/data/symbols.csv"));
            var trades = pipeline.read(Csv.read("examples/data/trades.csv"));
            var sectors = trades.join(symbols)
                    .on("symbol")
                    .left()
                    .groupBy("sector")
                    .agg("count(), sum(qty)")
                    .view();
            var unknown = trades.join(symbols).on("symbol").anti().tail(10);
            pipeline.run();
            System.out.println(sectors.now());
            System.out.println(unknown.now());
        }
        // end
    }
}
