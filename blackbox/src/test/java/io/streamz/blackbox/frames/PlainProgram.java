package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.sum;

import io.streamz.frames.Pipeline;
import io.streamz.frames.RecordBatch;

/** A small program for {@link PlainJvmTest} to start: records in, records out, and with an argument Arrow vectors too. */
public final class PlainProgram {
    record Trade(String symbol, double price, long qty) {}

    record Total(String symbol, double notionalSum) {}

    private PlainProgram() {}

    public static void main(String[] arguments) {
        try (var pipeline = Pipeline.create("trades")) {
            var input = pipeline.input(Trade.class);
            var trades = input.frame()
                    .filter("price > 1")
                    .assign("notional", col("price").mul(col("qty")));
            trades.groupBy("symbol").agg(sum("notional")).changes(Total.class).sink(System.out::println);
            if (arguments.length > 0) {
                trades.sinkBatches(batch -> System.out.println(batch.root().contentToTSVString()));
            }
            pipeline.start();
            input.emit(new Trade("A", 2, 3));
            input.emit(new Trade("A", 1, 3));
            input.emit(new Trade("B", 4, 1));
        }
        System.out.println("held " + RecordBatch.arrowBytes());
    }
}
