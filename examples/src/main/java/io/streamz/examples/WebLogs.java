package io.streamz.examples;

import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.nunique;
import static io.streamz.frames.Frames.sum;
import static io.streamz.frames.Frames.tumbling;

import io.streamz.frames.Lines;
import io.streamz.frames.Pipeline;

/** A report for each hour of a web server's log, and the pages that were asked for and not found. */
public final class WebLogs {
    private WebLogs() {}

    public static void main(String[] args) {
        try (var pipeline = Pipeline.create("web")) {
            var requests = pipeline.read(Lines.combined().read("examples/data/access.log")); // tail follows it
            requests.eventTime("time")
                    .outOfOrder("1m")
                    .window(tumbling("1h"))
                    .agg(
                            count().as("requests"),
                            nunique("host").as("visitors"),
                            count().where("status >= 400").as("errors"),
                            sum("bytes"))
                    .show();
            requests.filter("status = 404")
                    .groupBy("path")
                    .agg(count().as("times"), nunique("host").as("visitors"))
                    .nLargest(3, "times")
                    .show();
            pipeline.run();
        }
    }
}
