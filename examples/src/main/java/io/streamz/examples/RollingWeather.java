package io.streamz.examples;

import static io.streamz.frames.Frames.col;

import io.streamz.frames.Csv;
import io.streamz.frames.Pipeline;

/** Each row with answers over the rows before it. */
public final class RollingWeather {
    private RollingWeather() {}

    public static void main(String[] args) {
        // README
        try (var pipeline = Pipeline.create("weather")) {
            var days = pipeline.read(Csv.read("examples/data/seattle-weather.csv"));
            days.assign(
                            col("temp_max").mean().rolling(7).as("week"),
                            col("temp_max").sub(col("temp_max").lag(1)).as("change"),
                            col("precipitation").cumSum().over("weather").as("so_far"))
                    .select("date", "weather", "temp_max", "week", "change", "so_far")
                    .filter("temp_max > week + 8")
                    .show();
            pipeline.run();
        }
        // end
    }
}
