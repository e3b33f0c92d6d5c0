package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PipelineTest {

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
    void runReadsASourceToItsEnd() {
        var seen = new ArrayList<Integer>();
        try (var pipeline = Pipeline.create("test")) {
            pipeline.read(numbers(3)).sink(seen::add);
            pipeline.run();
            assertThat(pipeline.health().state()).isEqualTo(Health.State.DONE);
        }
        assertThat(seen).containsExactly(0, 1, 2);
    }

    @Test
    void runThrowsWhatHasStoppedIt() {
        var heard = new ArrayList<StreamzException>();
        try (var pipeline = Pipeline.create("test")) {
            pipeline.read(numbers(3)).map(x -> 1 / x).sink(x -> {});
            pipeline.onFailure(heard::add);
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("test > map failed on 0");
            assertThat(heard).hasSize(1);
            assertThat(pipeline.health().state()).isEqualTo(Health.State.FAILED);
        }
    }

    @Test
    void whatHasNoEndIsEndedAndAllOfItGoesThrough() {
        var seen = new ArrayList<List<Integer>>();
        try (var pipeline = Pipeline.create("test")) {
            Source<Integer> endless = out -> {
                out.emit(1);
                return Progress.EMITTED;
            };
            pipeline.read(endless)
                    .accumulate(0, Integer::sum)
                    .map(sum -> {
                        if (sum == 5) {
                            pipeline.end();
                        }
                        return sum;
                    })
                    .partition(3)
                    .sink(seen::add);
            pipeline.run();
            assertThat(pipeline.health().state()).isEqualTo(Health.State.DONE);
        }
        assertThat(seen).containsExactly(List.of(1, 2, 3), List.of(4, 5));
    }

    @Test
    void anInputTakesItemsFromTheStartToItsEnd() {
        var seen = new ArrayList<Integer>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.stream(Integer.class);
            input.sink(seen::add);
            assertThatThrownBy(() -> input.emit(1)).hasMessageContaining("has not been started");
            pipeline.start();
            input.emitAll(List.of(1, 2));
            input.end();
            assertThat(pipeline.done().toCompletableFuture()).isCompleted();
            assertThatThrownBy(() -> input.emit(3)).hasMessageContaining("has ended");
        }
        assertThat(seen).containsExactly(1, 2);
    }
}
