package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.Span.Closed;
import io.streamz.core.PlanException;
import io.streamz.frames.Smoothing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of a row that is made of rows before it: {@code mean(price) rolling 20 over symbol}, {@code cumSum(qty)}. It cannot be
 * computed from its row alone; a frame takes it out of the expression and computes it before.
 *
 * @param call the aggregate or the function, without a name
 * @param aggregation what is aggregated, or null for a function of {@link Sequence}
 * @param extent which rows it is made of
 * @param keys the columns that tell the rows of one group; none where all rows are one
 */
public record Moving(AggText call, Aggregation aggregation, Extent extent, List<String> keys) implements Node {
    /**
     * Which rows before a row belong to its answer.
     *
     * @param rows how many with the row itself, or 0
     * @param time how far back in event time, or null
     * @param closed which ends of a stretch of time belong to it
     * @param minPeriods fewer values give null; 0 for the default
     * @param smoothing how their weights fall, or null
     */
    public record Extent(long rows, Duration time, Closed closed, long minPeriods, Smoothing smoothing) {
        /** All rows up to the row. */
        public static final Extent EXPANDING = new Extent(0, null, Closed.RIGHT, 0, null);

        public static Extent rows(long rows) {
            if (rows < 1) {
                throw wrong("a rolling window of " + rows + " rows; it is 1 or more");
            }
            return new Extent(rows, null, Closed.RIGHT, 0, null);
        }

        public static Extent time(Duration time) {
            if (time.isZero() || time.isNegative()) {
                throw wrong("a rolling window of " + TimeText.of(time) + "; it is a time above zero");
            }
            return new Extent(0, time, Closed.RIGHT, 0, null);
        }

        public static Extent of(Smoothing smoothing) {
            return new Extent(0, null, Closed.RIGHT, 0, smoothing);
        }

        public Extent minPeriods(long values) {
            if (smoothing != null) {
                return of(smoothing.minPeriods(Math.toIntExact(values)));
            }
            if (values < 1 || rows > 0 && values > rows) {
                throw wrong("minPeriods is " + values + "; it is 1" + (rows > 0 ? " to " + rows : " or more"));
            }
            return new Extent(rows, time, closed, values, null);
        }

        public Extent closed(Closed ends) {
            if (time == null) {
                throw wrong("closed is for rolling by time");
            }
            return new Extent(rows, time, ends, minPeriods, null);
        }

        public boolean isExpanding() {
            return rows == 0 && time == null && smoothing == null;
        }

        /** Whether event time decides. */
        public boolean byTime() {
            return time != null || smoothing != null && smoothing.byTime();
        }

        private static PlanException wrong(String what) {
            return new PlanException("parameter", "rolling", what, "");
        }

        /** What stands behind the name of an answer: {@code _20}, {@code _5m}. */
        String suffix() {
            return rows > 0 ? "_" + rows : time != null ? "_" + TimeText.of(time) : "";
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(
                    rows > 0 ? "rolling " + rows : time != null ? "rolling '" + TimeText.of(time) + "'" : "expanding");
            if (minPeriods > 0) {
                text.append(" minPeriods ").append(minPeriods);
            }
            if (closed != Closed.RIGHT) {
                text.append(" closed ").append(closed.name().toLowerCase(java.util.Locale.ROOT));
            }
            return smoothing == null ? text.toString() : smoothing.toString();
        }
    }

    public Moving {
        keys = List.copyOf(keys);
    }

    /** A cumulative function or another of {@link Sequence}. */
    public static Moving of(Sequence function, Node input, long number, Smoothing smoothing) {
        List<Double> parameters = number == 0 ? List.of() : List.of((double) number);
        AggText call = new AggText(function.text(), List.of(input), parameters, null, 0, null);
        return new Moving(call, null, smoothing == null ? Extent.EXPANDING : Extent.of(smoothing), List.of());
    }

    /** The function of a row's place among the others, or null where this is an aggregate. */
    public Sequence sequence() {
        return aggregation == null ? Sequence.of(call.function()) : null;
    }

    /** The parameter of a function that takes one, or 0. */
    public long number() {
        return call.parameters().isEmpty() ? 0 : call.parameters().get(0).longValue();
    }

    public Moving by(List<String> groups) {
        return new Moving(call, aggregation, extent, groups);
    }

    /** The expressions it is made of, the condition behind the others. */
    List<Node> parts() {
        List<Node> parts = new ArrayList<>(call.inputs());
        if (call.where() != null) {
            parts.add(call.where());
        }
        return parts;
    }

    /** The same over others. */
    Moving overParts(List<Node> parts) {
        int inputs = call.inputs().size();
        Node where = parts.size() > inputs ? parts.get(inputs) : null;
        AggText other =
                new AggText(call.function(), parts.subList(0, inputs), call.parameters(), where, call.minCount(), null);
        return new Moving(other, aggregation, extent, keys);
    }

    public Moving within(Extent other) {
        return new Moving(call, aggregation, other, keys);
    }

    /** The name of the answer where it is given none: {@code price_mean_20}; null where an input is no column. */
    public String suggestedName() {
        String name = call.suggestedName();
        if (name == null) {
            return null;
        }
        if (sequence() != null) {
            return number() > 1 || sequence() == Sequence.SHIFT ? name + "_" + Math.max(1, number()) : name;
        }
        return extent.isExpanding() ? name + "_expanding" : name + extent.suffix();
    }

    @Override
    public int depth() {
        return 1 + parts().stream().mapToInt(Node::depth).max().orElse(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Moving that
                && call.equals(that.call)
                && extent.equals(that.extent)
                && keys.equals(that.keys)
                && AggText.same(aggregation, that.aggregation);
    }

    @Override
    public int hashCode() {
        return call.hashCode() * 31 + keys.hashCode();
    }

    /** The text form. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(call.toString());
        boolean whole = extent.equals(Extent.EXPANDING) && (sequence() != null || !keys.isEmpty());
        if (!whole) {
            text.append(' ').append(extent);
        }
        if (!keys.isEmpty()) {
            List<String> names = new ArrayList<>();
            keys.forEach(key -> names.add(Words.quoted(key)));
            String list = String.join(", ", names);
            text.append(" over ").append(keys.size() == 1 ? list : "(" + list + ")");
        }
        return text.toString();
    }
}
