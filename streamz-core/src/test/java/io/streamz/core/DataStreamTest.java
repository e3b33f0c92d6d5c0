package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DataStreamTest {

    @Test
    void mapsAndAccumulates() {
        var sums = new ArrayList<Long>();
        var source = DataStream.of(Integer.class);
        source.map(x -> x + 1).accumulate(0L, (sum, x) -> sum + x).sink(sums::add);
        for (int i = 0; i < 4; i++) {
            source.emit(i);
        }
        assertThat(sums).containsExactly(1L, 3L, 6L, 10L);
    }

    @Test
    void branchesRunInTheOrderTheyWereBuiltEachToItsEnd() {
        var seen = new ArrayList<String>();
        var source = DataStream.of(Integer.class);
        var first = source.map(x -> x);
        first.sink(x -> seen.add("a1"));
        first.sink(x -> seen.add("a2"));
        source.sink(x -> seen.add("b"));
        source.emit(0);
        assertThat(seen).containsExactly("a1", "a2", "b");
    }

    @Test
    void siblingsOfAFailingBranchFinishAndEmitThrowsWithTheNodesPath() {
        var seen = new ArrayList<Integer>();
        var source = DataStream.of(Integer.class).named("numbers");
        source.map(x -> 1 / x).named("reciprocal").sink(seen::add);
        source.sink(seen::add);
        source.emit(1);
        assertThatThrownBy(() -> source.emit(0))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("numbers > reciprocal")
                .hasRootCauseInstanceOf(ArithmeticException.class);
        source.emit(2);
        assertThat(seen).containsExactly(1, 1, 0, 0, 2);
    }

    @Test
    void whoListensToFailuresTakesThemOver() {
        var failures = new ArrayList<Failure>();
        var source = DataStream.of(Integer.class);
        source.map(x -> 1 / x).sink(x -> {});
        source.failures().sink(failures::add);
        source.emit(0);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.item()).isEqualTo(0);
            assertThat(failure.path()).isEqualTo("source > map");
        });
    }

    @Test
    void reentrantEmitsWaitUntilThePresentItemIsDone() {
        var seen = new ArrayList<Integer>();
        var source = DataStream.of(Integer.class);
        source.sink(x -> {
            if (x < 3) {
                source.emit(x + 1);
            }
            seen.add(x);
        });
        source.emit(0);
        assertThat(seen).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aChainOfTenThousandNodesDoesNotOverflowTheStack() {
        var seen = new ArrayList<Integer>();
        var source = DataStream.of(Integer.class);
        DataStream<Integer> last = source;
        for (int i = 0; i < 10_000; i++) {
            last = last.map(x -> x + 1);
        }
        last.sink(seen::add);
        source.emit(0);
        source.emitAll(List.of(1, 2));
        assertThat(seen).containsExactly(10_000, 10_001, 10_002);
    }

    @Test
    void aSinkAttachedByACallbackSeesTheNextItemAndAClosedOneDoesNot() {
        var late = new ArrayList<Integer>();
        var sinks = new ArrayList<Sink>();
        var source = DataStream.of(Integer.class);
        source.sink(x -> {
            if (x == 1) {
                sinks.add(source.sink(late::add));
            }
            if (x == 3) {
                sinks.get(0).close();
            }
        });
        source.emitAll(List.of(1, 2, 3, 4));
        assertThat(late).containsExactly(2, 3);
    }

    @Test
    void aSinkAttachedByAnotherThreadInTheMiddleOfARunHearsItsRest() {
        var stream = DataStream.of(Integer.class);
        List<Integer> early = stream.sinkToList();
        var late = new ArrayList<Integer>();
        stream.emitAll(() -> IntStream.range(0, 200)
                .peek(i -> {
                    if (i == 100) {
                        CompletableFuture.runAsync(() -> stream.sink(late::add)).join();
                    }
                })
                .iterator());
        assertThat(early).hasSize(200);
        assertThat(late).hasSizeBetween(200 - 100 - 16, 200 - 100).endsWith(199);
        assertThat(late).isEqualTo(early.subList(200 - late.size(), 200));
    }
}
