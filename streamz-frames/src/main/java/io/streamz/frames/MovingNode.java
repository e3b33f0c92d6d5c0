package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.Moving;
import io.streamz.frames.internal.expr.Printer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For each row that comes in the same row with further columns that are made of rows before it: rolling, expanding and cumulative
 * answers, weighted ones, shifted and filled columns; of all rows, or of those of its key.
 */
final class MovingNode extends PlanNode {
    private final List<String> keys;
    private final List<Moving> answers;
    private final boolean byTime;

    private MovingNode(PlanNode input, Schema schema, String label, List<String> keys, List<Moving> answers) {
        super(input, schema, label);
        this.keys = keys;
        this.answers = answers;
        this.byTime = answers.stream().anyMatch(answer -> answer.extent().byTime());
    }

    /**
     * The steps that add these columns: one for those with the same keys, but rolling by time has steps of its own, since its
     * keys come and go. Where event time decides, rows are put in its order first.
     *
     * @param on the column of event time, or null for the declared one
     */
    static PlanNode of(PlanNode input, Map<String, Moving> columns, String on) {
        PlanNode step = input;
        if (columns.values().stream().anyMatch(answer -> answer.extent().byTime()) || on != null) {
            step = EventTime.on(step, on, "going by time");
            step = InOrderNode.of(step, EventTime.of(step, "going by time"));
        }
        Map<Object, Map<String, Moving>> groups = new LinkedHashMap<>();
        columns.forEach((name, answer) -> groups.computeIfAbsent(
                        List.of(answer.keys(), answer.extent().time() == null ? "" : answer.extent()),
                        group -> new LinkedHashMap<>())
                .put(name, answer));
        for (Map<String, Moving> group : groups.values()) {
            step = one(step, group);
        }
        return step;
    }

    private static MovingNode one(PlanNode input, Map<String, Moving> columns) {
        List<Moving> answers = List.copyOf(columns.values());
        List<String> keys = answers.get(0).keys();
        List<Field> fields = new ArrayList<>(input.schema().fields());
        Set<String> seen = new LinkedHashSet<>();
        for (String key : keys) {
            input.schema().column(key, input.path());
            if (!seen.add(key)) {
                throw new PlanException(
                        "duplicate-column", input.path(), "over names column '" + key + "' twice", "name it once");
            }
        }
        columns.forEach(
                (name, answer) -> fields.add(new Field(name, RowKernels.type(answer, input.schema(), input.path()))));
        String label = columns.entrySet().stream()
                .map(column -> Printer.name(column.getKey()) + " = " + column.getValue())
                .collect(Collectors.joining(", ", "assign(", ")"));
        MovingNode node = new MovingNode(input, Schema.of(fields), label, keys, answers);
        node.kernels(); // finds parameters that are out of their range
        return node;
    }

    private RowKernels kernels() {
        EventTime time = byTime ? EventTime.of(input(), "going by time") : null;
        try {
            return RowKernels.of(answers, input().schema(), input().path(), time);
        } catch (IllegalArgumentException e) {
            throw new PlanException("parameter", input().path(), e.getMessage(), "", e);
        }
    }

    /** Whether a key goes with its last row. */
    boolean keysGo() {
        return answers.get(0).extent().time() != null;
    }

    @Override
    boolean inOrder() {
        return input().inOrder();
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>(wanted);
        reads.retainAll(input().schema().names());
        answers.forEach(answer -> answer.columns(reads));
        reads.addAll(keys);
        if (byTime) {
            reads.add(input().eventTime().column());
        }
        return reads;
    }

    @Override
    String state() {
        List<String> parts = new ArrayList<>();
        for (Moving answer : answers) {
            Moving.Extent extent = answer.extent();
            boolean shifts = answer.sequence() != null && answer.sequence().looksBack();
            parts.add(
                    extent.rows() > 0
                            ? "the last " + extent.rows() + " rows"
                            : extent.time() != null
                                    ? "the rows of the last " + Durations.text(extent.time())
                                    : shifts ? "the last " + Math.max(1, answer.number()) + " rows" : "one row");
        }
        String what = parts.stream().distinct().collect(Collectors.joining(", "));
        return "state of " + what
                + (keys.isEmpty() || keysGo()
                        ? ""
                        : " for each key: grows with the number of different " + String.join(", ", keys));
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        Schema in = input().schema();
        int[] from = RecordBatch.owned(schema().size());
        for (int column = 0; column < in.size(); column++) {
            from[column] = column;
        }
        DataType[] keyTypes = keys.stream().map(key -> in.type(in.indexOf(key))).toArray(DataType[]::new);
        return new MovingOperator(
                this,
                in.places(reads(Set.of())),
                new BatchPool(schema(), path(), from),
                new KeyIds(keyTypes, keys.stream().mapToInt(in::indexOf).toArray()),
                kernels(),
                byTime ? in.indexOf(input().eventTime().column()) : -1,
                rejects);
    }
}
