package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BudgetTest {
    /** Holds all items and says that each takes ten bytes. */
    private static final class Hoard implements Operator<Integer, Integer> {
        private final List<Integer> held = new ArrayList<>();
        private OperatorContext context;

        @Override
        public void open(OperatorContext opened) {
            context = opened;
        }

        @Override
        public void onNext(Integer item, Output<? super Integer> out) {
            held.add(item);
            context.memory(10L * held.size());
            out.emit(item);
        }
    }

    private static Source<Integer> numbers(int count) {
        var next = new int[1];
        return out -> {
            if (next[0] == count) {
                return Progress.END;
            }
            out.emit(next[0]++);
            return Progress.EMITTED;
        };
    }

    @Test
    void whoHoldsMostIsNamed() {
        var seen = new ArrayList<Integer>();
        try (var pipeline = Pipeline.create("jobs").memory("1k")) {
            var numbers = pipeline.read(numbers(1_000_000));
            numbers.filter(x -> x % 10 == 0).pipe("few", Hoard::new).sink(x -> {});
            numbers.pipe("hoard", Hoard::new).sink(seen::add);
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(DataException.class)
                    .hasMessage("jobs > hoard holds 930 of the 1k that 'jobs' holds, more than its budget of 1k; "
                            + "give it more with memory(\"2k\"), or ask for fewer keys or shorter windows")
                    .satisfies(e -> assertThat(((DataException) e).path()).isEqualTo("jobs > hoard"));
            assertThat(pipeline.health().state()).isEqualTo(Health.State.FAILED);
        }
        assertThat(seen).hasSize(92);
    }

    @Test
    void whoEmitsIsToldAndTheNextIsRefused() {
        try (var pipeline = Pipeline.create("jobs").memory("100")) {
            var input = pipeline.stream(Integer.class);
            var heard = new ArrayList<Failure>();
            var hoard = input.pipe("hoard", Hoard::new);
            hoard.sink(x -> {});
            hoard.failures().sink(heard::add);
            pipeline.start();
            for (int item = 0; item < 10; item++) {
                input.emit(item);
            }
            try {
                input.emit(10);
            } catch (DataException e) {
                assertThat(e.code()).isEqualTo("over-budget");
            }
            assertThat(pipeline.health().failure()).isInstanceOf(DataException.class);
            assertThatThrownBy(() -> input.emit(11)).hasMessageContaining("closed");
        }
    }

    @Test
    void withinTheBudgetNothingHappens() {
        try (var pipeline = Pipeline.create("jobs").memory("1000")) {
            pipeline.read(numbers(100)).pipe("hoard", Hoard::new).sink(x -> {});
            pipeline.run();
            assertThat(pipeline.health().stateBytes()).isEqualTo(1000);
        }
    }

    @Test
    void aSlowSinkSlowsTheSourceAndNothingIsLost() {
        var taken = new AtomicLong();
        var most = new AtomicLong();
        var emitted = new AtomicLong();
        var go = new Semaphore(0);
        try (var pipeline = Pipeline.create("jobs").memory("1000", OverBudget.SLOW)) {
            Source<Integer> source = numbers(2_000);
            pipeline.read((Source<Integer>) out -> source.poll((Output<Integer>) item -> {
                        most.accumulateAndGet(emitted.incrementAndGet() - taken.get(), Math::max);
                        go.release();
                        out.emit(item);
                    }))
                    .buffer(Buffer.<Integer>ofRows(1_000).andBytes(1_000_000, item -> 100))
                    .sink(item -> {
                        go.acquireUninterruptibly();
                        taken.incrementAndGet();
                    });
            pipeline.run();
        }
        assertThat(taken).hasValue(2_000);
        // Ten in the queue, some in the hands of the sink's thread, one that waits at the gate.
        assertThat(most.get()).isLessThanOrEqualTo(60);
    }

    @Test
    void stateDoesNotShrinkByWaitingSoItStops() {
        try (var pipeline = Pipeline.create("jobs").memory("1k", OverBudget.SLOW)) {
            pipeline.read(numbers(1_000_000)).pipe("hoard", Hoard::new).sink(x -> {});
            assertThatThrownBy(pipeline::run).hasMessageStartingWith("jobs > hoard holds 1k of the 1k that");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1023, 1023", "1k, 1024", "1.5k, 1536", "512m, 536870912", "2g, 2147483648", "3t, 3298534883328"
    })
    void sizesReadAsTheyAreWritten(String text, long bytes) {
        assertThat(ByteSize.text(bytes)).isEqualTo(text);
        if (!text.contains(".")) {
            assertThat(ByteSize.parse(text, "the budget")).isEqualTo(bytes);
            assertThat(ByteSize.parse(" " + text.toUpperCase(java.util.Locale.ROOT) + " ", "the budget"))
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "-1", "x", "5q", "99999999999999999g", "1.5k"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> Pipeline.create("jobs").memory(text))
                .isInstanceOf(PlanException.class)
                .hasMessage("the budget is '" + text + "', which is no number of bytes; write it as 512m or 2g");
    }
}
