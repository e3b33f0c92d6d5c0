package io.streamz.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.Health;
import io.streamz.core.StreamException;
import io.streamz.frames.Pipeline;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamzTest {
    record Tick(long v) {}

    @AfterEach
    void stop() {
        Streamz.stopAll();
    }

    @Test
    void aPipelineReplacesTheOneOfItsName() {
        Pipeline first = Streamz.pipeline("trades");
        first.input(Tick.class).frame().agg("count()").view();
        first.start();
        Pipeline other = Streamz.pipeline("quotes");
        assertThat(Streamz.running()).containsOnlyKeys("trades", "quotes");
        assertThat(Streamz.running().get("trades").state()).isEqualTo(Health.State.RUNNING);
        Pipeline second = Streamz.pipeline("trades");
        assertThat(first.health().state()).isEqualTo(Health.State.CLOSED);
        assertThat(second).isNotSameAs(first);
        assertThat(second.health().state()).isEqualTo(Health.State.NEW);
        assertThat(other.health().state()).isEqualTo(Health.State.NEW);
    }

    @Test
    void whatIsDoneDoesNotRun() {
        Pipeline pipeline = Streamz.pipeline("short");
        var input = pipeline.input(Tick.class);
        input.frame().agg("count()").view();
        pipeline.start();
        input.end();
        pipeline.run();
        assertThat(Streamz.running()).isEmpty();
    }

    @Test
    void stopAllLeavesNothing() {
        Pipeline first = Streamz.pipeline("a");
        first.start();
        Pipeline second = Streamz.pipeline("b");
        Streamz.stopAll();
        assertThat(Streamz.running()).isEmpty();
        assertThat(first.health().state()).isEqualTo(Health.State.CLOSED);
        assertThat(second.health().state()).isEqualTo(Health.State.CLOSED);
    }

    @Test
    void aStuckPipelineIsNamedAndForgotten() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        Pipeline pipeline = Streamz.pipeline("stuck");
        var stream = pipeline.stream(Integer.class);
        stream.buffer(1).sink(x -> {
            entered.countDown();
            while (stuck.getCount() > 0) {
                Thread.onSpinWait(); // deaf to interrupts
            }
        });
        pipeline.start();
        stream.emit(1);
        entered.await();
        assertThatThrownBy(() -> Streamz.pipeline("stuck"))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("stuck");
        stuck.countDown();
        assertThat(Streamz.pipeline("stuck")).isNotSameAs(pipeline);
    }
}
