package io.streamz.frames;

import io.streamz.aggregations.Panes;
import io.streamz.core.PlanException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Intervals in which rows are aggregated, each with one final answer: {@code tumbling("1m")}, {@code hopping("10m", "1m")}, {@code session("30m")},
 * {@code calendar("day")} of event time, or {@code tumblingRows(100)} of {@link Frames}. Immutable.
 *
 * <p>An interval has its start and not its end, and its answer is given when the watermark reaches its end and the allowed lateness,
 * or the input ends. A row whose intervals have all been given is late.
 */
public final class PaneWindow {
    private final Shape shape;
    private final String on;
    private final Duration lateness;
    private final Duration early;

    /** How rows fall into intervals. */
    private sealed interface Shape permits Aligned, Session, Calendar, Rows {}

    private record Aligned(Duration size, Duration slide, Duration offset) implements Shape {
        @Override
        public String toString() {
            String text = size.equals(slide)
                    ? "tumbling(" + Durations.text(size) + ")"
                    : "hopping(" + Durations.text(size) + ", " + Durations.text(slide) + ")";
            return offset.isZero() ? text : text + ".offset(" + Durations.text(offset) + ")";
        }
    }

    private record Session(Duration gap, Duration most) implements Shape {
        @Override
        public String toString() {
            return "session(" + Durations.text(gap) + ")"
                    + (most == null ? "" : ".atMost(" + Durations.text(most) + ")");
        }
    }

    private record Calendar(Panes.Period period, ZoneId zone) implements Shape {
        @Override
        public String toString() {
            return "calendar(" + period.name().toLowerCase(Locale.ROOT) + ")"
                    + (zone.equals(ZoneOffset.UTC) ? "" : ".zone(" + zone + ")");
        }
    }

    private record Rows(int size, int slide) implements Shape {
        @Override
        public String toString() {
            return size == slide ? "tumblingRows(" + size + ")" : "hoppingRows(" + size + ", " + slide + ")";
        }
    }

    private PaneWindow(Shape shape, String on, Duration lateness, Duration early) {
        this.shape = shape;
        this.on = on;
        this.lateness = lateness;
        this.early = early;
    }

    private static PaneWindow of(Shape shape) {
        return new PaneWindow(shape, null, Duration.ZERO, null);
    }

    static PaneWindow hopping(Duration size, Duration slide) {
        Durations.positive(size, "size");
        Durations.positive(slide, "slide");
        if (slide.compareTo(size) > 0) {
            throw wrong("panes of " + Durations.text(size) + " every " + Durations.text(slide)
                    + " leave rows out between them; the slide is at most the size");
        }
        return of(new Aligned(size, slide, Duration.ZERO));
    }

    static PaneWindow session(Duration gap) {
        return of(new Session(Durations.positive(gap, "gap"), null));
    }

    static PaneWindow calendar(String period) {
        try {
            return of(new Calendar(Panes.Period.valueOf(period.strip().toUpperCase(Locale.ROOT)), ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            throw new PlanException(
                    "parameter", "calendar", "no period '" + period + "'", "day, week, month, quarter or year", e);
        }
    }

    static PaneWindow rows(int size, int slide) {
        if (size < 1 || slide < 1 || slide > size) {
            throw wrong(
                    "panes of " + size + " rows every " + slide + "; the size is 1 or more, the slide 1 to the size");
        }
        return of(new Rows(size, slide));
    }

    private static PlanException wrong(String what) {
        return new PlanException("parameter", "window", what, "");
    }

    /** Goes by this column, where no event time is declared, or another one. */
    public PaneWindow on(String column) {
        needTime("on");
        return new PaneWindow(shape, column, lateness, early);
    }

    /** Where the first interval begins, counted from 1970-01-01T00:00Z; for tumbling and hopping. */
    public PaneWindow offset(String from) {
        if (!(shape instanceof Aligned aligned)) {
            throw wrong("offset is for tumbling and hopping, not for " + this);
        }
        Duration offset = Durations.parse(from, "offset");
        return new PaneWindow(new Aligned(aligned.size, aligned.slide, offset), on, lateness, early);
    }

    /** The longest time from the first row of a session to its end. */
    public PaneWindow atMost(String length) {
        if (!(shape instanceof Session session)) {
            throw wrong("atMost is for sessions, not for " + this);
        }
        Duration most = Durations.positive(Durations.parse(length, "atMost"), "atMost");
        return new PaneWindow(new Session(session.gap, most), on, lateness, early);
    }

    /** The zone whose days these are, such as {@code Europe/Berlin}; UTC unless said. Weeks start on Monday. */
    public PaneWindow zone(String name) {
        if (!(shape instanceof Calendar calendar)) {
            throw wrong("zone is for calendar, not for " + this);
        }
        try {
            return new PaneWindow(new Calendar(calendar.period, ZoneId.of(name)), on, lateness, early);
        } catch (DateTimeException e) {
            throw new PlanException("parameter", "zone", "no zone '" + name + "'", "as in Europe/Berlin or UTC", e);
        }
    }

    /** How long an interval stays open for rows behind the watermark. */
    public PaneWindow allowedLateness(String time) {
        needTime("allowedLateness");
        Duration allowed = Durations.notNegative(Durations.parse(time, "allowedLateness"), "allowedLateness");
        return new PaneWindow(shape, on, allowed, early);
    }

    /**
     * Gives open intervals too, for keys with new rows, whenever the watermark passes another multiple of this; the column
     * {@code window_final} tells the final answers.
     */
    public PaneWindow early(String every) {
        needTime("early");
        return new PaneWindow(shape, on, lateness, Durations.positive(Durations.parse(every, "early"), "early"));
    }

    private void needTime(String method) {
        if (!byTime()) {
            throw wrong(method + " is for windows of event time; " + this + " counts rows");
        }
    }

    boolean byTime() {
        return !(shape instanceof Rows);
    }

    boolean isEarly() {
        return early != null;
    }

    boolean isSession() {
        return shape instanceof Session;
    }

    /** The step below with event time, where it is needed. */
    PlanNode timed(PlanNode node) {
        return byTime() ? EventTime.on(node, on, "window(" + this + ")") : node;
    }

    /** Intervals in the units of an event time. */
    Panes panes(EventTime time, String path) {
        if (shape instanceof Aligned aligned) {
            return Panes.hopping(
                    Durations.units(aligned.size, time.type(), path),
                    Durations.units(aligned.slide, time.type(), path),
                    Durations.units(aligned.offset, time.type(), path));
        }
        if (shape instanceof Session session) {
            long gap = Durations.units(session.gap, time.type(), path);
            return session.most == null
                    ? Panes.session(gap)
                    : Panes.session(gap, Durations.units(session.most, time.type(), path));
        }
        Calendar calendar = (Calendar) shape;
        return Panes.calendar(calendar.period, calendar.zone, Durations.unit(time.type()));
    }

    long lateness(EventTime time, String path) {
        return Durations.units(lateness, time.type(), path);
    }

    /** 0 for never. */
    long early(EventTime time, String path) {
        return early == null ? 0 : Durations.units(early, time.type(), path);
    }

    int size() {
        return ((Rows) shape).size;
    }

    int slide() {
        return ((Rows) shape).slide;
    }

    /** The text form. */
    @Override
    public String toString() {
        return shape
                + (on == null ? "" : ".on(" + on + ")")
                + (lateness.isZero() ? "" : ".allowedLateness(" + Durations.text(lateness) + ")")
                + (early == null ? "" : ".early(" + Durations.text(early) + ")");
    }
}
