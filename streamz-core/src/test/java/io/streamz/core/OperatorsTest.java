package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each operator: items in, a call, items out. */
final class OperatorsTest {
    private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

    /** What comes out when these items go in and the stream then ends. */
    private static <T, R> List<R> out(List<T> in, Function<DataStream<T>, DataStream<R>> graph) {
        DataStream<T> source = new DataStream<>(root());
        List<R> list = graph.apply(source).sinkToList();
        source.emitAll(in);
        source.end();
        return list;
    }

    /** The same without the end. */
    private static <T, R> List<R> before(List<T> in, Function<DataStream<T>, DataStream<R>> graph) {
        DataStream<T> source = new DataStream<>(root());
        List<R> list = graph.apply(source).sinkToList();
        source.emitAll(in);
        return list;
    }

    private static <T> Node<?, T> root() {
        var root = new RootNode<T>("source", new Segment(Host.NONE, true), Shape.SOURCE);
        root.start();
        return root;
    }

    @Test
    void branchAndScan() {
        var source = DataStream.of(Integer.class);
        List<Integer> sums = source.map(x -> x + 1).accumulate(Integer::sum).sinkToList();
        List<Integer> doubles = source.map(x -> 2 * x).sinkToList();
        source.emitAll(List.of(0, 1, 2, 3));
        assertThat(sums).containsExactly(1, 3, 6, 10);
        assertThat(doubles).containsExactly(0, 2, 4, 6);
    }

    @Test
    void scanWithoutStartEmitsTheFirstItemUntouched() {
        assertThat(out(List.of(5, 1, 2), s -> s.accumulate((sum, x) -> sum * 10 + x)))
                .containsExactly(5, 51, 512);
    }

    @Test
    void scanMayEmitSomethingElseThanItsState() {
        assertThat(out(
                        List.of(1, 2, 3),
                        s -> s.accumulateWith(0, (sum, x) -> new StateAnd<>(sum + x, "sum " + (sum + x)))))
                .containsExactly("sum 1", "sum 3", "sum 6");
    }

    @Test
    void aSupplierGivesAMutableStart() {
        List<List<Integer>> lists = out(
                List.of(1, 2),
                s -> s.accumulateFrom(() -> new ArrayList<Integer>(), (all, x) -> {
                            all.add(x);
                            return all;
                        })
                        .map(List::copyOf));
        assertThat(lists).containsExactly(List.of(1), List.of(1, 2));
    }

    @Test
    void filterPassesWhatHolds() {
        assertThat(out(TEN, s -> s.filter(x -> x % 2 == 0))).containsExactly(0, 2, 4, 6, 8);
    }

    @Test
    void flatMapOfAnEmptyListEmitsNothingAndGoesOn() {
        assertThat(out(List.of(List.of(1, 2), List.<Integer>of(), List.of(3, 4)), s -> s.flatMap(x -> x)))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void partitionOfTwo() {
        assertThat(before(TEN, s -> s.partition(2)))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4, 5), List.of(6, 7), List.of(8, 9));
    }

    @Test
    void theEndFlushesAPartialPartition() {
        assertThat(out(List.of(1, 2, 3), s -> s.partition(2))).containsExactly(List.of(1, 2), List.of(3));
        assertThat(before(List.of(1, 2, 3), s -> s.partition(2))).containsExactly(List.of(1, 2));
    }

    @Test
    void partitionByKey() {
        assertThat(before(TEN, s -> s.partition(Partition.<Integer>ofRows(2).by(x -> x % 2))))
                .containsExactly(List.of(0, 2), List.of(1, 3), List.of(4, 6), List.of(5, 7));
    }

    @Test
    void partitionByBytes() {
        assertThat(out(
                        List.of("aa", "b", "cccc", "d"),
                        s -> s.partition(Partition.<String>ofRows(100).orBytes(3, String::length))))
                .containsExactly(List.of("aa", "b"), List.of("cccc"), List.of("d"));
    }

    @Test
    void partitionUniqueKeepsFirstOrLast() {
        var items = List.of(1, 2, 1, 3, 1, 3, 3, 2);
        assertThat(before(items, s -> s.partitionUnique(3, x -> x, Keep.FIRST)))
                .containsExactly(List.of(1, 2, 3), List.of(1, 3, 2));
        assertThat(before(items, s -> s.partitionUnique(3, x -> x, Keep.LAST)))
                .containsExactly(List.of(2, 1, 3), List.of(1, 3, 2));
        var words = List.of("f", "fo", "f", "foo", "f", "foo", "foo", "fo");
        assertThat(before(words, s -> s.partitionUnique(3, String::length, Keep.LAST)))
                .containsExactly(List.of("fo", "f", "foo"), List.of("f", "foo", "fo"));
    }

    @Test
    void slidingWindowWithAndWithoutPartialOnes() {
        assertThat(out(List.of(0, 1, 2, 3), s -> s.slidingWindow(3, true)))
                .containsExactly(List.of(0), List.of(0, 1), List.of(0, 1, 2), List.of(1, 2, 3));
        assertThat(out(List.of(0, 1, 2, 3), s -> s.slidingWindow(3, false)))
                .containsExactly(List.of(0, 1, 2), List.of(1, 2, 3));
    }

    @Test
    void frequenciesCount() {
        List<Map<String, Long>> counts = out(List.of("a", "b", "a"), DataStream::frequencies);
        assertThat(counts).last().isEqualTo(Map.of("a", 2L, "b", 1L));
        assertThat(counts).first().isEqualTo(Map.of("a", 1L));
    }

    @Test
    void uniquePassesFirstOccurrences() {
        assertThat(out(List.of(1, 2, 1), DataStream::unique)).containsExactly(1, 2);
        assertThat(out(
                        List.of(1, 2, 4, 6, 3),
                        s -> s.unique(Unique.<Integer>by(x -> x % 2).among(1))))
                .containsExactly(1, 2, 3);
    }

    @Test
    void uniqueForgetsTheKeySeenLongestAgoAndAHitRefreshes() {
        assertThat(out(
                        List.of(1, 2, 1, 2, 1, 2, 3, 2, 1, 2, 3, 2),
                        s -> s.unique(Unique.<Integer>by(x -> x).among(2))))
                .containsExactly(1, 2, 3, 1, 3);
    }

    /** 0 and false are one element in Python. */
    @Test
    void uniqueTellsZeroFromFalse() {
        assertThat(out(List.<Object>of(0, false, 0L), DataStream::unique)).containsExactly(0, false, 0L);
    }

    @Test
    void sliceIsWhatItIsForLists() {
        var six = List.of(0, 1, 2, 3, 4, 5);
        assertThat(out(six, s -> s.slice(0, Long.MAX_VALUE, 1))).isEqualTo(six);
        assertThat(out(six, s -> s.skip(1))).containsExactly(1, 2, 3, 4, 5);
        assertThat(out(six, s -> s.take(4))).containsExactly(0, 1, 2, 3);
        assertThat(out(six, s -> s.slice(0, 4, 2))).containsExactly(0, 2);
        assertThat(out(six, s -> s.slice(3, 1, 1))).isEmpty();
        assertThat(out(six, s -> s.slice(1, Long.MAX_VALUE, 2))).containsExactly(1, 3, 5);
        assertThat(out(six, s -> s.take(0))).isEmpty();
        assertThatThrownBy(() -> DataStream.of(Integer.class).slice(0, -1, 1)).isInstanceOf(PlanException.class);
    }

    @Test
    void takeWhileAndTakeUntilEndTheirStream() {
        assertThat(out(TEN, s -> s.takeWhile(x -> x < 2))).containsExactly(0, 1);
        assertThat(out(TEN, s -> s.takeUntil(x -> x == 2).partition(2))).containsExactly(List.of(0, 1), List.of(2));
    }

    @Test
    void collectEmitsWhatItHasWhenItIsFlushed() {
        var source = DataStream.of(Integer.class);
        Collected<Integer> collected = source.collect();
        List<List<Integer>> lists = collected.stream().sinkToList();
        source.emitAll(List.of(1, 2));
        collected.flush();
        collected.flush();
        source.emit(3);
        collected.flush();
        assertThat(lists).containsExactly(List.of(1, 2), List.of(), List.of(3));
    }

    @Test
    void splitLandsEachItemExactlyOnce() {
        var source = DataStream.of(Integer.class);
        Split<Integer> split = source.split(x -> x > 4);
        List<Integer> large = split.matching().sinkToList();
        List<Integer> small = split.others().sinkToList();
        source.emitAll(TEN);
        assertThat(large).containsExactly(5, 6, 7, 8, 9);
        assertThat(small).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void tapSeesAndPasses() {
        var seen = new ArrayList<Integer>();
        assertThat(out(List.of(1, 2), s -> s.tap(seen::add).map(x -> -x))).containsExactly(-1, -2);
        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void anOwnOperatorHasALife() {
        var calls = new ArrayList<String>();
        Supplier<Operator<Integer, Integer>> supplier = () -> new Operator<>() {
            @Override
            public void open(OperatorContext context) {
                calls.add("open " + context.path());
            }

            @Override
            public void onNext(Integer item, Output<? super Integer> out) {
                calls.add("next " + item);
                out.emit(item);
            }

            @Override
            public void onWatermark(long time, Output<? super Integer> out) {
                calls.add("watermark " + time);
            }

            @Override
            public void onEnd(Output<? super Integer> out) {
                calls.add("end");
                out.emit(-1);
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };
        var source = DataStream.of(Integer.class);
        List<Integer> list = source.pipe("own", supplier).sinkToList();
        source.emit(1);
        source.watermark(5);
        source.watermark(4);
        source.end();
        source.end();
        assertThat(calls).containsExactly("open own", "next 1", "watermark 5", "end", "close");
        assertThat(list).containsExactly(1, -1);
    }

    @Test
    void sideOutputsGoTheirOwnWay() {
        var source = DataStream.of(Integer.class);
        var main = source.<Integer>pipe("sort", () -> (x, out) -> {
            if (x < 0) {
                out.<String>side("negative").emit("n" + x);
            } else {
                out.emit(x);
            }
        });
        List<String> negative = main.side("negative", String.class).sinkToList();
        List<Integer> others = main.sinkToList();
        source.emitAll(List.of(1, -2, 3));
        assertThat(negative).containsExactly("n-2");
        assertThat(others).containsExactly(1, 3);
    }
}
