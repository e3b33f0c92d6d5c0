package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AckTest {
    private final List<Throwable> done = new ArrayList<>();

    @Test
    void isDoneOnceWhenTheLastHolderLetsGo() {
        Ack ack = Ack.of(done::add);
        ack.retain();
        ack.retain();
        ack.release();
        assertThat(done).isEmpty();
        ack.release();
        assertThat(done).containsExactly((Throwable) null);
        assertThat(ack.isDone()).isTrue();
        assertThatThrownBy(ack::retain).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(ack::release).isInstanceOf(IllegalStateException.class);
        assertThat(done).hasSize(1);
    }

    @Test
    void keepsTheFirstFailure() {
        Ack ack = Ack.of(done::add);
        ack.retain();
        var first = new IllegalStateException("first");
        ack.fail(first);
        ack.fail(new IllegalStateException("second"));
        ack.release();
        assertThat(done).containsExactly(first);
    }

    @Test
    void allHoldsEachAndListsTheMetadataOfAll() {
        Ack one = Ack.of(Map.of("k", 1), done::add);
        Ack two = Ack.of(Map.of("k", 2), done::add);
        Ack all = Ack.all(List.of(one, Ack.NONE, two));
        all.retain();
        assertThat(List.of(one.holders(), two.holders())).containsExactly(1, 1);
        assertThat(all.metadata()).containsExactly(Map.of("k", 1), Map.of("k", 2));
        all.release();
        assertThat(done).hasSize(2);
        assertThat(Ack.all(List.of(Ack.NONE))).isSameAs(Ack.NONE);
        assertThat(Ack.all(List.of(one))).isSameAs(one);
    }

    @Test
    void aFilteredItemIsFinished() {
        var source = DataStream.of(Integer.class);
        source.filter(x -> false).sink(x -> {});
        source.emit(1, Ack.of(done::add));
        assertThat(done).containsExactly((Throwable) null);
    }

    @Test
    void aFailedItemIsFinishedWithItsFailure() {
        var source = DataStream.of(Integer.class);
        source.map(x -> 1 / x).sink(x -> {});
        assertThatThrownBy(() -> source.emit(0, Ack.of(done::add))).isInstanceOf(StreamException.class);
        assertThat(done).singleElement().isInstanceOf(StreamException.class);
        assertThat(source.emitAsync(0)).isCompletedExceptionally();
        assertThat(source.emitAsync(1)).isCompleted();
    }

    @Test
    void aReentrantItemHoldsItsAckUntilItIsHandled() {
        var source = DataStream.of(Integer.class);
        var heldWhileWaiting = new ArrayList<Integer>();
        Ack inner = Ack.of(done::add);
        source.sink(x -> {
            if (x == 0) {
                source.emit(1, inner);
                heldWhileWaiting.add(inner.holders());
            }
        });
        source.emit(0);
        assertThat(heldWhileWaiting).containsExactly(1);
        assertThat(inner.isDone()).isTrue();
    }
}
