package io.streamz.examples;

import static io.streamz.frames.Frames.calendar;
import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.max;
import static io.streamz.frames.Frames.sum;

import io.streamz.frames.Csv;
import io.streamz.frames.Pipeline;

/** One final answer for each month. */
public final class MonthlyWeather {
    private MonthlyWeather() {}

    public static void main(String[] args) {
        // README
        try (var pipeline = Pipeline.create("weather")) {
            var days =
                    pipeline.read(Csv.read("examples/data/seattle-weather.csv")).eventTime("date");
            days.window(calendar("month"))
                    .agg(
                            count().where("precipitation > 0").as("wet"),
                            sum("precipitation").as("rain"),
                            max("temp_max"))
                    .filter("rain > 200")
                    .show();
            pipeline.run();
        }
        // end
    }
}
