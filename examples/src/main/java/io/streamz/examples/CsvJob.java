package io.streamz.examples;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.mean;

import io.streamz.frames.Csv;
import io.streamz.frames.Pipeline;

/** A file in, a table out. */
public final class CsvJob {
    private CsvJob() {}

    public static void main(String[] args) {
        // README
        try (var pipeline = Pipeline.create("weather")) {
            var days = pipeline.read(Csv.read("examples/data/seattle-weather.csv"));
            var answer = days.filter("precipitation > 0")
                    .assign("spread", col("temp_max").sub(col("temp_min")))
                    .groupBy("weather")
                    .agg(count(), mean("spread"), mean("wind").as("wind"))
                    .view();
            pipeline.run();
            System.out.println(answer.now().sort("count desc"));
        }
        // end
    }
}
