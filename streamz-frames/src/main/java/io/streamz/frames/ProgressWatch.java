package io.streamz.frames;

import io.streamz.core.Health;
import io.streamz.core.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Looks at a pipeline from time to time and tells how it gets on. */
final class ProgressWatch {
    private final Pipeline pipeline;
    private final Scheduler scheduler;
    private final Duration every;
    private final Consumer<? super FrameProgress> listener;
    private boolean started;
    private boolean over;
    private long rows;
    private Instant last;

    ProgressWatch(Pipeline pipeline, Scheduler scheduler, Duration every, Consumer<? super FrameProgress> listener) {
        this.pipeline = pipeline;
        this.scheduler = scheduler;
        this.every = every;
        this.listener = listener;
        this.last = scheduler.instant();
    }

    void begin() {
        pipeline.done().whenComplete((nothing, failure) -> end());
        scheduler.schedule(every, this::look);
    }

    private synchronized void look() {
        if (over) {
            return;
        }
        if (pipeline.health().state() == Health.State.RUNNING) {
            start();
            tell(null);
        }
        scheduler.schedule(every, this::look);
    }

    private void start() {
        if (!started) {
            started = true;
            tell(FrameProgress.Event.STARTED);
        }
    }

    private synchronized void end() {
        if (!over) {
            over = true;
            start();
            tell(pipeline.health().failure() == null ? FrameProgress.Event.ENDED : FrameProgress.Event.FAILED);
        }
    }

    /** Null where it depends on the rows that have come. */
    private void tell(FrameProgress.Event known) {
        List<StepMetrics> steps = pipeline.steps();
        Instant now = scheduler.instant();
        long all = steps.stream()
                .filter(step -> step.path().equals(step.step()))
                .mapToLong(StepMetrics::in)
                .sum();
        double seconds = Duration.between(last, now).toNanos() / 1e9;
        FrameProgress.Event event =
                known != null ? known : all > rows ? FrameProgress.Event.PROGRESS : FrameProgress.Event.IDLE;
        double speed = seconds > 0 && known != FrameProgress.Event.STARTED ? (all - rows) / seconds : 0;
        if (known != FrameProgress.Event.STARTED) {
            rows = all;
            last = now;
        }
        listener.accept(new FrameProgress(pipeline.name(), event, now, all, speed, pipeline.health(), steps));
    }
}
