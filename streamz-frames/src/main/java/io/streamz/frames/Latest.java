package io.streamz.frames;

import io.streamz.aggregations.Window;
import io.streamz.core.PlanException;
import java.time.Duration;

/**
 * The newest rows: {@code rows(1000)} or {@code time("5m")} of {@link Frames}. By time these are the rows with an event time above the
 * newest seen less the duration, in whatever order they come; one at or before that is late. Immutable.
 */
public final class Latest {
    private final long rows;
    private final Duration time;
    private final String on;

    private Latest(long rows, Duration time, String on) {
        this.rows = rows;
        this.time = time;
        this.on = on;
    }

    static Latest rows(long rows) {
        if (rows < 1) {
            throw new PlanException("parameter", "window", "a window of " + rows + " rows; it is 1 or more", "");
        }
        return new Latest(rows, null, null);
    }

    static Latest time(Duration time) {
        return new Latest(0, Durations.positive(time, "window"), null);
    }

    /** Goes by this column, where no event time is declared, or another one. */
    public Latest on(String column) {
        if (time == null) {
            throw new PlanException("parameter", "window", this + " counts rows and needs no time", "leave on away");
        }
        return new Latest(rows, time, column);
    }

    boolean byTime() {
        return time != null;
    }

    long rows() {
        return rows;
    }

    /** The step below with event time, where it is needed. */
    PlanNode timed(PlanNode node) {
        return byTime() ? EventTime.on(node, on, "window(" + this + ")") : node;
    }

    Window window(PlanNode node) {
        return byTime()
                ? Window.time(Durations.units(time, EventTime.of(node, "window").type(), node.path()))
                : Window.rows(rows);
    }

    /** Keeps the rows that are inside. */
    NewestRows content(PlanNode node) {
        if (!byTime()) {
            return new NewestRows(node.schema(), rows);
        }
        EventTime event = EventTime.of(node, "window");
        long span = Durations.units(time, event.type(), node.path());
        return NewestRows.byTime(node.schema(), node.schema().indexOf(event.column()), span);
    }

    /** The text form. */
    @Override
    public String toString() {
        return (byTime() ? "time(" + Durations.text(time) + ")" : "rows(" + rows + ")")
                + (on == null ? "" : ".on(" + on + ")");
    }
}
