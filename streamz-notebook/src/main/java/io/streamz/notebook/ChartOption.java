package io.streamz.notebook;

import io.streamz.frames.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Apache ECharts is told to draw: its option object, as maps and lists. */
final class ChartOption {
    static final List<String> COLOURS = List.of(
            "#3b6fd4", "#e8a317", "#e4572e", "#38a89d", "#7a9e3a", "#d66ba0", "#8f63c9", "#7fb2e5", "#94653b",
            "#8a8f98");

    private static final int FEW = 24;

    private ChartOption() {}

    static Map<String, Object> of(Plot plot, PlotData data) {
        Map<String, Object> option = new LinkedHashMap<>();
        boolean legend = data.series().size() > 1;
        boolean titled = !plot.title().isEmpty() || !data.note().isEmpty();
        option.put("animation", false);
        option.put("useUTC", true);
        option.put("color", COLOURS);
        option.put("title", title(plot, data));
        option.put("tooltip", Map.of("trigger", plot.kind() == Plot.Kind.SCATTER ? "item" : "axis"));
        option.put("legend", Map.of("show", legend, "top", titled ? 28 : 6, "left", 12, "type", "scroll"));
        option.put(
                "grid",
                Map.of(
                        "left",
                        64,
                        "right",
                        24,
                        "top",
                        legend && titled ? 62 : 44,
                        "bottom",
                        plot.x() == null ? 34 : plot.kind() == Plot.Kind.BAR ? 66 : 48));
        option.put("xAxis", xAxis(plot, data));
        option.put("yAxis", yAxis(plot));
        option.put("dataZoom", List.of(Map.of("type", "inside", "filterMode", "none")));
        List<Object> series = new ArrayList<>();
        data.series().forEach(each -> series.add(series(plot, each)));
        option.put("series", series);
        return option;
    }

    private static Map<String, Object> title(Plot plot, PlotData data) {
        Map<String, Object> title = new LinkedHashMap<>();
        title.put("text", plot.title());
        title.put("subtext", data.note());
        title.put("left", 12);
        title.put("top", 6);
        title.put("textStyle", Map.of("fontSize", 14));
        return title;
    }

    private static Map<String, Object> xAxis(Plot plot, PlotData data) {
        Map<String, Object> axis = new LinkedHashMap<>();
        switch (data.axis()) {
            case NUMBER -> axis.put("type", "value");
            case TIME -> axis.put("type", "time");
            case LABEL -> {
                axis.put("type", "category");
                axis.put("data", data.labels());
            }
        }
        axis.put("scale", true);
        axis.put("name", plot.x() == null ? "" : plot.x());
        axis.put("nameLocation", "middle");
        axis.put("nameGap", plot.kind() == Plot.Kind.BAR ? 46 : 28);
        boolean few = data.axis() == PlotData.Axis.LABEL && data.labels().size() <= FEW;
        // Bars without their names say nothing: a few stand all there, slanted where they are many for that.
        axis.put(
                "axisLabel",
                few && plot.kind() == Plot.Kind.BAR
                        ? Map.of("interval", 0, "rotate", data.labels().size() > FEW / 3 ? 30 : 0)
                        : Map.of("hideOverlap", true));
        axis.put("splitLine", Map.of("show", false));
        return axis;
    }

    private static Map<String, Object> yAxis(Plot plot) {
        // Bars and areas stand on zero; lines, points and candles are looked at closely.
        boolean close =
                plot.kind() == Plot.Kind.LINE || plot.kind() == Plot.Kind.SCATTER || plot.kind() == Plot.Kind.OHLC;
        Map<String, Object> axis = new LinkedHashMap<>();
        axis.put("type", "value");
        axis.put("scale", close);
        axis.put(
                "name",
                plot.y().size() == 1 && plot.kind() != Plot.Kind.HISTOGRAM
                        ? plot.y().get(0)
                        : "");
        axis.put("nameLocation", "middle");
        axis.put("nameGap", 48);
        axis.put("splitLine", Map.of("lineStyle", Map.of("color", "#e8eaee")));
        return axis;
    }

    private static Map<String, Object> series(Plot plot, PlotData.Series series) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", series.name());
        switch (plot.kind()) {
            case LINE, AREA -> {
                out.put("type", "line");
                out.put("showSymbol", series.x().length < 3);
                out.put("lineStyle", Map.of("width", 1.5));
                if (plot.kind() == Plot.Kind.AREA) {
                    out.put("areaStyle", Map.of("opacity", 0.25));
                }
            }
            case SCATTER -> {
                out.put("type", "scatter");
                out.put("symbolSize", 5);
            }
            case BAR -> out.put("type", "bar");
            case HISTOGRAM -> {
                out.put("type", "bar");
                out.put("barCategoryGap", "4%");
            }
            case OHLC -> {
                out.put("type", "candlestick");
                out.put(
                        "itemStyle",
                        Map.of(
                                "color",
                                "#38a89d",
                                "color0",
                                "#e4572e",
                                "borderColor",
                                "#38a89d",
                                "borderColor0",
                                "#e4572e"));
            }
        }
        out.put("data", points(plot, series));
        return out;
    }

    private static List<double[]> points(Plot plot, PlotData.Series series) {
        List<double[]> points = new ArrayList<>(series.x().length);
        for (int i = 0; i < series.x().length; i++) {
            if (plot.kind() == Plot.Kind.OHLC) {
                double[][] y = series.y();
                points.add(new double[] {y[0][i], y[3][i], y[2][i], y[1][i]}); // open, close, lowest, highest
            } else {
                points.add(new double[] {series.x()[i], series.values()[i]});
            }
        }
        return points;
    }
}
