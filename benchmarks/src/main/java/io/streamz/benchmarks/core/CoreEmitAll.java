package io.streamz.benchmarks.core;

import io.reactivex.rxjava3.core.Observable;
import io.streamz.core.DataStream;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;

/** A range of boxed numbers through map, filter, accumulate and sink. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class CoreEmitAll {
    private static final int ITEMS = 100_000;

    private final Iterable<Integer> range = Range::new;
    private DataStream<Integer> stream;
    private long streamSum;
    private long rxSum;
    private long reactorSum;

    /** Counts up, as the ranges of the others do. */
    private static final class Range implements Iterator<Integer> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < ITEMS;
        }

        @Override
        public Integer next() {
            return next++;
        }
    }

    /** Compares the answers. */
    @Setup
    public void check() {
        if (streamz() != rxjava() || streamSum != reactor()) {
            throw new IllegalStateException(streamSum + ", " + rxSum + ", " + reactorSum);
        }
    }

    /** {@code DataStream.emitAll}; the graph is built anew, as the others do. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long streamz() {
        stream = DataStream.of(Integer.class);
        stream.map(x -> x + 1)
                .filter(x -> x % 3 != 0)
                .accumulate(0L, (sum, x) -> sum + x)
                .sink(x -> streamSum = x);
        stream.emitAll(range);
        return streamSum;
    }

    /** {@code Observable.range}. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long rxjava() {
        Observable.range(0, ITEMS)
                .map(x -> x + 1)
                .filter(x -> x % 3 != 0)
                .scan(0L, (sum, x) -> sum + x)
                .subscribe(x -> rxSum = x)
                .dispose();
        return rxSum;
    }

    /** {@code Flux.range}. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long reactor() {
        Flux.range(0, ITEMS)
                .map(x -> x + 1)
                .filter(x -> x % 3 != 0)
                .scan(0L, (sum, x) -> sum + x)
                .subscribe(x -> reactorSum = x)
                .dispose();
        return reactorSum;
    }
}
