package io.streamz.frames;

import io.streamz.core.PlanException;
import java.time.Duration;

/**
 * When the changes of a live table are told. Between two times those of one row become one, so that a reader sees the last of
 * each; what came back to where it was is not told at all. Changes that are left are told at the end.
 */
public sealed interface Trigger {
    /** Every so long, by the pipeline's clock. */
    static Trigger every(Duration time) {
        return new Timed(time);
    }

    /** {@link #every(Duration)} from text such as {@code 5s}. */
    static Trigger every(String time) {
        return every(Durations.parse(time, "every"));
    }

    /** After each batch that completes so many changed rows. */
    static Trigger rows(long rows) {
        return new Counted(rows);
    }

    /** After each batch that moves event time on. */
    static Trigger onWatermark() {
        return new Moved();
    }

    /** Once, at the end of the input. */
    static Trigger once() {
        return new Once();
    }

    /** Every so long. */
    record Timed(Duration time) implements Trigger {
        public Timed {
            if (time.isNegative() || time.isZero()) {
                throw new PlanException("trigger", "every", "every(" + time + ") is no time", "say every(\"5s\")");
            }
        }

        @Override
        public String toString() {
            return "every(" + time + ")";
        }
    }

    /** Every so many rows. */
    record Counted(long rows) implements Trigger {
        public Counted {
            if (rows < 1) {
                throw new PlanException("trigger", "rows", "rows(" + rows + ") is no number of rows", "say rows(1000)");
            }
        }

        @Override
        public String toString() {
            return "rows(" + rows + ")";
        }
    }

    /** When event time moves on. */
    record Moved() implements Trigger {
        @Override
        public String toString() {
            return "onWatermark()";
        }
    }

    /** At the end. */
    record Once() implements Trigger {
        @Override
        public String toString() {
            return "once()";
        }
    }
}
