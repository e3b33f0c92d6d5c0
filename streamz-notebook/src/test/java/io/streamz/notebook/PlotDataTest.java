package io.streamz.notebook;

import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import io.streamz.frames.Plot;
import io.streamz.frames.Table;
import io.streamz.test.TableBuilder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlotDataTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static PlotData data(TableBuilder rows, Function<Table, Plot> plot) {
        Table table = rows.table();
        return PlotData.of(plot.apply(table), table);
    }

    @Test
    void aLineOverNumbers() {
        PlotData data = data(
                frame("x", "y", "z").row(1L, 2.0, 5L).row(2L, null, 6L),
                t -> t.plot().line("x", "y", "z"));
        assertThat(data.axis()).isEqualTo(PlotData.Axis.NUMBER);
        assertThat(data.series()).extracting(PlotData.Series::name).containsExactly("y", "z");
        assertThat(data.series().get(0).x()).containsExactly(1, 2);
        assertThat(data.series().get(0).values()).containsExactly(2, Double.NaN);
        assertThat(data.series().get(1).values()).containsExactly(5, 6);
    }

    @Test
    void timesAreMilliseconds() {
        for (ChronoUnit unit : List.of(ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS)) {
            var rows = frame("t", "y").type("t", DataType.timestamp(unit)).row(NOON, 1.0);
            PlotData data = data(rows, t -> t.plot().line("t", "y"));
            assertThat(data.axis()).isEqualTo(PlotData.Axis.TIME);
            assertThat(data.series().get(0).x()).as("%s", unit).containsExactly((double) NOON.toEpochMilli());
        }
        PlotData days = data(
                frame("d", "y").row(LocalDate.of(1970, 1, 2), 1.0),
                t -> t.plot().line("d", "y"));
        assertThat(days.series().get(0).x()).containsExactly(86_400_000);
    }

    @Test
    void oneLineForEachValueOfAColumn() {
        var rows = frame("x", "y", "k")
                .row(1L, 10L, "a")
                .row(2L, 20L, "b")
                .row(3L, 30L, "a")
                .row(4L, 40L, null);
        PlotData data = data(rows, t -> t.plot().line("x", "y").by("k"));
        assertThat(data.series()).extracting(PlotData.Series::name).containsExactly("a", "b", "null");
        assertThat(data.series().get(0).x()).containsExactly(1, 3);
        assertThat(data.series().get(0).values()).containsExactly(10, 30);
    }

    @Test
    void ofTooManyGroupsTheFirstAreDrawnAndItIsSaid() {
        var rows = frame("x", "k");
        for (long i = 0; i < 50; i++) {
            rows.row(i, i);
        }
        PlotData data = data(rows, t -> t.plot().line("x", "x").by("k"));
        assertThat(data.series()).hasSize(20);
        assertThat(data.note()).isEqualTo("20 of 50 are drawn");
    }

    @Test
    void barsStandOnWords() {
        PlotData data = data(
                frame("k", "y").row("a", 1L).row("b", 2L).row("a", 3L),
                t -> t.plot().bar("k", "y"));
        assertThat(data.labels()).containsExactly("a", "b");
        assertThat(data.series().get(0).x()).containsExactly(0, 1, 0);
    }

    @Test
    void aHistogramCountsEveryValueOnceAndSaysWhatItLeavesOut() {
        var rows = frame("v")
                .row(0.0)
                .row(1.0)
                .row(2.5)
                .row(9.99)
                .row(10.0)
                .row(Double.NaN)
                .row((Object) null);
        PlotData data = data(rows, t -> t.plot().histogram("v", 10));
        assertThat(data.series().get(0).values()).containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 0, 2);
        assertThat(data.labels()).startsWith("0", "1", "2").endsWith("9");
        assertThat(data.note()).isEqualTo("2 values are null, NaN or infinite");
        PlotData same = data(frame("v").row(7L).row(7L), t -> t.plot().histogram("v"));
        assertThat(same.series().get(0).values()).containsExactly(2);
        PlotData wide = data(frame("v").row(-1e308).row(1e308), t -> t.plot().histogram("v", 2));
        assertThat(wide.series().get(0).values()).containsExactly(1, 1);
    }

    @Test
    void candlesThatAreMergedKeepTheirPeaks() {
        var rows = frame("t", "o", "h", "l", "c");
        for (long i = 0; i < 1000; i++) {
            rows.row(i, 10.0 + i, i == 500 ? 9999.0 : 20.0 + i, i == 501 ? -9999.0 : 5.0, 15.0 + i);
        }
        PlotData data = data(rows, t -> t.plot().ohlc("t", "o", "h", "l", "c"));
        double[][] y = data.series().get(0).y();
        assertThat(y[0]).hasSizeLessThanOrEqualTo(240).startsWith(10);
        assertThat(Arrays.stream(y[1]).max()).hasValue(9999);
        assertThat(Arrays.stream(y[2]).min()).hasValue(-9999);
        assertThat(y[3]).endsWith(1014);
        assertThat(data.note()).isEqualTo("each candle is of 5 rows");
    }

    @Test
    void candlesNameWhatDiffersInTheirTimes() {
        assertThat(Candles.shortened(List.of("2026-03-02T09:30:00Z", "2026-03-02T09:31:00Z")))
                .containsExactly("09:30", "09:31");
        assertThat(Candles.shortened(List.of("2026-03-02T09:30:00Z", "2026-03-02T09:30:30.5Z")))
                .containsExactly("09:30:00", "09:30:30.5");
        assertThat(Candles.shortened(Arrays.asList("2026-03-02T23:59:00Z", null, "2026-03-03T00:00:00Z")))
                .containsExactly("2026-03-02 23:59", null, "2026-03-03 00:00");
    }

    private static Plot sample(Plot.Kind kind) {
        var rows = frame("t", "k", "a", "b", "c", "d");
        for (long i = 0; i < 60; i++) {
            double v = Math.sin(i / 5.0);
            rows.row(NOON.plusSeconds(i), "k" + i % 3, v, v + 1, v - 1, i % 7 == 0 ? null : v / 2);
        }
        var plots = rows.table().plot();
        return switch (kind) {
            case LINE -> plots.line("t", "a", "d");
            case AREA -> plots.area("t", "b").by("k");
            case SCATTER -> plots.scatter("a", "b");
            case BAR -> plots.bar("k", "b");
            case HISTOGRAM -> plots.histogram("a");
            case OHLC -> plots.ohlc("t", "a", "b", "c", "a");
        };
    }

    @ParameterizedTest
    @EnumSource(Plot.Kind.class)
    void everyKindBecomesAPicture(Plot.Kind kind) throws IOException {
        Plot plot = sample(kind).title("a title").size(500, 300);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Pictures.png(plot)));
        assertThat(image.getWidth()).isEqualTo(500);
        assertThat(image.getHeight()).isEqualTo(300);
        long colours = Arrays.stream(image.getRGB(0, 0, 500, 300, null, 0, 500))
                .distinct()
                .count();
        assertThat(colours).as("something is drawn").isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(Plot.Kind.class)
    void everyKindBecomesAChart(Plot.Kind kind) {
        Plot plot = sample(kind).title("</script><script>alert(1)</script>");
        Map<String, Object> option =
                ChartOption.of(plot, PlotData.of(plot, plot.view().now()));
        assertThat(option).containsKeys("xAxis", "yAxis", "series", "title");
        String html = PlotHtml.of(plot, PlotData.of(plot, plot.view().now()), "streamz-1", true);
        assertThat(html).contains("<div id=\"streamz-1\"", "<img alt=", "data:image/png;base64,");
        assertThat(html.split("<script", -1))
                .as("one script, and none from the title")
                .hasSize(2);
        assertThat(html).doesNotContain("http:").doesNotContain("https:");
    }

    @ParameterizedTest
    @EnumSource(Plot.Kind.class)
    void noRowsAreDrawnAsNothing(Plot.Kind kind) {
        Table none = sample(kind).view().now().head(0);
        Plot plot = sample(kind);
        PlotData data = PlotData.of(plot, none);
        assertThat(PlotHtml.of(plot, data, "id", true)).contains("<img");
    }

    @Test
    void theLibraryIsPackedAndComesFromNowhereElse() {
        assertThat(PlotHtml.library()).hasSizeBetween(100_000, 400_000).doesNotContain("src=");
    }
}
