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
    private final FrameSource source;
    private volatile boolean stopped;
    private volatile Runnable ready = () -> {};

    Stoppable(FrameSource source) {
        this.source = source;
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
    public Source<RecordBatch> open(Projection needed) {
        Source<RecordBatch> rows = source.open(needed);
        return new Source<>() {
            @Override
            public Progress poll(Output<? super RecordBatch> out) throws Exception {
                return stopped ? Progress.END : rows.poll(out);
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
