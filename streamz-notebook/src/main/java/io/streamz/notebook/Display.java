package io.streamz.notebook;

import io.streamz.core.OperatorContext;
import io.streamz.core.Scheduler;
import io.streamz.core.StreamzException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * An output that moves. It is looked at some times a second, on a thread of its own, and shown again where it has changed, so
 * that neither the stream nor the notebook waits for the other. It ends with its stream, after the last batch and before
 * {@code run()} returns, and leaves what it showed last; {@link #close} ends it earlier.
 *
 * <p>Drawing takes at most a fifth of the time: where an output is dear, it is shown less often.
 */
public final class Display implements AutoCloseable {
    static final Duration EVERY = Duration.ofMillis(250);
    private static final int PAUSE = 4;

    private final String id = Renderings.newId();
    private final Screen screen;
    private final Scheduler clock;
    private final Moving<?> moving;
    private final CountDownLatch ended = new CountDownLatch(1);
    private OperatorContext.Timer timer = () -> {};
    private Object shown = "nothing";
    private int updates = -1;
    private boolean over;

    private Display(Screen screen, Scheduler clock, Moving<?> moving) {
        this.screen = screen;
        this.clock = clock;
        this.moving = moving;
    }

    /** Shows it and begins to look. */
    static Display start(Screen screen, Scheduler clock, Moving<?> moving) {
        Display display = new Display(screen, clock, moving);
        display.look();
        return display;
    }

    private synchronized void look() {
        if (over) {
            return;
        }
        Instant begin = clock.instant();
        refresh(moving, false);
        Duration rest = Duration.between(begin, clock.instant()).multipliedBy(PAUSE);
        timer = clock.schedule(rest.compareTo(EVERY) > 0 ? rest : EVERY, this::look);
    }

    private <T> void refresh(Moving<T> source, boolean last) {
        Content output;
        try {
            T now = source.now().get();
            Object version = source.version().apply(now);
            if (version.equals(shown) && !last) {
                return;
            }
            shown = version;
            output = source.output().apply(now, last);
        } catch (StreamzException e) {
            // The stream has failed: that is its last state, and stands where people look.
            output = new Content(Html.preformatted(e.getMessage()), e.getMessage());
        }
        if (updates < 0) {
            screen.show(id, output);
        } else {
            screen.update(id, output);
        }
        updates++;
    }

    /** How often the output was replaced. */
    public synchronized int updates() {
        return updates;
    }

    /** Shows the last state and stops. No effect the second time. */
    @Override
    public synchronized void close() {
        if (!over) {
            over = true;
            timer.cancel();
            try {
                refresh(moving, true);
            } finally {
                ended.countDown();
            }
        }
    }

    /**
     * Waits until the stream ends. An interrupt, such as a notebook's stop button, closes the display; the stream goes on.
     */
    public void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        }
    }

    /** Such as {@code shown 12 times, ended}. */
    @Override
    public synchronized String toString() {
        return "shown " + (updates + 1) + " times" + (over ? ", ended" : "");
    }
}
