package io.streamz.notebook;

import io.streamz.aggregations.Kind;
import io.streamz.frames.Plot;
import io.streamz.frames.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Rows of open, high, low and close; of more rows than are drawn, neighbours become one candle with the same peaks. */
final class Candles {
    private static final int MOST = 240;

    private Candles() {}

    static PlotData of(Plot plot, Table table) {
        double[][] in = new double[4][];
        for (int i = 0; i < in.length; i++) {
            in[i] = PlotData.numbers(table, plot.y().get(i));
        }
        int rows = table.rows();
        int most = Math.min(MOST, plot.points());
        int step = Math.max(1, (rows + most - 1) / most);
        int count = (rows + step - 1) / step;
        double[][] out = new double[4][count];
        double[] x = new double[count];
        List<String> shown = new ArrayList<>();
        int column = table.schema().indexOf(plot.x());
        for (int candle = 0; candle < count; candle++) {
            int from = candle * step;
            int to = Math.min(rows, from + step);
            merge(in, from, to, out, candle);
            x[candle] = candle;
            shown.add(table.shown(from, column));
        }
        String note = step == 1 ? "" : "each candle is of " + step + " rows";
        boolean times = table.schema().type(column).kind() == Kind.TIMESTAMP;
        return new PlotData(
                PlotData.Axis.LABEL,
                times ? shortened(shown) : shown,
                List.of(new PlotData.Series("price", x, out)),
                note);
    }

    /** Instants without what all of them share: the day, seconds of zero. A null stays. */
    static List<String> shortened(List<String> instants) {
        List<String> known = instants.stream().filter(Objects::nonNull).toList();
        boolean day = known.stream()
                        .map(time -> time.substring(0, time.indexOf('T')))
                        .distinct()
                        .count()
                == 1;
        boolean minutes = known.stream().allMatch(time -> time.endsWith(":00Z"));
        return instants.stream()
                .map(time -> time == null ? null : shortened(time, day, minutes))
                .toList();
    }

    private static String shortened(String time, boolean day, boolean minutes) {
        String end = time.substring(0, time.length() - (minutes ? ":00Z" : "Z").length());
        return day ? end.substring(end.indexOf('T') + 1) : end.replace('T', ' ');
    }

    private static void merge(double[][] in, int from, int to, double[][] out, int candle) {
        out[0][candle] = in[0][from];
        out[1][candle] = in[1][from];
        out[2][candle] = in[2][from];
        out[3][candle] = in[3][to - 1];
        for (int row = from + 1; row < to; row++) {
            out[1][candle] = larger(out[1][candle], in[1][row]);
            out[2][candle] = -larger(-out[2][candle], -in[2][row]);
        }
    }

    private static double larger(double a, double b) {
        return Double.isNaN(a) || b > a ? b : a;
    }
}
