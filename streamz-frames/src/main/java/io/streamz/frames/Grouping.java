package io.streamz.frames;

import io.streamz.aggregations.Kind;
import io.streamz.frames.internal.expr.Moving;
import io.streamz.frames.internal.expr.Node;
import io.streamz.frames.internal.expr.Op;
import io.streamz.frames.internal.expr.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Rows on the way to answers of one row each: a step, and the keys that tell the groups of its rows. */
record Grouping(Pipeline pipeline, PlanNode node, List<String> keys) {
    /** Groups of rows; those with a null among their keys are left out where that was asked for. */
    static Grouping of(Pipeline pipeline, PlanNode node, List<String> keys, boolean dropNullKeys) {
        PlanNode step = node;
        if (dropNullKeys) {
            Node all = keys.stream()
                    .map(key -> Node.call(Op.NOT, Node.call(Op.IS_NULL, new Node.Column(key))))
                    .reduce((left, right) -> Node.call(Op.AND, left, right))
                    .orElseThrow();
            step = FilterNode.of(node, new Expr(all));
        }
        return new Grouping(pipeline, step, keys);
    }

    /** The rows with a column for each of these, made of the rows before. */
    StreamFrame with(Map<String, Moving> columns, String on) {
        Map<String, Moving> keyed = new LinkedHashMap<>();
        columns.forEach((name, answer) -> keyed.put(name, answer.by(keys)));
        return new StreamFrame(pipeline, MovingNode.of(node, keyed, on));
    }

    /** {@link #with} of one function over each of these columns, or over all that it takes. */
    StreamFrame with(Sequence function, long number, Smoothing smoothing, String on, String... columns) {
        boolean any = function == Sequence.SHIFT || function == Sequence.FFILL || function == Sequence.CUM_COUNT;
        Map<String, Moving> answers = new LinkedHashMap<>();
        for (String column : columns(any ? kind -> true : Kind::isNumber, columns)) {
            Moving answer = Moving.of(function, new Node.Column(column), number, smoothing);
            answers.put(answer.suggestedName(), answer);
        }
        return with(answers, on);
    }

    /** These columns, or all of these kinds that are neither keys nor event time. */
    List<String> columns(Predicate<Kind> kinds, String... columns) {
        if (columns.length > 0) {
            Arrays.stream(columns).forEach(column -> node.schema().column(column, node.path()));
            return List.of(columns);
        }
        EventTime time = node.eventTime();
        List<String> all = new ArrayList<>();
        for (Field field : node.schema().fields()) {
            boolean isTime = time != null && field.name().equals(time.column());
            if (!keys.contains(field.name())
                    && !isTime
                    && kinds.test(field.type().kind())) {
                all.add(field.name());
            }
        }
        return all;
    }
}
