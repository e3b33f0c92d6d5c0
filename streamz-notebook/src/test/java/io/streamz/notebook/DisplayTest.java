package io.streamz.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.core.StreamException;
import io.streamz.core.VirtualClock;
import io.streamz.frames.Pipeline;
import io.streamz.frames.RecordInput;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmptyAllocator.class)
class DisplayTest {
    record Trade(String symbol, long qty) {}

    /** Writes down what it is told. */
    private static final class Paper implements Screen {
        final List<String> shown = new ArrayList<>();
        final List<Content> contents = new ArrayList<>();

        @Override
        public void show(String id, Content content) {
            shown.add("show");
            contents.add(content);
        }

        @Override
        public void update(String id, Content content) {
            shown.add("update");
            contents.add(content);
        }

        String last() {
            return contents.get(contents.size() - 1).text();
        }
    }

    private final Paper paper = new Paper();
    private final VirtualClock clock = VirtualClock.atEpoch();
    private final Pipeline pipeline = Pipeline.create("test");
    private final RecordInput<Trade> input = pipeline.input(Trade.class);
    private final View view =
            input.frame().groupBy("symbol").agg("sum(qty) as qty").view();

    @AfterEach
    void close() {
        pipeline.close();
        Streamz.screen(null);
    }

    @Test
    void changesAreShownAtMostFourTimesASecond() {
        pipeline.start();
        Display display = Display.start(paper, clock, Streamz.table(view));
        assertThat(paper.shown).containsExactly("show");
        for (int i = 0; i < 100; i++) {
            input.emit(new Trade("A", 1));
            clock.advance(Duration.ofMillis(10));
        }
        assertThat(display.updates()).isEqualTo(4);
        assertThat(paper.shown).containsOnlyOnce("show");
        assertThat(paper.last()).contains("100");
    }

    @Test
    void nothingIsShownWhileNothingChanges() {
        pipeline.start();
        input.emit(new Trade("A", 1));
        Display display = Display.start(paper, clock, Streamz.table(view));
        clock.advance(Duration.ofSeconds(10));
        assertThat(display.updates()).isZero();
    }

    @Test
    void theLastStateIsShownBeforeThePipelineIsDone() {
        Streamz.screen(paper);
        Display display = Streamz.display(view);
        pipeline.start();
        input.emit(new Trade("A", 41));
        input.emit(new Trade("A", 1));
        assertThat(paper.contents.get(0).html()).contains("live");
        input.end();
        pipeline.run();
        assertThat(paper.last()).contains("42");
        assertThat(paper.contents.get(paper.contents.size() - 1).html()).contains("batch 2, ended");
        int updates = display.updates();
        display.close();
        display.await();
        assertThat(display.updates()).as("it is over").isEqualTo(updates);
    }

    @Test
    void aClosedPipelineEndsItsDisplays() {
        Streamz.screen(paper);
        pipeline.start();
        Display table = Streamz.display(view);
        Display plot = Streamz.display(view.plot().bar("symbol", "qty"));
        Display rows = Streamz.display(input.frame());
        input.emit(new Trade("A", 1));
        pipeline.close();
        table.await();
        plot.await();
        rows.await();
        assertThat(plot.toString()).contains("ended");
    }

    @Test
    void aPlotComesWithItsLibraryOnceAndWithAPictureAtTheEnd() {
        Streamz.screen(paper);
        pipeline.start();
        Display first = Streamz.display(view.plot().bar("symbol", "qty"));
        Display second = Streamz.display(view.plot().bar("symbol", "qty"));
        assertThat(paper.shown).containsExactly("show", "show", "show");
        assertThat(paper.contents.get(0).html()).contains("DecompressionStream");
        assertThat(paper.contents.get(1).html()).contains("streamzPlots").doesNotContain("<img");
        input.emit(new Trade("A", 1));
        first.close();
        second.close();
        assertThat(paper.contents.get(paper.contents.size() - 1).html()).contains("<img");
        assertThat(paper.contents)
                .filteredOn(c -> c.html().contains("DecompressionStream"))
                .hasSize(1);
    }

    @Test
    void aFailedStreamSaysSoWhereItWasShown() {
        var broken = new Moving<String>(
                () -> {
                    throw new StreamException("node-failed", "trades > map", "map failed: boom", "");
                },
                version -> version,
                (text, last) -> new Content(text, text));
        Display.start(paper, clock, broken).close();
        assertThat(paper.last()).isEqualTo("map failed: boom");
    }

    @Test
    void anInterruptClosesWhatIsWaitedFor() throws InterruptedException {
        pipeline.start();
        Display display = Display.start(paper, clock, Streamz.table(view));
        boolean[] kept = new boolean[1];
        Thread cell = new Thread(() -> {
            display.await();
            kept[0] = Thread.currentThread().isInterrupted();
        });
        cell.start();
        cell.interrupt();
        cell.join();
        assertThat(kept[0]).isTrue();
        assertThat(display.toString()).endsWith("ended");
        input.emit(new Trade("A", 1));
        int updates = display.updates();
        clock.advance(Duration.ofSeconds(5));
        assertThat(display.updates()).isEqualTo(updates);
    }

    @Test
    void withoutAKernelItSaysWhatToDo() {
        assertThatThrownBy(() -> Streamz.display(view))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("IJava.install(getKernelInstance())")
                .hasMessageContaining("view.now()");
    }
}
