package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rows of two frames that belong together by their times and keys. Both come in order; a late row of either is left out. */
final class TimeJoinNode extends PlanNode {
    private final JoinColumns keys;
    private final JoinKind kind;
    private final TimeMatch match;
    private final EventTime leftTime;
    private final EventTime rightTime;
    private final int[] rightColumns;

    private TimeJoinNode(
            PlanNode left,
            PlanNode right,
            Schema schema,
            String label,
            JoinColumns keys,
            JoinKind kind,
            TimeMatch match,
            Set<String> leftOut) {
        super(List.of(left, right), schema, label);
        this.keys = keys;
        this.kind = kind;
        this.match = match;
        this.leftTime = left.eventTime();
        this.rightTime = right.eventTime();
        this.rightColumns = JoinColumns.rightColumns(right, leftOut);
    }

    /** Makes the match when the column of the right side's time is known. */
    interface Matching {
        TimeMatch of(EventTime rightTime, int place);
    }

    /**
     * A join.
     *
     * @param left a frame with event time
     * @param right another one with event time of the same type
     * @param oneTime whether a time of the right side that has the name of the left side's does not come out
     */
    static TimeJoinNode of(
            PlanNode left,
            PlanNode right,
            List<String> by,
            JoinKind kind,
            String label,
            boolean oneTime,
            Matching matching) {
        String join = label.substring(0, label.indexOf('('));
        EventTime leftTime = EventTime.of(left, join);
        EventTime rightTime = EventTime.of(right, join);
        if (!leftTime.type().equals(rightTime.type())) {
            throw new PlanException(
                    "type-mismatch",
                    left.path(),
                    join + ": event time is " + leftTime.type() + " in " + JoinColumns.name(left) + " and "
                            + rightTime.type() + " in " + JoinColumns.name(right),
                    "cast one of them before, or declare both alike when reading");
        }
        JoinColumns keys = JoinColumns.of(left, right, by, join);
        Set<String> leftOut = new LinkedHashSet<>(by);
        if (oneTime && leftTime.column().equals(rightTime.column())) {
            leftOut.add(rightTime.column());
        }
        TimeMatch match = matching.of(rightTime, right.schema().indexOf(rightTime.column()));
        return new TimeJoinNode(
                InOrderNode.of(left, leftTime),
                InOrderNode.of(right, rightTime),
                JoinColumns.schema(left, right, leftOut, join),
                label + "." + kind + "()",
                keys,
                kind,
                match,
                leftOut);
    }

    PlanNode left() {
        return inputs().get(0);
    }

    PlanNode right() {
        return inputs().get(1);
    }

    JoinColumns keys() {
        return keys;
    }

    JoinKind join() {
        return kind;
    }

    /** The place of the left side's time. */
    int leftTime() {
        return left().schema().indexOf(leftTime.column());
    }

    /** The columns of the right side that come out. */
    int[] rightColumns() {
        return rightColumns;
    }

    @Override
    EventTime eventTime() {
        return leftTime;
    }

    @Override
    boolean inOrder() {
        return true;
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        return reads(0, wanted);
    }

    /** Keys, time, and what is wanted of a side. */
    @Override
    Set<String> reads(int input, Set<String> wanted) {
        Schema side = inputs().get(input).schema();
        Set<String> reads = new LinkedHashSet<>(keys.names());
        reads.add(input == 0 ? leftTime.column() : rightTime.column());
        if (input == 0) {
            wanted.stream().filter(name -> side.indexOf(name) >= 0).forEach(reads::add);
        } else {
            for (int column : rightColumns) {
                if (wanted.contains(side.field(column).name())) {
                    reads.add(side.field(column).name());
                }
            }
        }
        return reads;
    }

    /** Rows wait here with the columns that were wanted when the first one came. */
    @Override
    boolean fixesColumns() {
        return true;
    }

    @Override
    String state() {
        return "state of " + match.bound() + ", with the columns that are read";
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        return new TimeJoinOperator(this, match, wanted.names());
    }
}
