package io.streamz.examples;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.sum;

import io.streamz.frames.Pipeline;

/** Trades go in, and the totals of each symbol can be asked at any time. */
public final class Start {
    /** A record is a row, its components are columns. */
    public record Trade(String symbol, double price, long qty) {}

    private Start() {}

    public static void main(String[] args) {
        try (var pipeline = Pipeline.create("trades")) {
            var input = pipeline.input(Trade.class);
            var totals = input.frame()
                    .filter("price > 100")
                    .assign("notional", col("price").mul(col("qty")))
                    .groupBy("symbol")
                    .agg(count(), sum("notional"));
            var view = totals.view();
            pipeline.start();
            input.emit(new Trade("ABC", 101, 2));
            input.emit(new Trade("XYZ", 99, 5));
            input.emit(new Trade("ABC", 103, 1));
            System.out.println(view.now());
        }
    }
}
