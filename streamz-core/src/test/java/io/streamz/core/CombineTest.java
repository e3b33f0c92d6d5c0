package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CombineTest {
    private final DataStream<Object> a = DataStream.of(Object.class);
    private final DataStream<Object> b = DataStream.of(Object.class);
    private final DataStream<Object> c = DataStream.of(Object.class);

    @Test
    void zipPairsFirstWithFirst() {
        var list = a.zip(b, (x, y) -> "" + x + y).sinkToList();
        a.emit(1);
        b.emit("a");
        a.emit(2);
        b.emit("b");
        assertThat(list).containsExactly("1a", "2b");
    }

    @Test
    void zipOfThreeOfAConstantAndOfAStreamWithItself() {
        var three = Combine.zip(a, b, c, (x, y, z) -> "" + x + y + z).sinkToList();
        var constant = a.zip(b, (x, y) -> List.of(x, 123, y)).sinkToList();
        var itself = a.zip(a, List::of).sinkToList();
        a.emit(1);
        b.emit(2);
        c.emit(3);
        assertThat(three).containsExactly("123");
        assertThat(constant).containsExactly(List.of(1, 123, 2));
        assertThat(itself).containsExactly(List.of(1, 1));
    }

    @Test
    void zipOnABareStreamFailsInsteadOfWaitingForEver() {
        Combine.<Object>zip(2, a, b).stream().sinkToList();
        a.emit(1);
        a.emit(2);
        assertThatThrownBy(() -> a.emit(3)).hasMessageContaining("2 items ahead");
    }

    @Test
    void combineLatestEmitsOnEveryInput() {
        var list = a.combineLatest(b, (x, y) -> "" + x + y).sinkToList();
        a.emit(1);
        a.emit(2);
        b.emit("a");
        a.emit(3);
        b.emit("b");
        assertThat(list).containsExactly("2a", "3a", "3b");
    }

    @Test
    void combineLatestEmitsOnTheTriggersOnly() {
        var list = Combine.<Object>latest(Set.of(0), a, b).stream().sinkToList();
        a.emit(1);
        b.emit("a");
        a.emit(2);
        a.emit(3);
        b.emit("b");
        a.emit(4);
        assertThat(list).containsExactly(List.of(2, "a"), List.of(3, "a"), List.of(4, "b"));
    }

    @Test
    void zipLatestEmitsEveryItemOfTheFirstOnce() {
        var list = a.zipLatest(b, (x, y) -> "" + x + y).sinkToList();
        a.emit(1);
        a.emit(2);
        b.emit("a");
        b.emit("b");
        a.emit(3);
        assertThat(list).containsExactly("1a", "2a", "3b");
    }

    @Test
    void zipLatestOfThreeWaitsForAllOthers() {
        var list = Combine.zipLatest(a, b, c, (x, y, z) -> "" + x + y + z).sinkToList();
        a.emit(1);
        b.emit("I");
        b.emit("II");
        a.emit(2);
        b.emit("III");
        c.emit("a");
        c.emit("b");
        a.emit(3);
        assertThat(list).containsExactly("1IIIa", "2IIIa", "3IIIb");
    }

    @Test
    void unionPassesInTheOrderOfArrival() {
        var list = a.union(b, c).sinkToList();
        a.emit(1);
        c.emit(2);
        b.emit(3);
        a.emit(4);
        assertThat(list).containsExactly(1, 2, 3, 4);
    }

    @Test
    void executionOrderIsConstructionOrder() {
        for (int build = 0; build < 5; build++) {
            var source = DataStream.of(Integer.class);
            var tens = source.map(x -> 10 * x);
            var ones = source.map(x -> x);
            var list = Combine.latest(Set.of(0), ones, tens).stream().sinkToList();
            source.emitAll(List.of(1, 2, 3));
            assertThat(list).containsExactly(List.of(1, 10), List.of(2, 20), List.of(3, 30));
        }
    }

    @Test
    void connectAndDisconnectWhileRunning() {
        var up = DataStream.of(Integer.class);
        var down = DataStream.of(Integer.class);
        var list = down.map(x -> x + 1).sinkToList();
        up.emit(1);
        up.connect(down);
        up.emit(2);
        up.emit(4);
        up.disconnect(down);
        up.emit(5);
        assertThat(list).containsExactly(3, 5);
        assertThatThrownBy(() -> up.disconnect(down)).isInstanceOf(PlanException.class);
    }

    @Test
    void aZipTakesAndLosesInputsWhileItRuns() {
        Combined<Object> zip = Combine.zip(10, a, b);
        var list = zip.stream().sinkToList();
        zip.connect(c);
        a.emit(1);
        b.emit(1);
        assertThat(list).isEmpty();
        c.emit(1);
        assertThat(list).containsExactly(List.of(1, 1, 1));
        zip.disconnect(b);
        a.emit(2);
        c.emit(2);
        assertThat(list).last().isEqualTo(List.of(2, 2));
    }

    @Test
    void combineLatestSurvivesTheLossOfAnInputThatHasEmitted() {
        Combined<Object> latest = Combine.latest(Set.of(), a, b);
        var list = latest.stream().sinkToList();
        b.emit(1);
        latest.disconnect(b);
        a.emit(2);
        assertThat(list).containsExactly(List.of(2));
    }

    @Test
    void aConnectionThatMakesACycleIsRefused() {
        var up = DataStream.of(Integer.class);
        var down = up.map(x -> x + 1);
        assertThatThrownBy(() -> down.connect(up))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("feedback");
    }

    @Test
    void feedbackGoesRoundAsOftenAsAllowedWithoutRecursion() {
        var source = DataStream.of(Integer.class);
        var seen = new ArrayList<Integer>();
        var spent =
                source.tap(seen::add).map(x -> x + 1).feedback(source, 50_000).sinkToList();
        source.emit(0);
        assertThat(seen).hasSize(50_001).endsWith(50_000);
        assertThat(spent).containsExactly(50_001);
    }

    @Test
    void theEndComesWhenAllInputsHaveEnded() {
        var list = a.union(b).partition(10).sinkToList();
        a.emit(1);
        a.end();
        b.emit(2);
        assertThat(list).isEmpty();
        b.end();
        assertThat(list).containsExactly(List.of(1, 2));
    }

    @Test
    void theWatermarkOfAUnionIsTheLeastOfItsInputs() {
        var marks = new ArrayList<Long>();
        a.union(b).pipe("marks", () -> new Operator<Object, Object>() {
            @Override
            public void onNext(Object item, Output<? super Object> out) {}

            @Override
            public void onWatermark(long time, Output<? super Object> out) {
                marks.add(time);
            }
        });
        a.watermark(10);
        b.watermark(5);
        b.watermark(20);
        a.watermark(15);
        assertThat(marks).containsExactly(5L, 10L, 15L);
    }

    @Test
    void destroyCutsANodeOff() {
        var source = DataStream.of(Integer.class);
        var mapped = source.map(x -> x + 1);
        var list = mapped.sinkToList();
        source.emit(1);
        mapped.destroy();
        source.emit(2);
        assertThat(list).containsExactly(2);
        assertThat(source.node.down()).isEmpty();
        assertThat(mapped.node.up()).isEmpty();
    }
}
