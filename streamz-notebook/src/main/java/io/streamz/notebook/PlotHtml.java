package io.streamz.notebook;

import io.streamz.frames.Plot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * A plot as HTML: a picture for whoever runs no scripts, and a script that puts a chart in its place. The chart needs the
 * library ({@link #library}), which stands in a notebook once and is shared through the page; a chart that comes before it
 * waits.
 */
final class PlotHtml {
    private static final String RESOURCE = "echarts.min.js.gz";

    private PlotHtml() {}

    /**
     * @param id the name of the chart in the page; the same one again moves the chart, with its zoom, instead of making another
     * @param picture whether the picture is wanted: it takes longer to draw than the rest
     */
    static String of(Plot plot, PlotData data, String id, boolean picture) {
        String json = Json.of(ChartOption.of(plot, data));
        return """
                <div id="%1$s" style="width:%2$dpx;height:%3$dpx;max-width:100%%">%4$s</div>
                <script>(function () {
                  var page = window.streamzPlots = window.streamzPlots || {waiting: [], charts: {}};
                  var box = document.getElementById("%1$s"), option = %5$s;
                  function draw(echarts) {
                    if (!box) return;
                    box.textContent = "";
                    var known = page.charts["%1$s"];
                    if (known) {
                      box.appendChild(known.getDom());
                      known.setOption(option, {replaceMerge: ["series"]});
                    } else {
                      var inner = document.createElement("div");
                      inner.style.cssText = "width:100%%;height:100%%";
                      box.appendChild(inner);
                      var chart = page.charts["%1$s"] = echarts.init(inner);
                      chart.setOption(option);
                    }
                  }
                  if (page.echarts) draw(page.echarts); else page.waiting.push(draw);
                })();</script>""".formatted(id, plot.width(), plot.height(), picture ? picture(plot, data) : "", json);
    }

    private static String picture(Plot plot, PlotData data) {
        String about = Html.escape(plot.title().isEmpty() ? plot.toString() : plot.title());
        try {
            String png = Base64.getEncoder().encodeToString(Pictures.png(plot, data));
            return "<img alt=\"" + about + "\" style=\"max-width:100%\" src=\"data:image/png;base64," + png + "\">";
        } catch (LinkageError | InternalError e) {
            // A JVM without fonts, or without java.desktop: the chart itself needs neither.
            return Html.preformatted(about + ": no picture, for this JVM has no fonts (" + e + ")");
        }
    }

    /** The script that makes the library known to the page, once however often it stands there. */
    static String library() {
        try (InputStream in = PlotHtml.class.getResourceAsStream(RESOURCE)) {
            return """
                    <script>(function () {
                      var page = window.streamzPlots = window.streamzPlots || {waiting: [], charts: {}};
                      if (page.echarts || page.loading) return;
                      page.loading = true;
                      var packed = Uint8Array.from(atob("%s"), function (c) { return c.charCodeAt(0); });
                      var stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
                      new Response(stream).text().then(function (code) {
                        page.echarts = new Function(code + ";return streamzECharts;")();
                        page.waiting.splice(0).forEach(function (draw) { draw(page.echarts); });
                      });
                    })();</script>""".formatted(Base64.getEncoder().encodeToString(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
