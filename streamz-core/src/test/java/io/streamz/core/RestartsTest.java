package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RestartsTest {
    @TempDir
    Path folder;

    private final List<Long> sums = new ArrayList<>();
    private int failures;

    /** Sums the numbers below 100, and fails at some of them, each time for the first time only. */
    private Pipeline plan(List<Integer> failing) {
        Pipeline pipeline = Pipeline.create("test");
        pipeline.checkpoints(folder).every(10);
        pipeline.read(Sources.of(IntStream.range(0, 100).boxed().toList()))
                .map(x -> {
                    if (failures < failing.size() && x.equals(failing.get(failures))) {
                        failures++;
                        throw new IllegalStateException("made up");
                    }
                    return x;
                })
                .accumulate(0L, (sum, x) -> sum + x)
                .saved("sum", 1, Codec.LONG)
                .sink(sums::add);
        return pipeline;
    }

    @Test
    void goesOnFromTheLastCheckpointAfterEachFailure() {
        List<String> heard = new ArrayList<>();
        Restarts.atMost(3, Duration.ofHours(1))
                .onRestart(failure -> heard.add(failure.path()))
                .run(() -> plan(List.of(30, 30, 77)));
        assertThat(heard).hasSize(3).containsOnly("test > map");
        assertThat(sums.get(sums.size() - 1)).isEqualTo(4950);
    }

    @Test
    void givesUpWithTheFailureThatIsOneTooMany() {
        assertThatThrownBy(() -> Restarts.atMost(2, Duration.ofHours(1)).run(() -> plan(List.of(30, 31, 32))))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("map failed on 32");
    }

    @Test
    void aWrongPlanIsNotTriedAgain() {
        List<StreamzException> heard = new ArrayList<>();
        assertThatThrownBy(() -> Restarts.atMost(9, Duration.ofHours(1))
                        .onRestart(heard::add)
                        .run(() -> {
                            Pipeline pipeline = Pipeline.create("test");
                            pipeline.checkpoints(folder);
                            pipeline.read(Sources.of(List.of(1))).accumulate(Integer::sum);
                            return pipeline;
                        }))
                .isInstanceOf(PlanException.class);
        assertThat(heard).isEmpty();
    }
}
