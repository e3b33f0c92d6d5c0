package io.streamz.notebook;

import io.streamz.frames.Plot;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.OHLCChart;
import org.knowm.xchart.OHLCChartBuilder;
import org.knowm.xchart.OHLCSeries.OHLCSeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Plots as PNG pictures, drawn without a browser and without a screen. The JVM needs fonts for that: {@code fontconfig} and
 * any font package on Linux.
 */
public final class Pictures {
    private static final Color FAINT = new Color(0xe8eaee);

    private Pictures() {}

    /** The plot as it stands. Any thread may ask. */
    public static byte[] png(Plot plot) {
        return png(plot, PlotData.of(plot, plot.view().now()));
    }

    /**
     * Writes the plot as it stands to a file, which is replaced.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public static void write(Plot plot, Path file) {
        try {
            Files.write(file, png(plot));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static byte[] png(Plot plot, PlotData data) {
        IChart chart = switch (plot.kind()) {
            case OHLC -> candles(plot, data);
            case BAR, HISTOGRAM -> categories(plot, data, CategorySeriesRenderStyle.Bar);
            case LINE, AREA ->
                data.axis() == PlotData.Axis.LABEL
                        ? categories(
                                plot,
                                data,
                                plot.kind() == Plot.Kind.LINE
                                        ? CategorySeriesRenderStyle.Line
                                        : CategorySeriesRenderStyle.Area)
                        : lines(plot, data);
            case SCATTER ->
                data.axis() == PlotData.Axis.LABEL
                        ? categories(plot, data, CategorySeriesRenderStyle.Scatter)
                        : lines(plot, data);
        };
        try {
            return ChartEncoder.getBytes(chart, "png");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a picture", e);
        }
    }

    private static XYChart lines(Plot plot, PlotData data) {
        XYChart chart = new XYChartBuilder()
                .width(plot.width())
                .height(plot.height())
                .title(title(plot, data))
                .xAxisTitle(plot.x())
                .build();
        style(chart.getStyler(), data);
        chart.getStyler()
                .setDefaultSeriesRenderStyle(
                        switch (plot.kind()) {
                            case SCATTER -> XYSeriesRenderStyle.Scatter;
                            case AREA -> XYSeriesRenderStyle.Area;
                            default -> XYSeriesRenderStyle.Line;
                        });
        chart.getStyler().setMarkerSize(5);
        List<String> names = names(data);
        for (int i = 0; i < names.size(); i++) {
            PlotData.Series series = data.series().get(i);
            if (series.x().length == 0) {
                continue;
            }
            var drawn = data.axis() == PlotData.Axis.TIME
                    ? chart.addSeries(names.get(i), dates(series.x()), boxed(series.values()))
                    : chart.addSeries(names.get(i), series.x(), series.values());
            drawn.setMarker(plot.kind() == Plot.Kind.SCATTER ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            if (plot.kind() == Plot.Kind.AREA) {
                drawn.setFillColor(faint(i));
            }
        }
        return chart;
    }

    private static CategoryChart categories(Plot plot, PlotData data, CategorySeriesRenderStyle look) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(plot.width())
                .height(plot.height())
                .title(title(plot, data))
                .xAxisTitle(plot.x() == null ? "" : plot.x())
                .build();
        style(chart.getStyler(), data);
        chart.getStyler().setDefaultSeriesRenderStyle(look);
        chart.getStyler().setAvailableSpaceFill(plot.kind() == Plot.Kind.HISTOGRAM ? 0.96 : 0.8);
        chart.getStyler().setXAxisMaxLabelCount(Math.max(2, plot.width() / 60));
        List<String> names = names(data);
        for (int series = 0; series < names.size() && !data.labels().isEmpty(); series++) {
            // Every series of such a chart has a value for every label, or none where it has none.
            Double[] values = new Double[data.labels().size()];
            double[] x = data.series().get(series).x();
            for (int i = 0; i < x.length; i++) {
                double value = data.series().get(series).values()[i];
                values[(int) x[i]] = Double.isFinite(value) ? value : null;
            }
            var drawn = chart.addSeries(names.get(series), data.labels(), Arrays.asList(values));
            drawn.setMarker(look == CategorySeriesRenderStyle.Scatter ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        }
        return chart;
    }

    private static OHLCChart candles(Plot plot, PlotData data) {
        OHLCChart chart = new OHLCChartBuilder()
                .width(plot.width())
                .height(plot.height())
                .title(title(plot, data))
                .xAxisTitle(plot.x())
                .build();
        style(chart.getStyler(), data);
        chart.getStyler().setDefaultSeriesRenderStyle(OHLCSeriesRenderStyle.Candle);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(x -> {
            int place = (int) Math.round(x);
            return place >= 0 && place < data.labels().size() ? data.labels().get(place) : "";
        });
        chart.getStyler().setXAxisTickMarkSpacingHint(190);
        for (PlotData.Series series : data.series()) {
            double[][] y = series.y();
            if (series.x().length > 0) {
                chart.addSeries(series.name(), series.x(), y[0], y[1], y[2], y[3])
                        .setUpColor(new Color(0x38a89d))
                        .setDownColor(new Color(0xe4572e));
            }
        }
        return chart;
    }

    private static void style(AxesChartStyler styler, PlotData data) {
        Color[] colours = new Color[ChartOption.COLOURS.size()];
        BasicStroke[] strokes = new BasicStroke[colours.length];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = Color.decode(ChartOption.COLOURS.get(i));
            strokes[i] = new BasicStroke(1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        }
        styler.setSeriesColors(colours);
        styler.setSeriesLines(strokes);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setPlotGridLinesColor(FAINT);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setLegendVisible(data.series().size() > 1);
        styler.setTimezone(TimeZone.getTimeZone("UTC"));
        styler.setLocale(Locale.ROOT);
    }

    private static String title(Plot plot, PlotData data) {
        return data.note().isEmpty()
                ? plot.title()
                : plot.title() + (plot.title().isEmpty() ? "" : " · ") + data.note();
    }

    /** XChart wants names that differ and are not empty. */
    private static List<String> names(PlotData data) {
        Set<String> names = new LinkedHashSet<>();
        for (PlotData.Series series : data.series()) {
            String name = series.name().isEmpty() ? "\"\"" : series.name();
            while (!names.add(name)) {
                name += "'";
            }
        }
        return List.copyOf(names);
    }

    private static Color faint(int series) {
        Color colour = Color.decode(ChartOption.COLOURS.get(series % ChartOption.COLOURS.size()));
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 64);
    }

    @SuppressWarnings("JavaUtilDate") // what XChart's time axis takes
    private static List<Date> dates(double[] millis) {
        List<Date> dates = new ArrayList<>(millis.length);
        for (double at : millis) {
            dates.add(new Date((long) at));
        }
        return dates;
    }

    private static List<Double> boxed(double[] values) {
        List<Double> boxes = new ArrayList<>(values.length);
        for (double value : values) {
            boxes.add(value);
        }
        return boxes;
    }
}
