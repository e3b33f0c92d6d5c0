package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.Ack;
import io.streamz.core.Async;
import io.streamz.core.Buffer;
import io.streamz.core.DataStream;
import io.streamz.core.Failure;
import io.streamz.core.OnError;
import io.streamz.core.Overflow;
import io.streamz.core.Partition;
import io.streamz.core.Pipeline;
import io.streamz.core.Sink;
import io.streamz.core.Sources;
import io.streamz.core.StreamException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of the guide's page of streams, and what it gives. */
class StreamsGuideTest {
    @Test
    void pageShowsWhatRuns() throws IOException {
        Snippets.check("streams", StreamsGuideTest.class);
    }

    @Test
    void branches() {
        // snippet: branches
        var numbers = DataStream.of(Integer.class);
        List<Integer> even = numbers.filter(x -> x % 2 == 0).sinkToList();
        List<Integer> sums = numbers.accumulate(0, (sum, x) -> sum + x).sinkToList();
        numbers.emitAll(List.of(1, 2, 3, 4)); // even: [2, 4], sums: [1, 3, 6, 10]
        // end
        assertThat(even).containsExactly(2, 4);
        assertThat(sums).containsExactly(1, 3, 6, 10);
    }

    @Test
    void joins() {
        // snippet: joins
        var names = DataStream.of(String.class);
        var ages = DataStream.of(Integer.class);
        List<String> pairs = names.zip(ages, (name, age) -> name + " " + age).sinkToList();
        List<String> newest =
                names.combineLatest(ages, (name, age) -> name + " " + age).sinkToList();
        names.emit("Ada");
        names.emit("Bob");
        ages.emit(36); // pairs: [Ada 36], newest: [Bob 36]
        ages.emit(41); // pairs: [Ada 36, Bob 41], newest: [Bob 36, Bob 41]
        // end
        assertThat(pairs).containsExactly("Ada 36", "Bob 41");
        assertThat(newest).containsExactly("Bob 36", "Bob 41");
    }

    private static String fetch(String page) {
        return page.toUpperCase(java.util.Locale.ROOT);
    }

    @Test
    void pipeline() {
        List<String> fetched = new ArrayList<>();
        // snippet: pipeline
        try (var pipeline = Pipeline.create("pages")) {
            pipeline.read(Sources.of(List.of("/a", "/b", "/c")))
                    .mapBlocking(Async.parallel(8).retry(2, Duration.ofMillis(50)), page -> fetch(page))
                    .buffer(100)
                    .partition(Partition.<String>ofRows(50).orAfter(Duration.ofSeconds(1)))
                    .sink(pages -> fetched.addAll(pages));
            pipeline.run(); // until the source has ended and everything is through
        }
        // end
        assertThat(fetched).containsExactly("/A", "/B", "/C");
    }

    @Test
    void pressure() {
        // snippet: pressure
        try (var pipeline = Pipeline.create("readings")) {
            DataStream<Double> readings = pipeline.stream(Double.class);
            List<Double> screen = readings.latest().sinkToList(); // a slow reader sees the newest only
            List<Double> archive = readings.buffer(Buffer.<Double>ofRows(10_000).whenFull(Overflow.BLOCK))
                    .sinkToList(); // misses nothing
            pipeline.start();
            readings.emit(20.1); // waits while the archive's buffer is full
            boolean taken = readings.tryEmit(20.5); // false where emit would have to wait
            readings.end();
            pipeline.run();
            // end
            assertThat(archive).isEqualTo(taken ? List.of(20.1, 20.5) : List.of(20.1));
            assertThat(screen).last().isEqualTo(taken ? 20.5 : 20.1);
        }
    }

    @Test
    void feedback() {
        var links = Map.of("/", List.of("/a", "/b"), "/a", List.of("/"), "/b", List.of("/c"), "/c", List.<String>of());
        // snippet: feedback
        var pages = DataStream.of(String.class);
        var visited = pages.unique();
        visited.flatMap(page -> links.get(page)).feedback(pages, 20);
        List<String> order = visited.sinkToList();
        pages.emit("/"); // order: [/, /a, /b, /c]
        // end
        assertThat(order).containsExactly("/", "/a", "/b", "/c");
    }

    @Test
    void errors() {
        List<String> seen = new ArrayList<>();
        // snippet: errors
        var texts = DataStream.of(String.class);
        var numbers = texts.map(Integer::parseInt).named("parse").onError(OnError.DEAD_LETTER);
        numbers.deadLetters()
                .sink(letter -> seen.add(letter.item() + ": " + letter.cause().getMessage()));
        List<Integer> parsed = numbers.sinkToList();
        texts.emitAll(List.of("1", "two", "3")); // parsed: [1, 3], and a dead letter
        // end
        assertThat(parsed).containsExactly(1, 3);
        assertThat(seen).containsExactly("two: For input string: \"two\"");
    }

    @Test
    void failing() {
        List<Failure> failures = new ArrayList<>();
        var texts = DataStream.of(String.class);
        List<Integer> parsed = texts.map(Integer::parseInt).named("parse").sinkToList();
        List<String> beside = texts.sinkToList();
        assertThatThrownBy(() -> texts.emit("two"))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("source > parse")
                .hasRootCauseInstanceOf(NumberFormatException.class);
        assertThat(beside).containsExactly("two");
        texts.failures().sink(failures::add);
        texts.emit("two");
        texts.emit("3");
        assertThat(failures).hasSize(1);
        assertThat(parsed).containsExactly(3);
    }

    @Test
    void acks() {
        List<String> log = new ArrayList<>();
        // snippet: acks
        var orders = DataStream.of(String.class);
        orders.partition(2).sink(two -> log.add("stored " + two));
        orders.emit("first", Ack.of(failure -> log.add("first is done")));
        orders.emit("second", Ack.of(failure -> log.add("second is done")));
        // log: stored [first, second], first is done, second is done
        // end
        assertThat(log).containsExactly("stored [first, second]", "first is done", "second is done");
        assertThat(orders.emitAsync("third")).isNotDone();
    }

    @Test
    void end() {
        // snippet: end
        var numbers = DataStream.of(Integer.class);
        List<List<Integer>> pairs = numbers.partition(2).sinkToList();
        numbers.emitAll(List.of(1, 2, 3)); // pairs: [[1, 2]]
        numbers.end(); // pairs: [[1, 2], [3]]
        // end
        assertThat(pairs).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void changing() {
        // snippet: changing
        var numbers = DataStream.of(Integer.class);
        List<Integer> log = new ArrayList<>();
        numbers.emit(1);
        Sink sink = numbers.map(x -> 10 * x).sink(log::add);
        numbers.emit(2); // log: [20]
        sink.close();
        numbers.emit(3); // log: [20]
        // end
        assertThat(log).containsExactly(20);
    }
}
