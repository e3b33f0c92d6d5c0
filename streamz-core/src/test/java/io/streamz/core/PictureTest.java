package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** What can be seen of a graph: pictures, counters, the last items, metadata. */
final class PictureTest {
    private final DataStream<Integer> left = DataStream.of(Integer.class).named("left");
    private final DataStream<Integer> right = DataStream.of(Integer.class).named("right");

    private Graph graph() {
        DataStream<Integer> zip = left.zip(right, Integer::sum);
        zip.map(x -> x + 1).named("add <one>").sink(x -> {});
        zip.filter(x -> x < 10).feedback(left, 3);
        return zip.graph();
    }

    @Test
    void theTextShowsBranchesInTheOrderOfExecution() {
        assertThat(graph().text()).isEqualTo("""
                left
                  zip
                    add <one>
                      sink
                    filter
                      feedback -> back to left
                        spent
                right
                  zip (see above)
                """);
    }

    @Test
    void mermaidAndDotHaveAllNodesAndNumberTheBranches() {
        Graph graph = graph();
        int zip = graph.nodes().stream()
                .filter(n -> n.name().equals("zip"))
                .findFirst()
                .orElseThrow()
                .id();
        int filter = graph.nodes().stream()
                .filter(n -> n.name().equals("filter"))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(graph.mermaid()).startsWith("flowchart TD\n").contains("n" + zip + " -->|1| n" + filter);
        assertThat(graph.dot())
                .contains("rankdir", "shape=triangle", "shape=trapezium", "style=dashed")
                .contains("n" + zip + " -> n" + filter + " [label=\"1\"]");
    }

    @Test
    void theSvgIsWellFormed() throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader(graph().svg())));
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(8);
    }

    @Test
    void theSvgTellsWhatWentThrough() {
        left.filter(x -> x % 2 == 0).named("even");
        left.emitAll(List.of(1, 2, 3));
        assertThat(left.graph().svg())
                .contains(">left<", ">even<")
                .containsPattern("(?s)>left<.*>3 in<.*>even<.*>3 in<");
    }

    @Test
    void metricsCountWhatComesGoesAndIsLost() {
        var thirds = left.filter(x -> x % 3 == 0);
        var inverse = thirds.map(x -> 1 / x).onError(OnError.SKIP);
        left.emitAll(List.of(0, 1, 2, 3));
        assertThat(thirds.metrics()).satisfies(m -> {
            assertThat(List.of(m.in(), m.out(), m.dropped(), m.failed())).containsExactly(4L, 2L, 2L, 0L);
            assertThat(m.path()).isEqualTo("left > filter");
        });
        assertThat(inverse.metrics())
                .satisfies(m -> assertThat(List.of(m.in(), m.out(), m.dropped(), m.failed()))
                        .containsExactly(2L, 1L, 1L, 1L));
    }

    @Test
    void busyTimeIsBookedToTheNodeThatRuns() {
        var clock = VirtualClock.atEpoch();
        try (var pipeline = Pipeline.create("busy", clock)) {
            var source = pipeline.stream(Integer.class);
            source.map(x -> {
                        clock.advance(Duration.ofMillis(50));
                        return x;
                    })
                    .named("slow")
                    .sink(x -> {});
            pipeline.sampleBusyTime(Duration.ofMillis(10)).start();
            source.emit(1);
            var busy = pipeline.metrics().stream()
                    .filter(m -> m.busyNanos() > 0)
                    .map(m -> m.path() + " " + m.busyNanos() / 1_000_000)
                    .toList();
            assertThat(busy).containsExactly("busy > slow 50");
        }
    }

    @Test
    void theLastItemsOfAnyEdgeCanBeLookedAt() {
        try (Recent<Integer> recent = left.map(x -> x * 10).recent(2)) {
            assertThat(recent.last()).isEmpty();
            left.emitAll(List.of(1, 2, 3));
            assertThat(recent.last()).contains(30);
            assertThat(recent.items()).containsExactly(20, 30);
        }
    }

    @Test
    void metadataIsListedForWhatWasMadeOfSeveralItems() {
        var seen = new ArrayList<Object>();
        left.partition(2).sinkWithMetadata((list, metadata) -> seen.add(metadata));
        for (int i = 1; i <= 4; i++) {
            left.emit(i, Ack.of(Map.of("v", i), failure -> {}));
        }
        assertThat(seen)
                .containsExactly(List.of(Map.of("v", 1), Map.of("v", 2)), List.of(Map.of("v", 3), Map.of("v", 4)));
    }

    @Test
    void batchesOfPlainObjects() {
        var sums = Batches.of(left.partition(2)).map(x -> x + 1).sum(x -> x).sinkToList();
        var even = Batches.of(left.partition(4)).filter(x -> x % 2 == 0).items().sinkToList();
        left.emitAll(List.of(0, 1, 2, 3));
        assertThat(sums).containsExactly(3L, 10L);
        assertThat(even).containsExactly(0, 2);
    }

    @Test
    void anUnknownPluginIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> Plugins.operator("none", Map.of()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("no operator 'none'");
        left.pipe("plugin", Plugins.<Integer, Integer>operator("negate", Map.of()))
                .sink(x -> assertThat(x).isEqualTo(-1));
        left.emit(1);
    }

    /** Found through META-INF/services. */
    public static final class Negate implements OperatorProvider {
        @Override
        public String name() {
            return "negate";
        }

        @Override
        public Operator<?, ?> create(Map<String, String> options) {
            return (Operator<Integer, Integer>) (x, out) -> out.emit(-x);
        }
    }
}
