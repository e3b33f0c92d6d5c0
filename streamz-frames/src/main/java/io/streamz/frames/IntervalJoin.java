package io.streamz.frames;

import io.streamz.core.PlanException;
import java.time.Duration;
import java.util.List;

/**
 * Each row of a frame with all rows of another one that lie within an interval around its time: an order with the payments of the
 * next hour. Begun by {@link StreamFrame#joinInterval}, ended by {@link #inner} or {@link #left}; immutable.
 *
 * <p>Both sides are taken in the order of their times; a late row of either is left out. Null keys match nothing. A row is
 * answered when the right side's watermark has passed the end of its interval, with one row for each match in the order of the
 * right side; what no row can meet any more is let go of.
 */
public final class IntervalJoin {
    private final Pipeline pipeline;
    private final PlanNode left;
    private final PlanNode right;
    private final List<String> keys;
    private final Duration from;
    private final Duration to;

    IntervalJoin(Pipeline pipeline, PlanNode left, PlanNode right) {
        this(pipeline, left, right, List.of(), Duration.ZERO, Duration.ZERO);
    }

    private IntervalJoin(
            Pipeline pipeline, PlanNode left, PlanNode right, List<String> keys, Duration from, Duration to) {
        this.pipeline = pipeline;
        this.left = left;
        this.right = right;
        this.keys = keys;
        this.from = from;
        this.to = to;
    }

    /** Columns, named alike on both sides, that must be equal; without them all rows belong together. */
    public IntervalJoin by(String... columns) {
        return new IntervalJoin(pipeline, left, right, List.of(columns), from, to);
    }

    /**
     * Times from that of the left side plus one length to that of the left side plus another, both inclusive; lengths below zero lie
     * before it. Without this, equal times.
     *
     * @throws PlanException when the first is above the second
     */
    public IntervalJoin between(Duration first, Duration last) {
        if (first.compareTo(last) > 0) {
            throw new PlanException(
                    "bad-interval",
                    left.path(),
                    "an interval from " + Durations.text(first) + " to " + Durations.text(last) + " is empty",
                    "say the earlier end first, as in between(\"-5s\", \"10s\")");
        }
        return new IntervalJoin(pipeline, left, right, keys, first, last);
    }

    /** {@link #between(Duration, Duration)} from text such as {@code -5s} and {@code 10s}. */
    public IntervalJoin between(String first, String last) {
        return between(signed(first), signed(last));
    }

    private static Duration signed(String text) {
        String length = text.strip();
        return length.startsWith("-")
                ? Durations.parse(length.substring(1), "between").negated()
                : Durations.parse(length, "between");
    }

    /**
     * The rows that have matches, once for each.
     *
     * @throws PlanException when event time is not declared on both sides, a column is not there or has another type, or a name
     *     is on both sides
     */
    public StreamFrame inner() {
        return of(JoinKind.INNER);
    }

    /**
     * As {@link #inner}, and the rows without a match with nulls.
     *
     * @throws PlanException as {@link #inner}
     */
    public StreamFrame left() {
        return of(JoinKind.LEFT);
    }

    private StreamFrame of(JoinKind kind) {
        String label = "joinInterval(" + right.path() + ")"
                + (keys.isEmpty() ? "" : ".by(" + String.join(", ", keys) + ")")
                + ".between(" + Durations.text(from) + ", " + Durations.text(to) + ")";
        return new StreamFrame(
                pipeline,
                TimeJoinNode.of(
                        left,
                        right,
                        keys,
                        kind,
                        label,
                        false,
                        (time, place) -> new IntervalMatch(place, units(from, time), units(to, time))));
    }

    private long units(Duration length, EventTime time) {
        return length.isNegative()
                ? -Durations.units(length.negated(), time.type(), left.path())
                : Durations.units(length, time.type(), left.path());
    }
}
