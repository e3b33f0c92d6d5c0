package io.streamz.cli;

import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;

/** A source that ends early when it is told to: what has been read is then all there is, and the answer is over that. */
final class Stoppable implements FrameSource {
    private FrameSource source;
    private final int ahead;
    private volatile boolean stopped;
    private volatile Runnable ready = () -> {};

    /** @param ahead how many polls at most give what was read before they asked for it, which a stop takes in too */
    Stoppable(FrameSource source, int ahead) {
        this.source = source;
        this.ahead = ahead;
    }

    /** Ends the source at the next batch boundary; from any thread. */
    void stop() {
        stopped = true;
        ready.run();
    }

    boolean isStopped() {
        return stopped;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Schema schema() {
        return source.schema();
    }

    @Override
    public boolean replays() {
        return source.replays();
    }

    @Override
    public FrameSource knowing(Schema saved) {
        source = source.knowing(saved);
        return this;
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        Source<RecordBatch> rows = source.open(needed);
        return new Source<>() {
            private int left = ahead;

            @Override
            public Progress poll(Output<? super RecordBatch> out) throws Exception {
                if (!stopped) {
                    return rows.poll(out);
                }
                return left-- > 0 && rows.poll(out) == Progress.EMITTED ? Progress.EMITTED : Progress.END;
            }

            @Override
            public Position position() {
                return rows.position();
            }

            @Override
            public void restore(Position position) throws Exception {
                rows.restore(position);
            }

            @Override
            public void onReady(Runnable signal) {
                ready = signal;
                rows.onReady(signal);
            }

            @Override
            public void wakeup() {
                rows.wakeup();
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }
}
