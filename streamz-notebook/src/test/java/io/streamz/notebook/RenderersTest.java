package io.streamz.notebook;

import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.DataStream;
import io.streamz.frames.Pipeline;
import io.streamz.frames.RecordBatch;
import io.streamz.test.EmptyAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each type becomes at the end of a cell, on both lines of kernels. */
@ExtendWith(EmptyAllocator.class)
class RenderersTest {
    record Trade(String symbol, long qty) {}

    /** The kernels that renderers are registered on: html, then text. */
    enum Kernel {
        JJAVA {
            @Override
            String[] render(Object value) {
                var kernel = new Kernels.JJava();
                ServiceLoader.load(Extension.class).forEach(extension -> extension.install(kernel));
                var data = kernel.getRenderer().render(value);
                return new String[] {
                    (String) data.getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML),
                    (String) data.getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN)
                };
            }
        },
        IJAVA {
            @Override
            String[] render(Object value) {
                var kernel = new Kernels.IJava();
                IJava.install(kernel);
                var data = kernel.getRenderer().render(value);
                return new String[] {
                    (String) data.getData(io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_HTML),
                    (String) data.getData(io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN)
                };
            }
        };

        abstract String[] render(Object value);
    }

    @AfterEach
    void forget() {
        Streamz.screen(null);
    }

    private static <R> R running(Function<Pipeline, R> test) {
        try (var pipeline = Pipeline.create("test")) {
            return test.apply(pipeline);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tables(Kernel kernel) {
        String[] shown = kernel.render(frame("k", "v").row("<b>", 1L).table());
        assertThat(shown[0]).contains("<table", "&lt;b&gt;", "shape: (1, 2)");
        assertThat(shown[1]).contains("shape: (1, 2)", "│ <b>");
    }

    @ParameterizedTest
    @EnumSource
    void viewsAndLiveTables(Kernel kernel) {
        running(pipeline -> {
            var input = pipeline.input(Trade.class);
            var live = input.frame().groupBy("symbol").agg("sum(qty) as total");
            var view = live.view();
            pipeline.start();
            input.emit(new Trade("A", 40));
            input.emit(new Trade("A", 2));
            assertThat(kernel.render(view)[0]).contains(">42<", "batch 2", ">total<br>");
            assertThat(kernel.render(live)[0]).contains(">42<", "live table", "groupBy(symbol)");
            assertThat(kernel.render(live)[1]).contains("42", "groupBy(symbol)");
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void framesShowTheirColumnsAndTheirPlan(Kernel kernel) {
        running(pipeline -> {
            String[] shown = kernel.render(pipeline.input(Trade.class).frame().filter("qty > 1"));
            assertThat(shown[0]).contains(">symbol<", ">utf8<", "filter(qty &gt; 1)");
            assertThat(shown[1]).contains("symbol: utf8", "filter(qty > 1)");
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void batches(Kernel kernel) {
        running(pipeline -> {
            List<String> shown = new ArrayList<>();
            var input = pipeline.input(Trade.class);
            input.frame().sinkBatches((RecordBatch batch) -> shown.add(kernel.render(batch)[0]));
            pipeline.start();
            input.emit(new Trade("A", 1));
            assertThat(shown).singleElement().asString().contains(">A<", "batch 1");
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void streamsShowTheirGraphAndTheirNewestItem(Kernel kernel) {
        var source = DataStream.of(Integer.class);
        var twice = source.map(x -> x * 2).named("<twice>");
        String[] first = kernel.render(twice);
        assertThat(first[0]).contains("<svg", "&lt;twice&gt;", "no item yet");
        source.emit(21);
        String[] second = kernel.render(twice);
        assertThat(second[0]).contains("<svg", "42");
        assertThat(second[1]).contains("42");
        assertThat(kernel.render(twice.graph())[0]).startsWith("<svg");
    }

    @ParameterizedTest
    @EnumSource
    void theFirstPlotBringsTheLibrary(Kernel kernel) {
        var plot = frame("x", "y").row(1L, 2L).row(2L, 3L).table().plot().line("x", "y");
        String[] shown = kernel.render(plot);
        assertThat(shown[0]).contains("DecompressionStream", "<img", "streamzPlots");
        assertThat(shown[1]).isEqualTo("line plot of y over x");
    }
}
