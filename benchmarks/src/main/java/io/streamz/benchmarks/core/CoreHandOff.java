package io.streamz.benchmarks.core;

import io.streamz.core.DataStream;
import io.streamz.core.Pipeline;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Items from one thread to another through a queue of 1,024, until the last one has arrived. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class CoreHandOff {
    private static final int ITEMS = 1_000_000;
    private static final int BOUND = 1024;

    private long received;

    /** A buffer between emit and a sink. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long streamz() {
        received = 0;
        try (var pipeline = Pipeline.create("hand-off")) {
            DataStream<Integer> stream = pipeline.stream(Integer.class);
            stream.buffer(BOUND).sink(x -> received++);
            pipeline.start();
            for (int i = 0; i < ITEMS; i++) {
                stream.emit(i);
            }
            stream.end();
            pipeline.run();
        }
        return checked();
    }

    /** put and take. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long arrayBlockingQueue() throws InterruptedException {
        received = 0;
        var queue = new ArrayBlockingQueue<Integer>(BOUND);
        var reader = new Thread(() -> {
            try {
                while (queue.take() >= 0) {
                    received++;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
        for (int i = 0; i < ITEMS; i++) {
            queue.put(i);
        }
        queue.put(-1);
        reader.join();
        return checked();
    }

    private long checked() {
        if (received != ITEMS) {
            throw new IllegalStateException(received + " of " + ITEMS);
        }
        return received;
    }
}
