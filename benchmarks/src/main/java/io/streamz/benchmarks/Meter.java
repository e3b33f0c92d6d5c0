package io.streamz.benchmarks;

import com.sun.management.ThreadMXBean;
import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the threads of pipelines cost. A pipeline polls each source on a thread of its own, which does all the work behind it;
 * a metered source notes, when it ends, what its thread has used since it began.
 */
final class Meter {
    static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    long nanos() {
        return nanos.get();
    }

    long bytes() {
        return bytes.get();
    }

    private void note() {
        nanos.addAndGet(THREADS.getCurrentThreadCpuTime());
        bytes.addAndGet(THREADS.getCurrentThreadAllocatedBytes());
    }

    /** The same source, metered. */
    FrameSource of(FrameSource source) {
        return new FrameSource() {
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
                return new Metered(source.open(needed));
            }
        };
    }

    private final class Metered implements Source<RecordBatch> {
        private final Source<RecordBatch> source;

        Metered(Source<RecordBatch> source) {
            this.source = source;
        }

        @Override
        public Progress poll(Output<? super RecordBatch> out) throws Exception {
            Progress progress = source.poll(out);
            if (progress == Progress.END) {
                note();
            }
            return progress;
        }

        @Override
        public Position position() {
            return source.position();
        }

        @Override
        public void onReady(Runnable signal) {
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
}
