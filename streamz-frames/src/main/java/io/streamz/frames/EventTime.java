package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import java.util.List;

/**
 * The event time of a frame, as it was declared, and the column that holds it here.
 *
 * @param column the name of the column; null where it was not selected or was replaced, and only the watermark is left
 * @param type a timestamp or a date: watermarks are in its unit
 * @param bound how far a row may lie behind the newest, in that unit
 * @param ordered whether each row's own watermark is the newest time before it, so that rows that are not late come in order
 */
record EventTime(String column, DataType type, long bound, boolean ordered) {
    EventTime named(String other) {
        return new EventTime(other, type, bound, ordered);
    }

    /** The declared time of a step's rows, with its column. */
    static EventTime of(PlanNode node, String operator) {
        EventTime time = node.eventTime();
        if (time == null || time.column == null) {
            throw new PlanException(
                    "no-event-time",
                    node.path(),
                    operator + " needs event time, but "
                            + (time == null ? "none is declared" : "its column was left out or replaced"),
                    "declare it, as in eventTime(\"" + example(node.schema()) + "\").outOfOrder(\"5s\"), or say "
                            + operator + ".on(\"" + example(node.schema()) + "\")");
        }
        return time;
    }

    /**
     * The step with event time in a column: as it is where that is declared, else with it declared and no row out of order.
     *
     * @param on the column, or null for the declared one
     */
    static PlanNode on(PlanNode node, String on, String operator) {
        if (on == null) {
            of(node, operator);
            return node;
        }
        EventTime declared = node.eventTime();
        boolean same = declared != null && on.equals(declared.column);
        return same ? node : EventTimeNode.of(node, on);
    }

    /** The place of a column that may hold event time. */
    static int place(PlanNode node, String column) {
        int place = node.schema().column(column, node.path());
        Kind kind = node.schema().type(place).kind();
        if (kind != Kind.TIMESTAMP && kind != Kind.DATE) {
            List<String> times = times(node.schema());
            throw new PlanException(
                    "type-mismatch",
                    node.path(),
                    "event time is a timestamp or a date, but " + column + " is "
                            + node.schema().type(place),
                    times.isEmpty()
                            ? "declare it when reading, as in types(\"" + column + ": timestamp\"), or cast it"
                            : "columns that are: " + String.join(", ", times));
        }
        return place;
    }

    private static String example(Schema schema) {
        List<String> times = times(schema);
        return times.isEmpty() ? "time" : times.get(0);
    }

    private static List<String> times(Schema schema) {
        return schema.names().stream()
                .filter(name -> {
                    Kind kind = schema.type(schema.indexOf(name)).kind();
                    return kind == Kind.TIMESTAMP || kind == Kind.DATE;
                })
                .toList();
    }
}
