package io.streamz.frames;

import io.streamz.core.Health;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How a pipeline gets on, at one moment.
 *
 * @param pipeline its name
 * @param event what this is about
 * @param time when, by the pipeline's clock
 * @param rows the rows that came in so far, by all sources and inputs
 * @param rowsPerSecond how fast they came since the last time
 * @param health whether it runs, what has stopped it, what it holds
 * @param steps what went through each step
 */
public record FrameProgress(
        String pipeline,
        Event event,
        Instant time,
        long rows,
        double rowsPerSecond,
        Health health,
        List<StepMetrics> steps) {
    /** What there is to tell. */
    public enum Event {
        /** It runs. */
        STARTED,
        /** Rows have come since the last time. */
        PROGRESS,
        /** None have. */
        IDLE,
        /** All is done, or it was closed. */
        ENDED,
        /** A failure has stopped it. */
        FAILED
    }

    /** As one line of JSON: names as here, times in ISO 8601, an unknown one null. */
    public String json() {
        StringBuilder text = new StringBuilder("{");
        text.append("\"pipeline\":").append(quoted(pipeline));
        text.append(",\"event\":\"").append(event.name().toLowerCase(Locale.ROOT));
        text.append("\",\"time\":\"").append(time);
        text.append("\",\"rows\":").append(rows);
        text.append(String.format(Locale.ROOT, ",\"rowsPerSecond\":%.1f", rowsPerSecond));
        text.append(",\"stateBytes\":").append(health.stateBytes());
        text.append(",\"failure\":")
                .append(
                        health.failure() == null
                                ? "null"
                                : quoted(health.failure().getMessage()));
        text.append(",\"steps\":[");
        for (StepMetrics step : steps) {
            append(step, text);
        }
        if (!steps.isEmpty()) {
            text.setLength(text.length() - 1);
        }
        return text.append("]}").toString();
    }

    private static void append(StepMetrics step, StringBuilder text) {
        text.append("{\"step\":").append(quoted(step.step()));
        text.append(",\"path\":").append(quoted(step.path()));
        text.append(",\"in\":").append(step.in());
        text.append(",\"out\":").append(step.out());
        text.append(",\"filtered\":").append(step.filtered());
        text.append(",\"late\":").append(step.late());
        text.append(",\"rejected\":").append(step.rejected());
        text.append(",\"held\":").append(step.held());
        text.append(",\"keys\":").append(step.keys());
        text.append(",\"stateBytes\":").append(step.stateBytes());
        text.append(",\"queued\":").append(step.queued());
        text.append(",\"busyNanos\":").append(step.busyNanos());
        text.append(",\"watermark\":")
                .append(
                        step.watermark() == null
                                ? "null"
                                : quoted(step.watermark().toString()));
        text.append("},");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
