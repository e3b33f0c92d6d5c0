package io.streamz.examples;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.when;

import io.streamz.frames.Csv;
import io.streamz.frames.Pipeline;

/**
 * The temperature of a machine, a reading every five minutes: what is normal is what the day before was, and whoever watches
 * hears of it when the machine leaves that and when it comes back, not with every reading.
 */
public final class InstrumentTelemetry {
    private InstrumentTelemetry() {}

    public static void main(String[] args) {
        try (var pipeline = Pipeline.create("machine")) {
            pipeline.read(Csv.read("examples/data/machine-temperature.csv"))
                    .eventTime("timestamp")
                    .assign("usual", col("value").median().rolling("1d").minPeriods(144))
                    .assign(
                            "state",
                            when("value < usual - 20")
                                    .then("too cold")
                                    .when("value > usual + 20")
                                    .then("too hot")
                                    .otherwise("normal"))
                    .filter("state <> lag(state, 1)")
                    .sink(row -> System.out.printf(
                            "%s  %-8s  %5.1f degrees, usual %.1f%n",
                            row.value("timestamp"), row.text("state"), row.float64("value"), row.float64("usual")));
            pipeline.run();
        }
    }
}
