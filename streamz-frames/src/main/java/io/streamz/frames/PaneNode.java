package io.streamz.frames;

import io.streamz.aggregations.CountGroups;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.PaneGroups;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One row for each interval and key, when the interval is final. */
final class PaneNode extends PlanNode {
    static final String START = "window_start";
    static final String END = "window_end";
    static final String FINAL = "window_final";

    private final PaneWindow window;
    private final List<String> keys;
    private final List<Agg> aggregates;

    private PaneNode(
            PlanNode input, Schema schema, String label, PaneWindow window, List<String> keys, List<Agg> aggregates) {
        super(input, schema, label);
        this.window = window;
        this.keys = keys;
        this.aggregates = aggregates;
    }

    static PaneNode of(PlanNode input, PaneWindow window, List<String> keys, List<Agg> aggregates) {
        DataType type = window.byTime() ? input.eventTime().type() : DataType.INT64;
        List<Field> fields = new ArrayList<>(List.of(new Field(START, type), new Field(END, type)));
        if (window.isEarly()) {
            fields.add(new Field(FINAL, DataType.BOOL));
        }
        for (String key : keys) {
            fields.add(input.schema().field(input.schema().column(key, input.path())));
        }
        for (Agg aggregate : aggregates) {
            fields.add(aggregate.bind(input.schema(), input.path()).output());
        }
        PaneNode node = new PaneNode(
                input,
                Schema.of(fields),
                "window(" + window + ")." + AggregateNode.groups(keys, false) + "agg(" + AggregateNode.list(aggregates)
                        + ")",
                window,
                List.copyOf(keys),
                List.copyOf(aggregates));
        node.kernel(new Measures(aggregates, input.schema(), input.path())); // finds lengths that do not fit
        return node;
    }

    /** Answers come when time has passed them: what time they have is for {@code eventTime} to say again. */
    @Override
    EventTime eventTime() {
        return null;
    }

    @Override
    boolean tellsLate() {
        return window.byTime();
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        Set<String> reads = new LinkedHashSet<>(keys);
        aggregates.forEach(aggregate -> reads.addAll(aggregate.columns()));
        if (window.byTime()) {
            reads.add(input().eventTime().column());
        }
        return reads;
    }

    @Override
    String state() {
        if (!window.byTime()) {
            return "state of the panes of each key"
                    + (keys.isEmpty() ? "" : ": grows with the number of different " + String.join(", ", keys));
        }
        return "state of the open panes: one that the watermark has passed is gone";
    }

    PaneWindow window() {
        return window;
    }

    int keyCount() {
        return keys.size();
    }

    private PaneKernel kernel(Measures measures) {
        if (!window.byTime()) {
            return new RowPanes(new CountGroups(window.size(), window.slide(), measures.types(), measures.all()));
        }
        EventTime time = input().eventTime();
        return new TimePanes(new PaneGroups(
                window.panes(time, input().path()),
                window.lateness(time, input().path()),
                window.early(time, input().path()),
                measures.types(),
                measures.all()));
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        Schema in = input().schema();
        Measures measures = new Measures(aggregates, in, input().path());
        return new PaneOperator(
                this,
                in.places(reads(Set.of())),
                KeyIds.of(in, keys, false),
                measures.inputs(),
                kernel(measures),
                window.byTime() ? in.indexOf(input().eventTime().column()) : -1,
                rejects);
    }
}
