package io.streamz.blackbox.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.Health;
import io.streamz.frames.Pipeline;
import io.streamz.test.EmptyAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Too many keys end a pipeline with an error that names the step, long before the heap is used up. */
@ExtendWith(EmptyAllocator.class)
class BudgetTest {
    record Visit(String user, long bytes) {}

    @Test
    void tooManyKeys() {
        try (var pipeline = Pipeline.create("visits").memory("2m")) {
            var input = pipeline.input(Visit.class).flushEvery(1000, java.time.Duration.ofSeconds(1));
            var view = input.frame().groupBy("user").agg("sum(bytes)").view();
            pipeline.start();
            assertThatThrownBy(() -> {
                        for (int user = 0; user < 10_000_000; user++) {
                            input.emit(new Visit("user" + user, user));
                        }
                    })
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Visit > groupBy(user).agg(sum(bytes)) holds")
                    .hasMessageContaining("budget of 2m");
            assertThat(pipeline.health().state()).isEqualTo(Health.State.FAILED);
            assertThat(pipeline.health().stateBytes()).isBetween(2L << 20, 16L << 20);
            assertThat(view.now().rows()).isPositive();
        }
    }
}
