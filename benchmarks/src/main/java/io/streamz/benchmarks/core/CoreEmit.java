package io.streamz.benchmarks.core;

import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.Subject;
import io.streamz.core.DataStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One boxed item at a time through map, filter, accumulate and sink, by the entry that any thread may use. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class CoreEmit {
    private final DataStream<Integer> stream = DataStream.of(Integer.class);
    private final Subject<Integer> subject = PublishSubject.<Integer>create().toSerialized();
    private final Integer[] items = new Integer[1024];
    private int next;
    private long streamSum;
    private long subjectSum;

    /** Builds both chains and compares their answers. */
    @Setup
    public void build() {
        for (int i = 0; i < items.length; i++) {
            items[i] = i * 1000;
        }
        stream.map(x -> x + 1)
                .filter(x -> x % 3 != 0)
                .accumulate(0L, (sum, x) -> sum + x)
                .sink(x -> streamSum = x);
        Observable<Long> sums = subject.map(x -> x + 1).filter(x -> x % 3 != 0).scan(0L, (sum, x) -> sum + x);
        var unused = sums.subscribe(x -> subjectSum = x);
        for (Integer item : items) {
            stream.emit(item);
            subject.onNext(item);
        }
        if (streamSum != subjectSum) {
            throw new IllegalStateException(streamSum + " is not " + subjectSum);
        }
    }

    private Integer item() {
        return items[next++ & 1023];
    }

    /** {@code DataStream.emit}. */
    @Benchmark
    public long streamz() {
        stream.emit(item());
        return streamSum;
    }

    /** {@code PublishSubject.toSerialized().onNext}. */
    @Benchmark
    public long rxjava() {
        subject.onNext(item());
        return subjectSum;
    }
}
