package io.streamz.examples;

import static io.streamz.frames.Frames.last;

import io.streamz.frames.Pipeline;
import java.time.Duration;

/** Orders with the newest price of what is ordered, as it stands when the order comes. */
public final class JoinWithLatest {
    private JoinWithLatest() {}

    record Order(String symbol, long qty) {}

    record Price(String symbol, double price) {}

    public static void main(String[] args) {
        // README
        try (var pipeline = Pipeline.create("orders")) {
            var orders = pipeline.input(Order.class).flushEvery(1, Duration.ofSeconds(1));
            var prices = pipeline.input(Price.class).flushEvery(1, Duration.ofSeconds(1));
            var latest = prices.frame().groupBy("symbol").agg(last("price").as("price"));
            orders.frame().join(latest).left().assign("value", "qty * price").sink(System.out::println);
            pipeline.start();
            prices.emit(new Price("ACME", 20.0));
            orders.emit(new Order("ACME", 10));
            prices.emit(new Price("ACME", 20.5));
            orders.emit(new Order("ACME", 10));
            orders.emit(new Order("BOLT", 10));
        }
        // end
    }
}
