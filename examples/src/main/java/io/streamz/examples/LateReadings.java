package io.streamz.examples;

import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.mean;
import static io.streamz.frames.Frames.tumbling;

import io.streamz.frames.Pipeline;
import java.time.Instant;

/** Readings of instruments that come out of order, and what becomes of those that come too late. */
public final class LateReadings {
    /** What an instrument measured. */
    public record Reading(String instrument, Instant time, double value) {}

    private LateReadings() {}

    public static void main(String[] args) {
        // README
        try (var pipeline = Pipeline.create("readings")) {
            var input = pipeline.input(Reading.class);
            var minutes = input.frame()
                    .eventTime("time")
                    .outOfOrder("20s")
                    .window(tumbling("1m"))
                    .groupBy("instrument")
                    .agg(count(), mean("value"));
            minutes.sink(row -> System.out.println(row.value("window_start") + " " + row.text("instrument") + " "
                    + row.int64("count") + " " + row.float64("value_mean")));
            minutes.late().sink(row -> System.out.println("late: " + row));
            pipeline.start();
            var noon = Instant.parse("2024-05-01T12:00:00Z");
            input.emit(new Reading("A", noon, 1.0));
            input.emit(new Reading("A", noon.plusSeconds(65), 2.0));
            System.out.println(minutes.whyNoOutput());
            input.emit(new Reading("A", noon.plusSeconds(50), 3.0)); // out of order, in time
            input.emit(new Reading("A", noon.plusSeconds(80), 4.0)); // the watermark reaches 12:01
            input.emit(new Reading("A", noon.plusSeconds(55), 5.0)); // too late
            input.end();
        }
        // end
    }
}
