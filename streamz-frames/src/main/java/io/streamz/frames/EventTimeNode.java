package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.LongLane;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.Cells;
import io.streamz.frames.internal.expr.BoundExpr;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** Says which column is event time and how the watermark follows it. A row without a time is a bad row. */
final class EventTimeNode extends PlanNode {
    private final String column;
    private final Duration outOfOrder;
    private final Duration idleAfter;
    private final Expr watermark;
    private final EventTime time;

    private EventTimeNode(PlanNode input, String column, Duration outOfOrder, Duration idleAfter, Expr watermark) {
        super(input, input.schema(), label(column, outOfOrder, idleAfter, watermark));
        this.column = column;
        this.outOfOrder = outOfOrder;
        this.idleAfter = idleAfter;
        this.watermark = watermark;
        DataType type = input.schema().type(EventTime.place(input, column));
        long bound = Durations.units(outOfOrder, type, input.path());
        this.time = new EventTime(column, type, bound, bound == 0 && watermark == null);
    }

    static EventTimeNode of(PlanNode input, String column) {
        return new EventTimeNode(input, column, Duration.ZERO, null, null);
    }

    private static String label(String column, Duration outOfOrder, Duration idleAfter, Expr watermark) {
        return "eventTime(" + column + ")"
                + (watermark == null
                        ? ".outOfOrder(" + Durations.text(outOfOrder) + ")"
                        : ".watermark(" + watermark + ")")
                + (idleAfter == null ? "" : ".idleAfter(" + Durations.text(idleAfter) + ")");
    }

    EventTimeNode outOfOrder(Duration bound) {
        if (watermark != null) {
            throw both();
        }
        return new EventTimeNode(input(), column, Durations.notNegative(bound, "outOfOrder"), idleAfter, null);
    }

    EventTimeNode idleAfter(Duration wait) {
        return new EventTimeNode(input(), column, outOfOrder, Durations.onClock(wait, "idleAfter"), watermark);
    }

    EventTimeNode watermark(Expr expression) {
        if (!outOfOrder.isZero()) {
            throw both();
        }
        DataType given = expression.bind(schema(), path()).type();
        if (!given.equals(time.type())) {
            throw new PlanException(
                    "type-mismatch",
                    path(),
                    "a watermark is of the type of " + column + ", which is " + time.type() + ", but " + expression
                            + " is " + given,
                    "");
        }
        return new EventTimeNode(input(), column, outOfOrder, idleAfter, expression);
    }

    private PlanException both() {
        return new PlanException(
                "watermark", path(), "outOfOrder and watermark both say how the watermark follows", "say one of them");
    }

    @Override
    EventTime eventTime() {
        return time;
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>(wanted);
        reads.add(column);
        if (watermark != null) {
            reads.addAll(watermark.columns());
        }
        return reads;
    }

    @Override
    String state() {
        return "state of one time";
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        BoundExpr bound = watermark == null ? null : watermark.bind(schema(), path());
        return new EventTimeOperator(this, schema().places(reads(Set.of())), bound, rejects);
    }

    int place() {
        return schema().indexOf(column);
    }

    Duration idleAfter() {
        return idleAfter;
    }

    /** A watermark as a point in time; null where it has not begun, or the end has come. */
    static Instant instant(EventTime time, long watermark) {
        if (time == null || watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE) {
            return null;
        }
        return Instant.EPOCH.plus(watermark, Durations.unit(time.type()));
    }

    /** A watermark as people read it; empty before the first row. */
    static String shown(EventTime time, long watermark) {
        if (watermark == Long.MIN_VALUE) {
            return "";
        }
        if (watermark == Long.MAX_VALUE) {
            return "the end";
        }
        LongLane one = new LongLane();
        one.reset(1);
        one.values()[0] = watermark;
        return Cells.text(time.type(), one, 0);
    }
}
