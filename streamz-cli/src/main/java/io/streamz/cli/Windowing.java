package io.streamz.cli;

import io.streamz.frames.Frames;
import io.streamz.frames.GroupedFrame;
import io.streamz.frames.Latest;
import io.streamz.frames.LiveTable;
import io.streamz.frames.PaneWindow;
import io.streamz.frames.RollingFrame;
import io.streamz.frames.StreamFrame;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Which rows an aggregate of {@code streamz tail} takes: all, the newest, those of an interval, or those that a row sees. */
final class Windowing {
    private static final Set<String> PERIODS = Set.of("day", "week", "month", "quarter", "year");
    private static final String FORMS =
            "such as 'tumbling 1m', 'hopping 10m 1m', 'session 30m', 'day Europe/Berlin', 'last 5m' or 'last 1000'";

    private final Tail asked;
    private final PaneWindow panes;
    private final Latest newest;
    /** Whether event time decides. */
    private final boolean byTime;

    private final AtomicLong late = new AtomicLong();

    Windowing(Tail asked) {
        this.asked = asked;
        String window = asked.window == null ? "" : asked.window.strip();
        String[] words = asked.window == null ? new String[0] : window.split("\\s+");
        this.panes = words.length == 0 ? null : UsageException.asTimeWithin("--window", window, () -> panes(words));
        this.newest = words.length == 0 || panes != null
                ? null
                : UsageException.asTimeWithin("--window", window, () -> newest(words));
        String extent =
                asked.rolling != null ? asked.rolling.strip() : words.length == 0 ? "0" : words[words.length - 1];
        this.byTime = !isCount(extent);
    }

    private static PaneWindow panes(String[] words) {
        String shape = words[0].toLowerCase(Locale.ROOT);
        if (shape.equals("tumbling") && words.length == 2) {
            return isCount(words[1]) ? Frames.tumblingRows(Integer.parseInt(words[1])) : Frames.tumbling(words[1]);
        }
        if (shape.equals("hopping") && words.length == 3) {
            return isCount(words[1]) && isCount(words[2])
                    ? Frames.hoppingRows(Integer.parseInt(words[1]), Integer.parseInt(words[2]))
                    : Frames.hopping(words[1], words[2]);
        }
        if (shape.equals("session") && words.length == 2) {
            return Frames.session(words[1]);
        }
        if (PERIODS.contains(shape) && words.length <= 2) {
            PaneWindow days = Frames.calendar(shape);
            return words.length == 2 ? days.zone(words[1]) : days;
        }
        return null;
    }

    private static Latest newest(String[] words) {
        if (words.length != 2 || !words[0].equalsIgnoreCase("last")) {
            throw new UsageException(
                    "--window", "cannot be read from '" + String.join(" ", words) + "'; write it " + FORMS);
        }
        return isCount(words[1]) ? Frames.rows(Long.parseLong(words[1])) : Frames.time(words[1]);
    }

    private static boolean isCount(String word) {
        return word.matches("\\d{1,9}");
    }

    /** Whether the answer is rows, one behind the other, and not a table whose rows are replaced. */
    boolean givesRows() {
        return panes != null || asked.rolling != null;
    }

    /** The rows with the event time that was asked for, where its column is there already. */
    StreamFrame timed(StreamFrame rows) {
        if (asked.time == null || rows.schema().indexOf(asked.time) < 0) {
            return rows;
        }
        StreamFrame timed = rows.eventTime(asked.time);
        return asked.lateness == null
                ? timed
                : UsageException.asTime("--lateness", () -> timed.outOfOrder(asked.lateness));
    }

    /** The rows as they go into the aggregates: event time may be a column that was assigned. */
    StreamFrame ready(StreamFrame read, StreamFrame rows) {
        if (asked.time == null || read.schema().indexOf(asked.time) >= 0) {
            return rows;
        }
        rows.schema().column(asked.time, "the rows");
        return timed(rows);
    }

    /** The answer that is rows. */
    StreamFrame rows(StreamFrame rows) {
        String[] keys = asked.keys().toArray(String[]::new);
        StreamFrame answer;
        if (panes != null) {
            answer = keys.length == 0
                    ? rows.window(panes).agg(asked.agg)
                    : rows.window(panes).groupBy(keys).agg(asked.agg);
        } else {
            answer = UsageException.asTime("--rolling", () -> rolling(rows, keys))
                    .agg(asked.agg);
        }
        if (byTime) {
            answer.late().sinkBatches(batch -> late.addAndGet(batch.rows()));
        }
        return answer;
    }

    private RollingFrame rolling(StreamFrame rows, String[] keys) {
        RollingFrame rolling = extent(rows, keys);
        return asked.minPeriods == null ? rolling : rolling.minPeriods(asked.minPeriods);
    }

    private RollingFrame extent(StreamFrame rows, String[] keys) {
        boolean count = isCount(asked.rolling.strip());
        if (keys.length == 0) {
            return count ? rows.rolling(Long.parseLong(asked.rolling.strip())) : rows.rolling(asked.rolling);
        }
        GroupedFrame groups = rows.groupBy(keys);
        return count ? groups.rolling(Long.parseLong(asked.rolling.strip())) : groups.rolling(asked.rolling);
    }

    /** The answer that is a table. */
    LiveTable table(StreamFrame rows) {
        String[] keys = asked.keys().toArray(String[]::new);
        if (newest == null) {
            return keys.length == 0 ? rows.agg(asked.agg) : rows.groupBy(keys).agg(asked.agg);
        }
        LiveTable table = keys.length == 0
                ? rows.window(newest).agg(asked.agg)
                : rows.window(newest).groupBy(keys).agg(asked.agg);
        if (byTime) {
            table.late().sinkBatches(batch -> late.addAndGet(batch.rows()));
        }
        return table;
    }

    /** The rows that came too late for their answer. */
    long late() {
        return late.get();
    }

    /** What is wrong with the options, before anything is read. */
    void check() {
        needsAgg("--window", asked.window);
        needsAgg("--rolling", asked.rolling);
        if (asked.window != null && asked.rolling != null) {
            throw new UsageException("--window", "and --rolling contradict each other; give one of them");
        }
        if (asked.minPeriods != null && asked.rolling == null) {
            throw new UsageException("--min-periods", "needs --rolling beside it, such as --rolling 20");
        }
        if (asked.lateness != null && asked.time == null) {
            throw new UsageException("--lateness", "needs --time beside it, the column of event time");
        }
        if (byTime && asked.time == null) {
            throw new UsageException(
                    asked.rolling == null ? "--window" : "--rolling",
                    "needs --time beside it, the column of event time");
        }
    }

    private void needsAgg(String option, String value) {
        if (value != null && asked.agg == null) {
            throw new UsageException(option, "needs --agg beside it, such as --agg \"count()\"");
        }
    }
}
