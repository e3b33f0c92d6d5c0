package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a node may do with an item it fails on, and what acks and references are left with. */
final class ErrorsTest {
    private final DataStream<Integer> source = DataStream.of(Integer.class);

    @Test
    void skipDropsTheItem() {
        var list = source.map(x -> 6 / x).onError(OnError.SKIP).sinkToList();
        source.emitAll(List.of(1, 0, 2));
        assertThat(list).containsExactly(6, 3);
    }

    @Test
    void aValueTakesThePlaceOfTheAnswer() {
        var list = source.map(x -> 6 / x).onError(OnError.value(-1)).sinkToList();
        source.emitAll(List.of(1, 0, 2));
        assertThat(list).containsExactly(6, -1, 3);
    }

    @Test
    void aDeadLetterHasItemAndCause() {
        var inverse = source.map(x -> 6 / x).onError(OnError.DEAD_LETTER);
        var letters = inverse.deadLetters().sinkToList();
        var list = inverse.sinkToList();
        source.emitAll(List.of(1, 0, 2));
        assertThat(list).containsExactly(6, 3);
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.item()).isEqualTo(0);
            assertThat(letter.cause()).isInstanceOf(ArithmeticException.class);
        });
    }

    @Test
    void aRetryTriesAgainAndThenDoesWhatItIsToldTo() {
        var tries = new AtomicInteger();
        var list = source.map(x -> {
                    if (tries.incrementAndGet() % 3 != 0) {
                        throw new IllegalStateException("not yet");
                    }
                    return x;
                })
                .onError(OnError.retry(2, Duration.ZERO, OnError.SKIP))
                .sinkToList();
        source.emitAll(List.of(1, 2));
        assertThat(list).containsExactly(1, 2);
        assertThat(tries).hasValue(6);
        var never =
                source.map(x -> Integer.parseInt("x" + x)).onError(OnError.retry(1, Duration.ZERO, OnError.value(9)));
        assertThat(never.sinkToList()).isEmpty();
        source.emit(3);
        assertThat(never.metrics().out()).isEqualTo(1);
    }

    @Test
    void anOperatorThatHasEmittedIsNotTriedAgain() {
        var list = source.<Integer>pipe("twice", () -> (x, out) -> {
                    out.emit(x);
                    throw new IllegalStateException("after the emission");
                })
                .onError(OnError.retry(5, Duration.ZERO, OnError.SKIP))
                .sinkToList();
        source.emit(1);
        assertThat(list).containsExactly(1);
    }

    @Test
    void accumulateKeepsItsStateWhenItsFunctionThrows() {
        var list = source.accumulate(12, (state, x) -> state / x)
                .onError(OnError.SKIP)
                .sinkToList();
        source.emitAll(List.of(2, 0, 3));
        assertThat(list).containsExactly(6, 2);
    }

    @Test
    void allFailuresOfOneItemAreReported() {
        source.map(x -> 1 / x).sink(x -> {});
        source.sink(x -> {
            throw new IOException("disk");
        });
        assertThatThrownBy(() -> source.emit(0))
                .hasRootCauseInstanceOf(ArithmeticException.class)
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessageContaining("disk")));
    }

    @Test
    void aFailureListenerThatFailsIsNotAskedAboutItself() {
        source.map(x -> 1 / x).sink(x -> {});
        source.failures().sink(failure -> {
            throw new IllegalStateException("the listener is broken");
        });
        assertThatThrownBy(() -> source.emit(0)).hasMessageContaining("the listener is broken");
    }

    @Test
    void dataErrorsPassAsTheyAre() {
        source.map(x -> {
                    throw new DataException("bad", "row 1", "row 1 is bad", "");
                })
                .sink(x -> {});
        assertThatThrownBy(() -> source.emit(0))
                .isInstanceOf(DataException.class)
                .hasMessage("row 1 is bad");
    }

    private static Ack[] acks(int count) {
        var acks = new Ack[count];
        for (int i = 0; i < count; i++) {
            acks[i] = Ack.of(failure -> {});
        }
        return acks;
    }

    private static List<Integer> holders(Ack... acks) {
        return List.of(acks).stream().map(Ack::holders).toList();
    }

    @Test
    void slidingWindowHoldsAnItemUntilTheNextOne() {
        source.slidingWindow(2, true).sink(x -> {});
        Ack[] acks = acks(3);
        for (int i = 0; i < 3; i++) {
            source.emit(i, acks[i]);
            assertThat(acks[i].holders()).isEqualTo(1);
            assertThat(i == 0 || acks[i - 1].isDone()).isTrue();
        }
    }

    @Test
    void partitionHoldsItsItemsUntilItIsFull() {
        source.partition(2).sink(x -> {});
        Ack[] acks = acks(2);
        source.emit(1, acks[0]);
        assertThat(acks[0].holders()).isEqualTo(1);
        source.emit(2, acks[1]);
        assertThat(List.of(acks[0].isDone(), acks[1].isDone())).containsExactly(true, true);
    }

    /** In Python partition_unique never lets go. */
    @Test
    void partitionUniqueLetsGoOfWhatItDropsAndWhatItEmits() {
        source.partitionUnique(2, x -> x, Keep.LAST).sink(x -> {});
        Ack[] acks = acks(3);
        source.emit(1, acks[0]);
        source.emit(1, acks[1]);
        assertThat(acks[0].isDone()).isTrue();
        source.emit(2, acks[2]);
        assertThat(List.of(acks[1].isDone(), acks[2].isDone())).containsExactly(true, true);
    }

    @Test
    void zipHoldsWhatWaits() {
        var other = DataStream.of(Integer.class);
        source.zip(other, Integer::sum).sink(x -> {});
        Ack[] acks = acks(3);
        source.emit(1, acks[0]);
        source.emit(2, acks[1]);
        assertThat(holders(acks)).containsExactly(1, 1, 0);
        other.emit(3, acks[2]);
        assertThat(List.of(acks[0].isDone(), acks[1].isDone(), acks[2].isDone()))
                .containsExactly(true, false, true);
    }

    @Test
    void combineLatestHoldsTheNewestOfEach() {
        var other = DataStream.of(Integer.class);
        source.combineLatest(other, Integer::sum).sink(x -> {});
        Ack[] acks = acks(3);
        source.emit(1, acks[0]);
        source.emit(2, acks[1]);
        assertThat(acks[0].isDone()).isTrue();
        other.emit(3, acks[2]);
        assertThat(holders(acks[1], acks[2])).containsExactly(1, 1);
    }

    @Test
    void zipLatestHoldsTheLosslessItemAndTheNewestOfTheOther() {
        var other = DataStream.of(Integer.class);
        source.zipLatest(other, Integer::sum).sink(x -> {});
        Ack[] acks = acks(4);
        source.emit(1, acks[0]);
        assertThat(acks[0].holders()).isEqualTo(1);
        other.emit(2, acks[1]);
        assertThat(acks[0].isDone()).isTrue();
        assertThat(acks[1].holders()).isEqualTo(1);
        other.emit(3, acks[2]);
        assertThat(acks[1].isDone()).isTrue();
        source.emit(4, acks[3]);
        assertThat(acks[3].isDone()).isTrue();
        assertThat(acks[2].holders()).isEqualTo(1);
    }

    @Test
    void collectHoldsItsItemsUntilItIsFlushed() {
        var collected = source.collect();
        Ack[] acks = acks(2);
        source.emit(1, acks[0]);
        source.emit(2, acks[1]);
        assertThat(holders(acks)).containsExactly(1, 1);
        collected.flush();
        assertThat(acks[0].isDone() && acks[1].isDone()).isTrue();
    }

    @Test
    void anItemThatNobodyHearsIsFinished() {
        source.map(x -> x + 1);
        Ack ack = Ack.of(failure -> {});
        source.emit(1, ack);
        assertThat(ack.isDone()).isTrue();
    }

    @Test
    void nothingIsHeldAfterAFailure() {
        source.partition(1).map(list -> 1 / list.get(0)).sink(x -> {});
        Ack ack = Ack.of(failure -> {});
        assertThatThrownBy(() -> source.emit(0, ack)).isInstanceOf(StreamException.class);
        assertThat(ack.isDone()).isTrue();
    }

    @Test
    void commitsAreMadeInTheOrderOfEmissionAndEndAtAFailure() {
        var commits = new ArrayList<Integer>();
        var order = new AckOrder<Integer>(commits::add);
        Ack[] acks = {order.next(1), order.next(2), order.next(3), order.next(4)};
        for (Ack ack : acks) {
            ack.retain();
        }
        acks[1].release();
        assertThat(commits).isEmpty();
        acks[0].release();
        assertThat(commits).containsExactly(2);
        acks[2].fail(new IllegalStateException("lost"));
        acks[2].release();
        acks[3].release();
        assertThat(commits).containsExactly(2);
        assertThat(order.open()).isEqualTo(2);
    }

    /** Counts its shares. */
    private static final class Lent implements Shared {
        private static final AtomicInteger SHARES = new AtomicInteger();

        @Override
        public Lent retain() {
            SHARES.incrementAndGet();
            return new Lent();
        }

        @Override
        public void close() {
            SHARES.decrementAndGet();
        }
    }

    @Test
    void whatIsLentIsGivenBackByEveryOperatorThatKeepsItems() {
        Lent.SHARES.set(0);
        var lent = DataStream.of(Lent.class);
        lent.partition(2).sink(x -> {});
        lent.slidingWindow(3, true).sink(x -> {});
        lent.zip(lent.partition(3), List::of).sink(x -> {});
        lent.combineLatest(lent.map(x -> 1), List::of).sink(x -> {});
        lent.partitionUnique(2, x -> 1, Keep.LAST).sink(x -> {});
        DataStream<Lent> deep = lent;
        for (int i = 0; i < 300; i++) {
            deep = deep.filter(x -> true);
        }
        deep.sink(x -> {});
        for (int i = 0; i < 10; i++) {
            lent.emit(new Lent());
        }
        assertThat(Lent.SHARES.get()).isPositive();
        lent.end();
        assertThat(Lent.SHARES).hasValue(0);
    }

    @Test
    void aFailureThatIsKeptHasAShareOfItsItem() {
        Lent.SHARES.set(0);
        var lent = DataStream.of(Lent.class);
        var failing = lent.map(x -> x.getClass().getName().charAt(1_000)).onError(OnError.DEAD_LETTER);
        failing.deadLetters().partition(2).sink(x -> {});
        lent.emit(new Lent());
        assertThat(Lent.SHARES).hasValue(1);
        lent.emit(new Lent());
        assertThat(Lent.SHARES).hasValue(0);
    }
}
