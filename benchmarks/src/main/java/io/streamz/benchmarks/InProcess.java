package io.streamz.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** A contestant that works in this process: on the calling thread, and on those of a {@link Meter} while that one waits. */
final class InProcess implements Contestant {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Where results go, so that no compiler may leave out the work for them. */
    @SuppressWarnings("unused")
    private static volatile Object last;

    private final Callable<Answer> answer;
    private final Callable<?> work;
    private final AutoCloseable end;
    private final Meter meter;

    /**
     * @param work does the job once and returns something that depends on all of it
     * @param end frees what the contestant holds
     */
    InProcess(Callable<Answer> answer, Callable<?> work, AutoCloseable end) {
        this(answer, work, end, new Meter());
    }

    /**
     * @param meter of the threads beside the calling one that work for it
     */
    InProcess(Callable<Answer> answer, Callable<?> work, AutoCloseable end, Meter meter) {
        this.answer = answer;
        this.work = work;
        this.end = end;
        this.meter = meter;
    }

    @Override
    public Answer answer() throws Exception {
        return answer.call();
    }

    @Override
    public Timing run(int times) throws Exception {
        long process = SYSTEM.getProcessCpuTime();
        long bytes = bytes();
        long nanos = nanos();
        for (int i = 0; i < times; i++) {
            last = work.call();
        }
        nanos = nanos() - nanos;
        bytes = bytes() - bytes;
        process = SYSTEM.getProcessCpuTime() - process;
        return new Timing(nanos, Math.max(0, process - nanos), bytes);
    }

    private long nanos() {
        return Meter.THREADS.getCurrentThreadCpuTime() + meter.nanos();
    }

    private long bytes() {
        return Meter.THREADS.getCurrentThreadAllocatedBytes() + meter.bytes();
    }

    @Override
    public void close() throws Exception {
        last = null;
        end.close();
    }
}
