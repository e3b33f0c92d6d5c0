package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.Output;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.internal.text.FileStamp;
import java.time.Duration;
import java.util.Objects;

/** A source that is read again and again; behind each reading comes a batch that says so ({@link RecordBatch#isWhole}). */
record ReloadingSource(FrameSource source, Reload reload) implements FrameSource {
    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Schema schema() {
        return source.schema();
    }

    @Override
    public FrameSource knowing(Schema saved) {
        return new ReloadingSource(source.knowing(saved), reload);
    }

    @Override
    public Source<RecordBatch> open(Projection needed) {
        return new Readings(source, reload, needed);
    }

    private static final class Readings implements Source<RecordBatch> {
        private final FrameSource source;
        private final Reload reload;
        private final Projection needed;
        private final BatchPool pool;
        /** The reading that goes on; null between two. */
        private volatile Source<RecordBatch> reading;

        private Runnable ready = () -> {};
        private long heard;
        private boolean waited;
        private FileStamp stamp;

        Readings(FrameSource source, Reload reload, Projection needed) {
            this.source = source;
            this.reload = reload;
            this.needed = needed;
            this.pool = new BatchPool(source.schema(), source.name());
            begin();
        }

        private void begin() {
            heard = reload.asked();
            stamp = reload.stamp();
            waited = false;
            reading = source.open(needed);
            reading.onReady(ready);
        }

        @Override
        public Progress poll(Output<? super RecordBatch> out) throws Exception {
            if (reading == null) {
                if (reload.asked() == heard && !(waited && reload.isDue(stamp))) {
                    waited = true;
                    Duration pause = reload.pause();
                    return pause == null ? Progress.idle() : Progress.idle(pause);
                }
                begin();
            }
            Progress progress = reading.poll(out);
            if (progress != Progress.END) {
                return progress;
            }
            reading.close();
            reading = null;
            try (RecordBatch last = pool.take()) {
                for (Lane lane : last.fillAll()) {
                    lane.reset(0);
                }
                last.filled(0);
                last.whole();
                out.emit(last);
            }
            return Progress.EMITTED;
        }

        @Override
        public void onReady(Runnable signal) {
            ready = Objects.requireNonNull(signal, "signal");
            reload.onNow(signal);
            if (reading != null) {
                reading.onReady(signal);
            }
        }

        @Override
        public void wakeup() {
            Source<RecordBatch> now = reading;
            if (now != null) {
                now.wakeup();
            }
        }

        @Override
        public void close() {
            reload.forget(ready);
            if (reading != null) {
                reading.close();
            }
        }
    }
}
