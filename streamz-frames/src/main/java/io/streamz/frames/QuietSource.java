package io.streamz.frames;

import io.streamz.core.CommittingSource;
import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;

/** A source that remembers whether it had nothing more when it was last asked, and that can be held back at first. */
class QuietSource implements Source<RecordBatch> {
    private final Source<RecordBatch> source;
    private volatile boolean quiet;
    private volatile boolean held;
    private volatile Runnable ready = () -> {};

    private QuietSource(Source<RecordBatch> source) {
        this.source = source;
    }

    static QuietSource of(Source<RecordBatch> source) {
        return source instanceof CommittingSource<RecordBatch> committing
                ? new Committing(committing)
                : new QuietSource(source);
    }

    /** One whose origin is told what is finished. */
    private static final class Committing extends QuietSource implements CommittingSource<RecordBatch> {
        private final CommittingSource<RecordBatch> source;

        Committing(CommittingSource<RecordBatch> source) {
            super(source);
            this.source = source;
        }

        @Override
        public void completed(Position upTo) {
            source.completed(upTo);
        }
    }

    /** Gives nothing until {@link #letGo}. */
    void hold() {
        held = true;
    }

    void letGo() {
        held = false;
        ready.run();
    }

    boolean isQuiet() {
        return quiet;
    }

    @Override
    public Progress poll(Output<? super RecordBatch> out) throws Exception {
        quiet = false;
        Progress progress = held ? Progress.idle() : source.poll(out);
        quiet = progress.isIdle();
        return progress;
    }

    @Override
    public Position position() {
        return source.position();
    }

    @Override
    public void restore(Position position) throws Exception {
        source.restore(position);
    }

    @Override
    public void onReady(Runnable signal) {
        ready = signal;
        source.onReady(signal);
    }

    @Override
    public void wakeup() {
        source.wakeup();
    }

    @Override
    public void close() {
        source.close();
    }
}
