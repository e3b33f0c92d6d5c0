package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Each run has a clock of its own, which was set hours on or back. */
    @ParameterizedTest
    @ValueSource(ints = {2, -2})
    void aWallClockThatIsSetCountsForNothing(int hours) {
        Supplier<Pipeline> plan = () -> failing(hours, Integer.MAX_VALUE);
        assertThatThrownBy(() -> new Restarts(2, Duration.ofHours(1), () -> 0).run(plan))
                .hasMessageContaining("map failed on 1");
        assertThat(failures).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, -2})
    void failuresThatAreFarApartAreForgiven(int hours) {
        new Restarts(
                        2,
                        Duration.ofHours(1),
                        () -> Duration.ofMinutes(30L * failures).toNanos())
                .run(() -> failing(hours, 20));
        assertThat(failures).isEqualTo(20);
    }

    private Pipeline failing(int hours, int times) {
        Pipeline pipeline =
                Pipeline.create("test", VirtualClock.at(Instant.EPOCH.plus((long) hours * failures, ChronoUnit.HOURS)));
        pipeline.read(Sources.of(List.of(1)))
                .map(x -> {
                    if (failures < times) {
                        failures++;
                        throw new IllegalStateException("made up");
                    }
                    return x;
                })
                .sink(x -> {});
        return pipeline;
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
