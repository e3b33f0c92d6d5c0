package io.streamz.frames;

import io.streamz.core.PlanException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Each row of a frame with the row of another one that is nearest in time: for a trade the quote that held when it was made. Begun
 * by {@link StreamFrame#joinAsOf}, ended by {@link #left} or {@link #inner}; immutable.
 *
 * <p>Both sides are taken in the order of their times, equal times as they came; a late row of either is left out. The time of the
 * right side does not come out where it has the name of the left side's; neither do its keys. Null keys match nothing. A row is
 * answered when both watermarks have passed what it could meet; answers come in the order of the left side.
 */
public final class AsOfJoin {
    private final Pipeline pipeline;
    private final PlanNode left;
    private final PlanNode right;
    private final String leftTime;
    private final String rightTime;
    private final List<String> keys;
    private final AsOfMatch.Direction direction;
    private final Duration tolerance;
    private final boolean exact;

    AsOfJoin(Pipeline pipeline, PlanNode left, PlanNode right) {
        this(pipeline, left, right, null, null, List.of(), AsOfMatch.Direction.BACKWARD, null, true);
    }

    private AsOfJoin(
            Pipeline pipeline,
            PlanNode left,
            PlanNode right,
            String leftTime,
            String rightTime,
            List<String> keys,
            AsOfMatch.Direction direction,
            Duration tolerance,
            boolean exact) {
        this.pipeline = pipeline;
        this.left = left;
        this.right = right;
        this.leftTime = leftTime;
        this.rightTime = rightTime;
        this.keys = keys;
        this.direction = direction;
        this.tolerance = tolerance;
        this.exact = exact;
    }

    /** The time column of both sides, where event time is not declared or is another one. No row may be out of order then. */
    public AsOfJoin on(String time) {
        return on(time, time);
    }

    /** {@link #on(String)} with different columns. */
    public AsOfJoin on(String leftColumn, String rightColumn) {
        return new AsOfJoin(
                pipeline,
                left,
                right,
                Objects.requireNonNull(leftColumn, "leftColumn"),
                Objects.requireNonNull(rightColumn, "rightColumn"),
                keys,
                direction,
                tolerance,
                exact);
    }

    /** Columns, named alike on both sides, that must be equal; without them all rows belong together. */
    public AsOfJoin by(String... columns) {
        return new AsOfJoin(pipeline, left, right, leftTime, rightTime, List.of(columns), direction, tolerance, exact);
    }

    /** The last row of the right side at or before that of the left side: the default. */
    public AsOfJoin backward() {
        return towards(AsOfMatch.Direction.BACKWARD);
    }

    /** The first row of the right side at or after that of the left side. Say a {@link #tolerance}, or rows wait for their key. */
    public AsOfJoin forward() {
        return towards(AsOfMatch.Direction.FORWARD);
    }

    /** The closer of the two; of two equally close ones the earlier. */
    public AsOfJoin nearest() {
        return towards(AsOfMatch.Direction.NEAREST);
    }

    private AsOfJoin towards(AsOfMatch.Direction where) {
        return new AsOfJoin(pipeline, left, right, leftTime, rightTime, keys, where, tolerance, exact);
    }

    /** The largest distance in time, inclusive. */
    public AsOfJoin tolerance(Duration most) {
        Duration checked = Durations.notNegative(most, "tolerance");
        return new AsOfJoin(pipeline, left, right, leftTime, rightTime, keys, direction, checked, exact);
    }

    /** {@link #tolerance(Duration)} from text such as {@code 5s}. */
    public AsOfJoin tolerance(String most) {
        return tolerance(Durations.parse(most, "tolerance"));
    }

    /** Rows of equal times do not match. */
    public AsOfJoin noExactMatches() {
        return new AsOfJoin(pipeline, left, right, leftTime, rightTime, keys, direction, tolerance, false);
    }

    /**
     * All rows of the left side, those without a match with nulls.
     *
     * @throws PlanException when a column is not there or has another type, or a name is on both sides
     */
    public StreamFrame left() {
        return of(JoinKind.LEFT);
    }

    /**
     * The rows of the left side that have a match.
     *
     * @throws PlanException as {@link #left}
     */
    public StreamFrame inner() {
        return of(JoinKind.INNER);
    }

    private StreamFrame of(JoinKind kind) {
        return new StreamFrame(
                pipeline,
                TimeJoinNode.of(
                        EventTime.on(left, leftTime, "joinAsOf"),
                        EventTime.on(right, rightTime, "joinAsOf"),
                        keys,
                        kind,
                        label(),
                        true,
                        (time, place) -> new AsOfMatch(place, direction, units(time), exact)));
    }

    private long units(EventTime time) {
        return tolerance == null ? AsOfMatch.ANY : Durations.units(tolerance, time.type(), left.path());
    }

    private String label() {
        return "joinAsOf(" + right.path() + ")"
                + (keys.isEmpty() ? "" : ".by(" + String.join(", ", keys) + ")")
                + switch (direction) {
                    case BACKWARD -> ".backward()";
                    case FORWARD -> ".forward()";
                    case NEAREST -> ".nearest()";
                }
                + (tolerance == null ? "" : ".tolerance(" + Durations.text(tolerance) + ")")
                + (exact ? "" : ".noExactMatches()");
    }
}
