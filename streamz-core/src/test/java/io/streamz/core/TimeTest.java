package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything that has to do with time, on a clock that stands still until it is moved. */
@Timeout(20)
final class TimeTest {
    private final VirtualClock clock = VirtualClock.atEpoch();
    private final Pipeline pipeline = Pipeline.create("time", clock);
    private final DataStream<Integer> source = pipeline.stream(Integer.class);

    @BeforeEach
    void start() {
        pipeline.start();
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    private void emit(Integer... items) {
        source.emitAll(List.of(items));
    }

    private void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    @Test
    void aPartitionIsFlushedWhenItsFirstItemHasWaitedLongEnough() {
        var list = source.partition(Partition.<Integer>ofRows(10).orAfter(Duration.ofMillis(10)))
                .sinkToList();
        emit(0, 1, 2);
        pass(9);
        assertThat(list).isEmpty();
        pass(1);
        assertThat(list).containsExactly(List.of(0, 1, 2));
    }

    @Test
    void aFullPartitionCancelsItsTimer() {
        var list = source.partition(Partition.<Integer>ofRows(3).orAfter(Duration.ofMillis(100)))
                .sinkToList();
        emit(0, 1, 2);
        pass(90);
        emit(3);
        pass(20);
        assertThat(list).containsExactly(List.of(0, 1, 2));
        pass(80);
        assertThat(list).containsExactly(List.of(0, 1, 2), List.of(3));
        assertThat(clock.pending()).isZero();
    }

    @Test
    void timedWindowEmitsWhatHasComeAndEmptyListsToo() {
        var list = source.timedWindow(Duration.ofMillis(10)).sinkToList();
        for (int i = 0; i < 10; i++) {
            emit(i);
            pass(4);
        }
        pass(10);
        assertThat(list).containsExactly(List.of(0, 1, 2), List.of(3, 4), List.of(5, 6, 7), List.of(8, 9), List.of());
    }

    @Test
    void timedWindowUniqueKeepsFirstOrLast() {
        var first = source.timedWindowUnique(Duration.ofMillis(50), x -> x, Keep.FIRST)
                .sinkToList();
        var last = source.timedWindowUnique(Duration.ofMillis(50), x -> x, Keep.LAST)
                .sinkToList();
        emit(1, 2, 1, 3, 1, 3, 3, 2);
        pass(100);
        assertThat(first).containsExactly(List.of(1, 2, 3), List.of());
        assertThat(last).containsExactly(List.of(1, 3, 2), List.of());
    }

    /** In Python an item that comes after a pause is not delayed at all. */
    @Test
    void delayDelaysEveryItemAlsoAfterAPause() {
        var list = source.delay(Duration.ofMillis(300), 100).sinkToList();
        pass(1000);
        emit(1);
        pass(299);
        assertThat(list).isEmpty();
        pass(1);
        assertThat(list).containsExactly(1);
        emit(2, 3);
        pass(299);
        assertThat(list).containsExactly(1);
        pass(1);
        assertThat(list).containsExactly(1, 2, 3);
    }

    private Ack emitHeld(Integer item) {
        Ack ack = Ack.of(failure -> {});
        source.emit(item, ack);
        return ack;
    }

    @Test
    void delayHoldsAnItemUntilItsTime() {
        source.delay(Duration.ofMillis(300), 100).sink(x -> {});
        Ack ack = emitHeld(1);
        pass(299);
        assertThat(ack.holders()).isEqualTo(1);
        pass(1);
        assertThat(ack.isDone()).isTrue();
    }

    @Test
    void timedWindowHoldsItsItemsUntilTheTick() {
        source.timedWindow(Duration.ofMillis(10)).sink(x -> {});
        Ack first = emitHeld(1);
        assertThat(first.holders()).isEqualTo(1);
        pass(10);
        Ack second = emitHeld(2);
        assertThat(first.isDone()).isTrue();
        assertThat(second.holders()).isEqualTo(1);
    }

    @Test
    void theEndWaitsForWhatIsDelayed() {
        var list = source.delay(Duration.ofMillis(300), 100).partition(2).sinkToList();
        emit(1);
        source.end();
        assertThat(list).isEmpty();
        pass(300);
        assertThat(list).containsExactly(List.of(1));
        assertThat(pipeline.done().toCompletableFuture()).isCompleted();
    }

    @Test
    void rateLimitLetsTheFirstPassAndMakesTheOthersWaitTheirTurn() {
        var list = source.rateLimit(Duration.ofMillis(200)).sinkToList();
        assertThat(source.tryEmit(1)).isTrue();
        assertThat(source.tryEmit(2)).isFalse();
        pass(199);
        assertThat(source.tryEmit(2)).isFalse();
        pass(1);
        assertThat(source.tryEmit(2)).isTrue();
        assertThat(list).containsExactly(1, 2);
    }

    @Test
    void rateLimitKeepsTheOrderOfABurstThatOneItemMakes() {
        var list = source.flatMap(x -> List.of(x, x + 1, x + 2))
                .rateLimit(Duration.ofMillis(200))
                .sinkToList();
        emit(1);
        assertThat(list).containsExactly(1);
        pass(200);
        assertThat(list).containsExactly(1, 2);
        pass(200);
        assertThat(list).containsExactly(1, 2, 3);
    }

    @Test
    void uniqueForgetsWhatIsOld() {
        var list = source.unique(Unique.<Integer>by(x -> x).within(Duration.ofMillis(100)))
                .sinkToList();
        emit(1, 1);
        pass(99);
        emit(1);
        pass(100);
        emit(1);
        assertThat(list).containsExactly(1, 1);
    }

    @Test
    void nodesThatNeedTimeOrThreadsSayWhatTheyNeed() {
        var bare = DataStream.of(Integer.class);
        assertThatThrownBy(() -> bare.delay(Duration.ofMillis(1), 1))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Pipeline.create(name).stream(type)");
        assertThatThrownBy(() -> bare.buffer(1)).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> bare.timedWindow(Duration.ofMillis(1))).isInstanceOf(PlanException.class);
    }

    @Test
    void aTimerThatFailsStopsThePipelineAndSaysSo() {
        source.timedWindow(Duration.ofMillis(10)).map(list -> list.get(0)).sinkToList();
        pass(10);
        assertThat(pipeline.health().state()).isEqualTo(Health.State.FAILED);
        assertThatThrownBy(pipeline::run).isInstanceOf(StreamException.class).hasMessageContaining("> map failed");
        assertThatThrownBy(() -> source.emit(1)).hasMessageContaining("closed");
    }
}
