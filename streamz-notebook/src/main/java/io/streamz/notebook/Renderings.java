package io.streamz.notebook;

import io.streamz.core.DataStream;
import io.streamz.core.Graph;
import io.streamz.core.Recent;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Plot;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Row;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;

/** How each of the library's types is shown at the end of a cell. */
final class Renderings {
    private static final Map<DataStream<?>, Recent<?>> LATEST = Collections.synchronizedMap(new WeakHashMap<>());

    private Renderings() {}

    static List<Rendering<?>> all() {
        return List.of(
                new Rendering<>(Table.class, table -> table(table, "")),
                new Rendering<>(
                        View.class,
                        view -> table(view.now(), "batch " + view.now().epoch())),
                new Rendering<>(LiveTable.class, Renderings::liveTable),
                new Rendering<>(StreamFrame.class, Renderings::frame),
                new Rendering<>(RecordBatch.class, batch -> table(Table.of(batch), "batch " + batch.epoch())),
                new Rendering<>(Row.class, row -> new Content(Html.preformatted(row.toString()), row.toString())),
                new Rendering<>(Graph.class, graph -> new Content(graph.svg(), graph.toString())),
                new Rendering<>(DataStream.class, Renderings::stream),
                new Rendering<>(Plot.class, Renderings::plot));
    }

    static Content table(Table table, String note) {
        return new Content(Html.table(table, note), table.toString());
    }

    private static Content liveTable(LiveTable live) {
        Content now = table(live.view().now(), "live table");
        String plan = live.explain();
        return new Content(now.html() + Html.preformatted(plan), now.text() + "\n" + plan);
    }

    private static Content frame(StreamFrame frame) {
        String plan = frame.explain();
        return new Content(Html.plan(frame.schema(), plan), frame.schema() + "\n" + plan);
    }

    /** The graph, and the newest item: of those since the stream was first looked at. */
    private static Content stream(DataStream<?> stream) {
        Graph graph = stream.graph();
        Recent<?> recent = LATEST.computeIfAbsent(stream, key -> key.recent(1));
        Content latest = latest(recent.last());
        return new Content(graph.svg() + latest.html(), stream + "\n" + latest.text());
    }

    static Content latest(Optional<?> item) {
        return item.map(Renderings::any).orElseGet(() -> new Content(Html.preformatted("no item yet"), "no item yet"));
    }

    /** An item of a stream: as its type is shown, or as its text. */
    static Content any(Object item) {
        for (Rendering<?> rendering : all()) {
            if (rendering.type() != DataStream.class && rendering.type().isInstance(item)) {
                return cast(rendering, item);
            }
        }
        return new Content(Html.preformatted(String.valueOf(item)), String.valueOf(item));
    }

    private static <T> Content cast(Rendering<T> rendering, Object item) {
        return rendering.output(rendering.type().cast(item));
    }

    private static Content plot(Plot plot) {
        List<String> html = new ArrayList<>();
        if (Streamz.firstPlot()) {
            html.add(PlotHtml.library());
        }
        html.add(PlotHtml.of(plot, PlotData.of(plot, plot.view().now()), newId(), true));
        return new Content(String.join("\n", html), plot.toString());
    }

    static String newId() {
        return "streamz-" + UUID.randomUUID();
    }
}
