package io.streamz.frames;

import io.streamz.core.CommittingSource;
import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A source that remembers whether it had nothing more when it was last asked, and that can be held back. It ends only behind
 * those which its rows wait for: the last checkpoint of a run would else find it ended, or not, as the race went, and one that ended
 * has no more rows after a restart.
 */
class QuietSource implements Source<RecordBatch> {
    private final Source<RecordBatch> source;
    private final Map<QuietSource, BooleanSupplier> awaited = new ConcurrentHashMap<>();
    private volatile boolean quiet;
    private final AtomicInteger holders = new AtomicInteger();
    private boolean ended;
    private volatile boolean ending;
    /** Whether the rows of another one wait for all of its rows. */
    private volatile boolean isAwaited;

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

    /** Gives nothing until {@link #letGo} was called as often as this. */
    void hold() {
        holders.incrementAndGet();
    }

    void letGo() {
        holders.decrementAndGet();
        ready.run();
    }

    /** Ends it before its next poll; one whose rows are awaited is read on to its own end, which then comes before those. */
    void end() {
        ending = true;
        ready.run();
    }

    boolean isQuiet() {
        return quiet;
    }

    /**
     * Lets it end behind another, unless that one waits for it.
     *
     * @param isOver whether the rows of the other one have all come where they are awaited
     */
    void endsBehind(QuietSource other, BooleanSupplier isOver) {
        if (!other.awaits(this)) {
            other.isAwaited = true;
            awaited.merge(other, isOver, (one, two) -> () -> one.getAsBoolean() && two.getAsBoolean());
        }
    }

    private boolean awaits(QuietSource other) {
        return other == this || awaited.keySet().stream().anyMatch(each -> each.awaits(other));
    }

    @Override
    public Progress poll(Output<? super RecordBatch> out) throws Exception {
        quiet = false;
        ended |= ending && !isAwaited;
        if (!ended && holders.get() > 0) {
            return Progress.idle();
        }
        Progress progress = ended ? Progress.END : source.poll(out);
        ended = progress == Progress.END;
        if (ended && !awaited.values().stream().allMatch(BooleanSupplier::getAsBoolean)) {
            return Progress.idle();
        }
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

    /** Lets it be asked again. */
    void ask() {
        ready.run();
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
