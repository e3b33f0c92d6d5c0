package io.streamz.notebook;

import io.streamz.core.DataStream;
import io.streamz.core.Health;
import io.streamz.core.Operator;
import io.streamz.core.Output;
import io.streamz.core.PlanException;
import io.streamz.core.Recent;
import io.streamz.core.Scheduler;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Plot;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What cells of a notebook call; to be imported statically. Pipelines have names here: running a cell again replaces its
 * pipeline instead of leaving the old one at work.
 */
public final class Streamz {
    private static final int ROWS = 20;
    private static final Map<String, Pipeline> PIPELINES = new LinkedHashMap<>();
    private static final Scheduler CLOCK = Scheduler.system("streamz-display");
    private static final AtomicBoolean PLOTTED = new AtomicBoolean();

    private static volatile Screen screen;

    private Streamz() {}

    /**
     * A new pipeline. One of the same name that was made here before is closed first.
     *
     * @throws io.streamz.core.StreamException when user code of the old one does not return; it is forgotten all the same
     */
    public static synchronized Pipeline pipeline(String name) {
        Pipeline old = PIPELINES.remove(name);
        if (old != null) {
            old.close();
        }
        Pipeline pipeline = Pipeline.create(name);
        PIPELINES.put(name, pipeline);
        return pipeline;
    }

    /** The pipelines made here that are neither done nor closed, in the order in which they were made. */
    public static synchronized Map<String, Health> running() {
        Map<String, Health> running = new LinkedHashMap<>();
        PIPELINES.forEach((name, pipeline) -> {
            Health health = pipeline.health();
            if (health.state() == Health.State.NEW || health.state() == Health.State.RUNNING) {
                running.put(name, health);
            }
        });
        return running;
    }

    /** Closes every pipeline made here; with the first failure once all have been tried. */
    public static synchronized void stopAll() {
        List<Pipeline> all = new ArrayList<>(PIPELINES.values());
        PIPELINES.clear();
        RuntimeException failure = null;
        for (Pipeline pipeline : all) {
            try {
                pipeline.close();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Shows the table below this cell, and again at most four times a second while it changes. */
    public static Display display(View view) {
        Display display = Display.start(screen("view.now()"), CLOCK, table(view));
        view.onEnd(display::close);
        return display;
    }

    /** {@link #display(View)} of the table. */
    public static Display display(LiveTable table) {
        return display(table.view());
    }

    /** {@link #display(View)} of the newest rows. */
    public static Display display(StreamFrame frame) {
        return display(frame.tail(ROWS));
    }

    /** Draws the plot below this cell, and again at most four times a second while its rows change. */
    public static Display display(Plot plot) {
        Screen target = screen("Pictures.png(plot)");
        if (firstPlot()) {
            target.show(Renderings.newId(), new Content(PlotHtml.library(), ""));
        }
        Display display = Display.start(target, CLOCK, plot(plot, Renderings.newId()));
        plot.view().onEnd(display::close);
        return display;
    }

    /** Shows the newest item of the stream below this cell, from now on. */
    public static <T> Display display(DataStream<T> stream) {
        Recent<T> recent = stream.recent(1);
        Display display = Display.start(screen("stream.sink(System.out::println)"), CLOCK, latest(recent));
        stream.pipe("display", () -> new Operator<T, T>() {
            @Override
            public void onNext(T item, Output<? super T> out) {}

            @Override
            public void onEnd(Output<? super T> out) {
                display.close();
            }

            @Override
            public void close() {
                display.close();
            }
        });
        return display;
    }

    static Moving<Table> table(View view) {
        return new Moving<>(
                view::now,
                Table::epoch,
                (table, last) -> Renderings.table(table, "batch " + table.epoch() + (last ? ", ended" : ", live")));
    }

    static Moving<Table> plot(Plot plot, String id) {
        return new Moving<>(
                plot.view()::now,
                Table::epoch,
                (table, last) -> new Content(PlotHtml.of(plot, PlotData.of(plot, table), id, last), plot.toString()));
    }

    private static <T> Moving<Optional<T>> latest(Recent<T> recent) {
        return new Moving<>(recent::last, latest -> latest, (latest, last) -> Renderings.latest(latest));
    }

    /** Whether no plot was shown yet in this kernel: the first one brings the library along. */
    static boolean firstPlot() {
        return PLOTTED.compareAndSet(false, true);
    }

    static void screen(Screen target) {
        screen = target;
        PLOTTED.set(false);
    }

    private static Screen screen(String instead) {
        Screen target = screen;
        if (target == null) {
            throw new PlanException(
                    "no-kernel",
                    "display",
                    "display works in a notebook, and no kernel is known",
                    "in IJava run IJava.install(getKernelInstance()); elsewhere " + instead + " gives what there is");
        }
        return target;
    }
}
